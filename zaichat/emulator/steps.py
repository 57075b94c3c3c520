"""What an answer is made of: the words in which scripts and brains say what to send.

A step is data; `performing` turns steps into bytes of a stream or folds them into one reply.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Say:
    """One content delta."""

    text: str


@dataclass(slots=True)
class Think:
    """One reasoning_content delta."""

    text: str


@dataclass(slots=True)
class Calls:
    """One delta of tool-call fragments, each as it stands on the wire."""

    fragments: list[Json]


@dataclass(slots=True)
class Usage:
    """Token counts that replace the counted ones in the last chunk."""

    prompt: int
    completion: int
    reasoning: int = 0


@dataclass(slots=True)
class Finish:
    """The last chunk; `extra` stands beside `choices` (web_search, content_filter)."""

    reason: str = "stop"
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Done:
    """The `[DONE]` line."""


@dataclass(slots=True)
class Chunk:
    """A chunk whose keys after `model` are given: for shapes no well-behaved server sends."""

    keys: Json


@dataclass(slots=True)
class Raw:
    """Bytes of the stream's body, sent as they are."""

    data: bytes


@dataclass(slots=True)
class Failure:
    """An error envelope: inside a stream that has begun, else the whole answer."""

    code: str


@dataclass(slots=True)
class Reply:
    """A whole answer other than the usual one, sent instead of it."""

    status: int
    body: bytes
    headers: dict[str, str]


@dataclass(slots=True)
class Headers:
    """Send the stream's headers now; they go out by themselves before the first delta."""

    content_type: str = "text/event-stream;charset=UTF-8"
    crumbs: bool = False


@dataclass(slots=True)
class Wait:
    """Seconds of silence."""

    seconds: float


@dataclass(slots=True)
class Hang:
    """Silence until the client goes away."""


@dataclass(slots=True)
class Cut:
    """Close the connection without an end: with a FIN, or with an RST when `reset`."""

    reset: bool = False


@dataclass(slots=True)
class Paced:
    """Deltas (Say, Think) `every` seconds apart; 0 sends them as fast as the reader takes them."""

    every: float
    deltas: Iterable[Say | Think]


Step = (
    Say
    | Think
    | Calls
    | Usage
    | Finish
    | Done
    | Chunk
    | Raw
    | Failure
    | Reply
    | Headers
    | Wait
    | Hang
    | Cut
    | Paced
)
Steps = Iterable[Step] | AsyncGenerator[Step, None]
