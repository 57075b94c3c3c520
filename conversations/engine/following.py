"""Follows a run from any process. Never writes.

Reads the live list when the run is here and the saved row when it is not, and says the same
frames either way. The first words go out at once; later ones join what waits into at most one
frame per `frame_every` seconds.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.utils import translation

from conversations.engine.events import Event, Part, merged, to_wire
from conversations.engine.frames import Frame, ended_frame, ended_here, started_frame
from conversations.engine.live import LiveTurn
from conversations.engine.runner import Runner
from conversations.engine.state import difference
from conversations.engine.times import Times
from conversations.models import Generation, Status
from conversations.models.generation import OPEN
from zaichat.accounts.models import User
from zaichat.db import in_db

T = TypeVar("T")

LAST = ("ended", "unqueued")

MOST_EVENTS = 4096
"""In one frame, so that a reader who fell far behind can still acknowledge piece by piece."""


@dataclass(slots=True)
class Row:
    """What is saved of a run; parts only when `seq` moved."""

    status: str
    seq: int
    parts: list[Part] | None


@dataclass
class Follower:
    """One reader of one generation. `seen` counts the events it was sent."""

    user: User
    language: str
    generation: UUID
    runner: Runner
    times: Times
    seen: int = 0
    announce: bool = False
    """The run still waits behind another; say `opened` when it starts."""
    _parts: tuple[Part, ...] | None = ()

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Every frame from `seen` on; the last is `ended`, or `unqueued` for one taken back."""
        self._parts = None if self.seen else ()
        while True:
            live = self.runner.live(self.generation)
            if live is not None:
                if self.seen > live.seq:
                    yield self._whole(live)
                async for frame in self._from_live(live):
                    yield frame
                if live.recorded is not None:
                    yield await self._in_language(ended_here, live.recorded)
                    return
            row = await in_db(read_row, self.generation, self.seen)
            async for frame in self._from_row(row):
                yield frame
                if frame["event"] in LAST:
                    return
            await self.runner.arrival(self.generation, self.times.row_poll_every)

    async def _from_row(self, row: Row) -> AsyncGenerator[Frame, None]:
        if self.announce and row.status != Status.QUEUED:
            yield await self._announcement()
        if row.parts is not None:
            yield self._saved(row, row.parts)
        if row.status not in OPEN:
            yield await self._in_language(ended_frame, self.generation)

    async def _from_live(self, live: LiveTurn) -> AsyncGenerator[Frame, None]:
        if self.announce:
            yield await self._announcement()
        due = 0.0
        while True:
            if live.seq <= self.seen:
                if live.closed:
                    return
                await live.grown_beyond(self.seen)
            if (early := due - time.monotonic()) > 0 and not live.closed:
                await asyncio.sleep(early)
            if batch := live.events[self.seen : self.seen + MOST_EVENTS]:
                yield self._events(batch)
                due = time.monotonic() + self.times.frame_every

    def _whole(self, live: LiveTurn) -> Frame:
        """For a reader who claims to have seen more than was said."""
        picture = live.picture()
        self.seen, self._parts = picture.seq, None
        return snapshot_frame(self.generation, Row(Status.RUNNING, picture.seq, picture.parts))

    async def _announcement(self) -> Frame:
        self.announce = False
        return await self._in_language(started_frame, self.generation)

    async def _in_language(self, make: Callable[[User, T], Frame], what: T) -> Frame:
        with translation.override(self.language):
            return await in_db(make, self.user, what)

    def _events(self, batch: list[Event]) -> Frame:
        start, self.seen = self.seen, self.seen + len(batch)
        self._parts = None
        return events_frame(self.generation, start, self.seen, merged(batch))

    def _saved(self, row: Row, parts: list[Part]) -> Frame:
        """What the row has beyond `seen`: as events where they can be told apart, else whole."""
        known = self._parts if row.seq > self.seen else None
        steps = difference(known, parts) if known is not None else None
        start, self.seen, self._parts = self.seen, row.seq, tuple(parts)
        if steps is None:
            return snapshot_frame(self.generation, row)
        return events_frame(self.generation, start, row.seq, [to_wire(step) for step in steps])


def events_frame(generation: UUID, start: int, end: int, events: list[Frame]) -> Frame:
    return {
        "event": "events",
        "generation": str(generation),
        "from": start,
        "to": end,
        "events": events,
    }


def snapshot_frame(generation: UUID, row: Row) -> Frame:
    return {
        "event": "snapshot",
        "generation": str(generation),
        "to": row.seq,
        "parts": row.parts,
    }


def read_row(generation: UUID, seen: int) -> Row:
    """Two small columns each time; the parts when there is more than `seen`.

    A run whose process died may have less than was seen, or as many other events: those of the
    last moment were not saved, and its end was added. Then the row is the truth, and is told.
    """
    rows = Generation.objects.filter(pk=generation)
    status, seq = rows.values_list("status", "seq").get()
    if status != Status.INTERRUPTED and (seq == seen or (seq < seen and status in OPEN)):
        return Row(status, seq, None)
    status, seq, parts = rows.values_list("status", "seq", "parts").get()
    return Row(status, seq, parts)
