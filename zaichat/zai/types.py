"""What goes in and what comes out whole: requests, replies, and the client's limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .deltas import Usage

# A message, tool or response format exactly as the wire has it; the caller builds them.
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. None switches a limit off.

    connect     a free place in the pool, the name, TCP and TLS together
    first_byte  from the start of an attempt until the first real delta
    idle        between real deltas; comments and empty deltas do not count as life
    total       the whole call with all its attempts
    """

    connect: float | None = 8.0
    first_byte: float | None = 120.0
    idle: float | None = 60.0
    total: float | None = 600.0


@dataclass(frozen=True, slots=True)
class Pool:
    """How many connections may be open at once, and how many seconds an idle one is kept."""

    max_connections: int = 200
    keepalive: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One chat completion request; fields are those of `POST /chat/completions`.

    Fields left empty are not sent at all, so the server's own defaults hold. `extra` is merged
    last and wins.
    """

    model: str
    messages: Sequence[Json]
    thinking: str | None = None
    reasoning_effort: str | None = None
    max_tokens: int | None = None
    do_sample: bool | None = None
    temperature: float | None = None
    top_p: float | None = None
    stop: Sequence[str] = ()
    tools: Sequence[Json] = ()
    tool_stream: bool = False
    response_format: Json | None = None
    user_id: str | None = None
    request_id: str | None = None
    extra: Json = field(default_factory=dict)

    def body(self, stream: bool) -> dict[str, Any]:
        """The JSON body, ready to be sent."""
        optional: dict[str, Any] = {
            "thinking": {"type": self.thinking} if self.thinking else None,
            "reasoning_effort": self.reasoning_effort,
            "max_tokens": self.max_tokens,
            "do_sample": self.do_sample,
            "temperature": self.temperature,
            "top_p": self.top_p,
            "stop": list(self.stop) or None,
            "tools": list(self.tools) or None,
            "tool_stream": True if self.tool_stream and self.tools and stream else None,
            "response_format": self.response_format,
            "user_id": self.user_id,
            "request_id": self.request_id,
        }
        body: dict[str, Any] = {
            "model": self.model,
            "messages": list(self.messages),
            "stream": stream,
        }
        body.update((name, value) for name, value in optional.items() if value is not None)
        body.update(self.extra)
        return body


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A finished tool call. `arguments` is the JSON text as the model wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole answer. `usage` is None when the server did not report it."""

    content: str = ""
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    web_search: tuple[dict[str, Any], ...] = ()
    content_filter: tuple[dict[str, Any], ...] = ()
    usage: Usage | None = None
    finish_reason: str = ""
    id: str = ""
    request_id: str = ""
    model: str = ""
