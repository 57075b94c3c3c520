"""The four things that can happen to the parts of a reply, and how they look on the wire.

Events are numbered from 1 within a generation. Merging neighbouring additions joins their text
and keeps their count: a frame says which numbers it carries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Part = dict[str, Any]
"""`{"kind": "reasoning|text|tool|sources|media|notice", …}`; never changed in place."""

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class New:
    """A part begins, at the end of the list."""

    part: Part


@dataclass(frozen=True, slots=True)
class Add:
    """Text is appended to part `index`."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Set:
    """Keys of part `index` change; never `text`."""

    index: int
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """What was said is taken back: parts keep their kind and times, nothing else."""


Event = New | Add | Set | Withdraw


def to_wire(event: Event) -> Wire:
    match event:
        case Add(index, text):
            return {"part": index, "add": text}
        case New(part):
            return {"new": part}
        case Set(index, changes):
            return {"part": index, "set": dict(changes)}
        case Withdraw():
            return {"withdraw": True}


def from_wire(wire: Mapping[str, Any]) -> Event:
    """The inverse of `to_wire`. Raises KeyError for anything else."""
    if "new" in wire:
        return New(dict(wire["new"]))
    if "withdraw" in wire:
        return Withdraw()
    if "add" in wire:
        return Add(wire["part"], wire["add"])
    return Set(wire["part"], wire["set"])


def merged(events: Iterable[Event]) -> list[Wire]:
    """The events as a frame carries them, neighbouring additions to one part joined."""
    wires: list[Wire] = []
    index = -1
    texts: list[str] = []
    for event in events:
        if type(event) is Add:
            if event.index != index:
                _close(wires, index, texts)
                index, texts = event.index, []
            texts.append(event.text)
        else:
            _close(wires, index, texts)
            index, texts = -1, []
            wires.append(to_wire(event))
    _close(wires, index, texts)
    return wires


def _close(wires: list[Wire], index: int, texts: list[str]) -> None:
    if texts:
        wires.append({"part": index, "add": "".join(texts)})
