"""A running reply in memory: an append-only list of events, and a bell that rings when it grows.

Watchers keep a cursor into the list and are never sent anything; a slow one finds more waiting,
a late one catches up, and nothing can be dropped. The parts grow beside the list, so that the
recorder can take both in the same instant.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from conversations.engine.events import Add, Event, New, Part, Set, Withdraw
from conversations.engine.state import withdrawn

if TYPE_CHECKING:
    from conversations.models import Generation


@dataclass(frozen=True, slots=True)
class Picture:
    """The parts after `seq` events: what is saved together."""

    parts: list[Part]
    seq: int


class LiveTurn:
    """One generation that runs in this process."""

    def __init__(self, generation: UUID, owner: UUID) -> None:
        self.generation = generation
        self.owner = owner
        self.events: list[Event] = []
        self.first_token_at: datetime | None = None
        self.saved_seq = 0
        self.closed = False
        self.recorded: Generation | None = None
        """The row with all of it, once saved; None when another process ended the run first."""
        self._parts: list[_GrowingPart] = []
        self._waiters: list[asyncio.Future[None]] = []

    @property
    def seq(self) -> int:
        return len(self.events)

    @property
    def has_text(self) -> bool:
        return any(part.keys["kind"] == "text" for part in self._parts)

    def unended(self) -> list[int]:
        """Places of the parts that began and did not end."""
        return [
            index
            for index, part in enumerate(self._parts)
            if "started" in part.keys and "ended" not in part.keys
        ]

    def extend(self, events: Sequence[Event]) -> None:
        for event in events:
            self.events.append(event)
            self._apply(event)
        self._ring()

    def picture(self) -> Picture:
        return Picture([part.whole() for part in self._parts], len(self.events))

    def close(self, recorded: "Generation | None") -> None:
        """No more events will come, and the row says so."""
        self.closed, self.recorded = True, recorded
        self._ring()

    async def grown_beyond(self, seq: int) -> None:
        """Return when there are more than `seq` events, or none will come any more."""
        while len(self.events) <= seq and not self.closed:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter

    def _apply(self, event: Event) -> None:
        match event:
            case Add(index, text):
                self._parts[index].texts.append(text)
            case New(part):
                self._parts.append(_GrowingPart(part))
            case Set(index, changes):
                self._parts[index].keys.update(changes)
            case Withdraw():
                self._parts = [_GrowingPart(withdrawn(part.whole())) for part in self._parts]
                self.events = [blanked(known) for known in self.events]

    def _ring(self) -> None:
        if not self._waiters:
            return
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)


def blanked(event: Event) -> Event:
    """The event as a late watcher may see it after a withdrawal: same number, no content."""
    match event:
        case Add(index):
            return Add(index, "")
        case New(part):
            return New(withdrawn(part))
        case Set(index, changes):
            return Set(index, withdrawn(dict(changes)))
        case _:
            return event


class _GrowingPart:
    """A part whose text is joined only when somebody wants to see it."""

    __slots__ = ("keys", "texts")

    def __init__(self, part: Part) -> None:
        self.keys = {key: value for key, value in part.items() if key != "text"}
        self.texts = [part["text"]] if "text" in part else []

    def whole(self) -> Part:
        if not self.texts:
            return dict(self.keys)
        if len(self.texts) > 1:
            self.texts = ["".join(self.texts)]
        return {**self.keys, "text": self.texts[0]}
