"""Reads the client's deltas into events: which part grows, when one ends and the next begins."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from conversations.engine.events import Add, Event, New, Part, Set
from zaichat.zai import (
    Content,
    ContentFilter,
    Delta,
    Finish,
    Reasoning,
    Started,
    ToolCallDelta,
    Usage,
    WebSearch,
)
from zaichat.zai import Reply as WholeReply


def scrubbed(value: Any) -> Any:
    """Without the one character that PostgreSQL's JSON cannot hold, however deep it hides."""
    match value:
        case str():
            return value.replace("\x00", "") if "\x00" in value else value
        case dict():
            return {scrubbed(key): scrubbed(inner) for key, inner in value.items()}
        case list():
            return [scrubbed(inner) for inner in value]
        case _:
            return value


class Clock:
    """Wall time that never jumps: the time of creation plus a monotonic distance."""

    def __init__(self) -> None:
        self._wall = time.time()
        self._monotonic = time.monotonic()

    def now(self) -> float:
        """Unix seconds, to the millisecond."""
        return round(self._wall + self.elapsed(), 3)

    def elapsed(self) -> float:
        return time.monotonic() - self._monotonic


@dataclass
class Places:
    """How many parts the reply has; the next one takes the next place."""

    count: int = 0

    def take(self) -> int:
        self.count += 1
        return self.count - 1


@dataclass
class Reply:
    """What one round has said so far. `whole`: it comes in one piece, so nothing grows."""

    places: Places
    clock: Clock
    whole: bool = False
    request_id: str = ""
    finish_reason: str = ""
    usage: Usage | None = None
    said: list[str] = field(default_factory=list)
    _open: int | None = None
    _open_kind: str = ""
    _tools: dict[int, int] = field(default_factory=dict)
    _arguments: dict[int, str] = field(default_factory=dict)

    def read(self, deltas: Iterable[Delta]) -> list[Event]:
        events: list[Event] = []
        for delta in deltas:
            READERS[type(delta)](self, delta, events)
        return events

    def end(self) -> list[Event]:
        """Whatever still grows ends now."""
        events: list[Event] = []
        self._close(events)
        return events

    def grow(self, kind: str, text: str, events: list[Event]) -> None:
        text = scrubbed(text)
        self.said.append(text)
        if self.whole:
            self.tell(kind, text, events)
        elif self._open_kind == kind and self._open is not None:
            events.append(Add(self._open, text))
        elif text:
            self._close(events)
            self._open = self.begin(
                {"kind": kind, "text": text, "started": self.clock.now()}, events
            )
            self._open_kind = kind

    def tell(self, kind: str, text: str, events: list[Event]) -> None:
        """A part that is over as it comes; when it began, nobody knows."""
        if text:
            self.begin({"kind": kind, "text": text, "ended": self.clock.now()}, events)

    def begin(self, part: Part, events: list[Event]) -> int:
        events.append(New(part))
        return self.places.take()

    def call(self, delta: ToolCallDelta, events: list[Event]) -> None:
        """Fragments of one call share an index; only their arguments are joined."""
        if delta.index not in self._tools:
            self._close(events)
            part = {"kind": "tool", "id": delta.id or "", "name": delta.name or "", "arguments": ""}
            self._tools[delta.index] = self.begin(part | {"status": "called"}, events)
        joined = self._arguments.get(delta.index, "") + scrubbed(delta.arguments or "")
        self._arguments[delta.index] = joined
        events.append(Set(self._tools[delta.index], {"arguments": joined}))

    def aside(self, part: Part, events: list[Event]) -> None:
        self.begin(scrubbed(part), events)

    def _close(self, events: list[Event]) -> None:
        if self._open is not None:
            events.append(Set(self._open, {"ended": self.clock.now()}))
        self._open, self._open_kind = None, ""


def deltas_of(reply: WholeReply) -> list[Delta]:
    """A whole reply in the order in which it would have been streamed."""
    calls = (
        ToolCallDelta(index, call.id, call.name, call.arguments)
        for index, call in enumerate(reply.tool_calls)
    )
    told: list[Delta] = [
        Started(reply.id, reply.model),
        Reasoning(reply.reasoning),
        Content(reply.content),
        *calls,
    ]
    if reply.web_search:
        told.append(WebSearch(list(reply.web_search)))
    if reply.usage:
        told.append(reply.usage)
    return [*told, Finish(reply.finish_reason)]


def _content(reply: Reply, delta: Content, events: list[Event]) -> None:
    reply.grow("text", delta.text, events)


def _started(reply: Reply, delta: Started, events: list[Event]) -> None:
    reply.request_id = delta.id


def _usage(reply: Reply, delta: Usage, events: list[Event]) -> None:
    reply.usage = delta


def _finish(reply: Reply, delta: Finish, events: list[Event]) -> None:
    reply.finish_reason = delta.reason


READERS: dict[type, Callable[[Reply, Any, list[Event]], None]] = {
    Started: _started,
    Reasoning: lambda reply, delta, events: reply.grow("reasoning", delta.text, events),
    Content: _content,
    ToolCallDelta: lambda reply, delta, events: reply.call(delta, events),
    WebSearch: lambda reply, delta, events: reply.aside(
        {"kind": "sources", "sources": delta.results}, events
    ),
    ContentFilter: lambda reply, delta, events: None,
    Usage: _usage,
    Finish: _finish,
}
