"""The one writer of a process: it saves all running replies together.

Each save takes parts, event count and heartbeat of every running reply in the same instant,
about once a second, at a reply's first token, and at its end. An end is kept until it is
written, however long the database is away; only then do watchers hear that it ended.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils.timezone import now

from conversations.engine import money
from conversations.engine.live import LiveTurn, Picture
from conversations.engine.opening import Ready
from conversations.engine.times import Times
from conversations.engine.turn import Outcome
from conversations.models import Conversation, Generation
from zaichat.accounts.ledger import Call
from zaichat.db import in_db

logger = logging.getLogger(__name__)


@dataclass
class Ending:
    """A reply that ended, until that is written."""

    live: LiveTurn
    ready: Ready
    calls: Sequence[Call]
    outcome: Outcome
    duration_ms: int
    picture: Picture
    at: datetime = field(default_factory=now)
    written: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Save:
    generation: UUID
    picture: Picture
    first_token_at: datetime | None


class Recorder:
    def __init__(self, process: str, times: Times, on_lost: Callable[[set[UUID]], None]) -> None:
        """`on_lost` hears of runs that somebody else ended."""
        self._process = process
        self._times = times
        self._on_lost = on_lost
        self._running: dict[UUID, LiveTurn] = {}
        self._endings: list[Ending] = []
        self._soon = asyncio.Event()
        self._closed = False

    def add(self, live: LiveTurn) -> None:
        self._running[live.generation] = live

    def soon(self) -> None:
        """Save without waiting for the second to pass."""
        self._soon.set()

    async def end(self, ending: Ending) -> None:
        """Return when the end is in the database."""
        self._running.pop(ending.live.generation, None)
        if self._closed:
            return
        self._endings.append(ending)
        self._soon.set()
        await ending.written.wait()

    async def run(self) -> None:
        """Save for ever; cancelled at shutdown, after the last end was written."""
        try:
            while True:
                await self._until_due()
                await self._save_or_try_again()
        finally:
            self._closed = True
            for ending in self._endings:
                logger.error("an end was not written", extra={"generation": ending.live.generation})
                ending.written.set()

    async def _save_or_try_again(self) -> None:
        try:
            await self.save()
        except DatabaseError:
            logger.exception("saving failed, trying again")
            await asyncio.sleep(self._times.row_poll_every)
            self._soon.set()

    async def save(self) -> None:
        """One save of everything that runs and everything that ended."""
        endings, running = list(self._endings), list(self._running.values())
        if not endings and not running:
            return
        saves = [
            Save(live.generation, live.picture(), live.first_token_at)
            for live in running
            if live.seq > live.saved_seq
        ]
        ids = [live.generation for live in running]
        mine = await in_db(write, self._process, ids, saves, endings)
        saved = {save.generation: save.picture.seq for save in saves}
        for live in running:
            live.saved_seq = saved.get(live.generation, live.saved_seq)
        self._on_lost(set(ids) - mine)
        for ending in endings:
            self._endings.remove(ending)
            ending.written.set()

    async def _until_due(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._soon.wait(), self._times.save_every)
        self._soon.clear()


def write(
    process: str, ids: Sequence[UUID], saves: Sequence[Save], endings: Sequence[Ending]
) -> set[UUID]:
    """One transaction; the ids of the given runs that still belong to `process`."""
    with transaction.atomic():
        mine = Generation.objects.running().filter(pk__in=ids, process=process)
        mine.update(heartbeat_at=now())
        for save in saves:
            changes: dict[str, Any] = {"parts": save.picture.parts, "seq": save.picture.seq}
            mine.filter(pk=save.generation).update(first_token_at=save.first_token_at, **changes)
        for ending in endings:
            write_end(process, ending)
        return set(mine.values_list("pk", flat=True)) if ids else set()


def write_end(process: str, ending: Ending) -> None:
    """The last save of a run, unless somebody else ended it first; and what it cost, always."""
    usage = settle(ending)
    generation, outcome = ending.ready.generation, ending.outcome
    own = Generation.objects.running().filter(pk=generation.pk, process=process)
    own.update(
        status=outcome.status,
        ended_at=ending.at,
        parts=ending.picture.parts,
        seq=ending.picture.seq,
        first_token_at=ending.live.first_token_at,
        duration_ms=ending.duration_ms,
        finish_reason=outcome.finish_reason[:40],
        error_code=outcome.error_code,
        vendor_code=outcome.vendor_code[:20],
        request_ids=outcome.request_ids,
        usage=usage,
    )
    conversation = generation.message.conversation_id
    Conversation.objects.filter(pk=conversation).update(last_active_at=ending.at)


def settle(ending: Ending) -> dict[str, Any] | None:
    """Close every call of the run; calls without a usage are estimated from all that was said."""
    usages = []
    for call, usage in zip(ending.calls, _padded(ending), strict=True):
        told, _estimated = money.settle(call, usage, ending.ready.prompt.tokens, _said(ending))
        usages.append(told)
    return money.summed(usages)


def _padded(ending: Ending) -> list[Any]:
    usages = list(ending.outcome.usages[: len(ending.calls)])
    return usages + [None] * (len(ending.calls) - len(usages))


def _said(ending: Ending) -> str:
    return "".join(part.get("text", "") for part in ending.picture.parts)
