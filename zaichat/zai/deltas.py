"""What a streamed answer is made of, in the order it arrives.

One network read becomes one list of these; neighbouring text of one kind is joined, so the
borders between two pieces of text mean nothing. Field names follow the chat completion chunk of
the Z.ai API (streaming response), not any one vendor's class names.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Started:
    """The first readable chunk, said once. Either field may be empty on other servers."""

    id: str
    model: str


@dataclass(frozen=True, slots=True)
class Reasoning:
    """A piece of the model's thinking: `reasoning_content`, or text inside <think> tags."""

    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A fragment of one tool call. Gather by `index`; join `arguments` only.

    `id` and `name` are empty when this fragment does not carry them; the first one seen counts.
    `arguments` joined over all fragments should be a JSON object, but the model may write
    anything.
    """

    index: int
    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class WebSearch:
    """Pages the vendor's own search found; `link`, `icon` and `publish_date` may be empty."""

    results: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ContentFilter:
    """Moderation levels: `{"role": "user|assistant|history", "level": 0 (worst) … 3}` each."""

    items: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens counted by the vendor. A later one replaces an earlier one.

    `completion` includes `reasoning`, `prompt` includes `cached`; None means not reported.
    """

    prompt: int
    completion: int
    reasoning: int | None = None
    cached: int | None = None


@dataclass(frozen=True, slots=True)
class Finish:
    """The model stopped: stop, length, tool_calls, sensitive, network_error,
    model_context_window_exceeded, or a word we do not know, kept as it came.

    Usage may still follow; read the stream to its end.
    """

    reason: str


Delta: TypeAlias = (
    Started | Reasoning | Content | ToolCallDelta | WebSearch | ContentFilter | Usage | Finish
)
