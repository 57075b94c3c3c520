"""The one writer of a process: it saves all running replies together.

Each save takes parts, event count and heartbeat of every running reply in the same instant,
about once a second, at a reply's first token, and at its end. An end is kept until it is
written, however long the database is away; only then do watchers hear that it ended.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils.timezone import now

from conversations.engine import indexing, money
from conversations.engine.events import Part
from conversations.engine.live import LiveTurn, Picture
from conversations.engine.opening import Ready
from conversations.engine.prompt import Prompt
from conversations.engine.times import Times
from conversations.engine.turn import Outcome, Round, notice
from conversations.engine.writing import write_own
from conversations.models import Generation, SearchEntry, Status
from zaichat.accounts import ledger
from zaichat.accounts.ledger import Call, Closing
from zaichat.db import in_db
from zaichat.zai.tokens import tokens_in

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
    entries: Sequence[SearchEntry] | None = None
    """What search will find of it, made ready before others have to wait; None: later."""
    saved: Generation | None = None
    """The row as written; None when the run had been ended before, by another process."""
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
        self._urgent: list[LiveTurn] = []
        self._soon = asyncio.Event()
        self._next_round = 0.0
        self._closed = False

    def add(self, live: LiveTurn) -> None:
        self._running[live.generation] = live

    def soon(self, live: LiveTurn) -> None:
        """Save this one without waiting for the second to pass."""
        self._urgent.append(live)
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
        """A database that is away is asked again; what it refuses to hold is not sent again."""
        try:
            await self.save()
        except (OperationalError, InterfaceError):
            logger.warning("saving failed, trying again", exc_info=True)
            await asyncio.sleep(self._times.row_poll_every)
            self._soon.set()
        except Exception:
            logger.exception("a save was refused, saving one by one")
            await self._save_one_by_one()

    async def _save_one_by_one(self) -> None:
        """So that one reply that cannot be written does not hold up the others."""
        for live in list(self._running.values()):
            with suppress(Exception):
                save = Save(live.generation, live.picture(), live.first_token_at)
                await in_db(write, self._process, [], [save], [])
                self._note([live], [save], [])
        for ending in list(self._endings):
            try:
                await in_db(write, self._process, [], [], [ending])
            except Exception:
                await in_db(write, self._process, [], [], [without_content(ending)])
            self._note([], [], [ending])

    async def save(self) -> None:
        """One save: what is urgent and what ended, and once a second everything that runs."""
        endings, round_due = list(self._endings), time.monotonic() >= self._next_round
        urgent = self._take_urgent()
        running = list(self._running.values()) if round_due else urgent
        grown = [live for live in running if live.seq > live.saved_seq]
        saves = [Save(live.generation, live.picture(), live.first_token_at) for live in grown]
        silent = [live.generation for live in running if live.seq == live.saved_seq]
        if saves or silent or endings:
            self._on_lost(await in_db(write, self._process, silent, saves, endings))
        self._note(grown, saves, endings)
        if round_due:
            self._next_round = time.monotonic() + self._times.save_every

    def _take_urgent(self) -> list[LiveTurn]:
        urgent = {live.generation: live for live in self._urgent}
        self._urgent.clear()
        return [live for key, live in urgent.items() if key in self._running]

    def _note(
        self, grown: Sequence[LiveTurn], saves: Sequence[Save], endings: Sequence[Ending]
    ) -> None:
        for live, save in zip(grown, saves, strict=True):
            live.saved_seq = save.picture.seq
        for ending in endings:
            self._endings.remove(ending)
            ending.written.set()

    async def _until_due(self) -> None:
        """Until something is urgent, and then a moment for what comes right after it."""
        with suppress(TimeoutError):
            wait = max(0.0, self._next_round - time.monotonic())
            async with asyncio.timeout(wait):
                await self._soon.wait()
            await asyncio.sleep(self._times.gather_saves)
        self._soon.clear()


def without_content(ending: Ending) -> Ending:
    """The end of a reply whose parts cannot be written: it failed, and says so."""
    ending.outcome.status, ending.outcome.error_code = Status.FAILED, "internal"
    ending.outcome.vendor_code = ending.outcome.finish_reason = ""
    ending.outcome.request_ids = []
    ending.picture = Picture([notice("interrupted")], ending.picture.seq)
    return ending


def write(
    process: str, silent: Sequence[UUID], saves: Sequence[Save], endings: Sequence[Ending]
) -> set[UUID]:
    """One transaction. The given runs that do not belong to `process` any more.

    `silent` runs said nothing since their last save; only their heartbeat is written.
    """
    for ending in endings:
        run = ending.ready.generation
        ending.entries = indexing.entries_of_end(run, ending.picture.parts, ending.at)
    with transaction.atomic():
        at = now()
        lost = {save.generation for save in saves if not write_save(process, save, at)}
        mine = Generation.objects.running().filter(process=process, pk__in=silent)
        if silent and mine.update(heartbeat_at=at) < len(silent):
            lost |= set(silent) - set(mine.values_list("pk", flat=True))
        if endings:
            write_ends(process, endings)
        return lost


def write_save(process: str, save: Save, at: datetime) -> bool:
    values = {
        "parts": save.picture.parts,
        "seq": save.picture.seq,
        "first_token_at": save.first_token_at,
        "heartbeat_at": at,
    }
    return write_own(save.generation, process, values)


def write_ends(process: str, endings: Sequence[Ending]) -> None:
    """The last save of runs that nobody else ended first; and what they cost, always."""
    closings = [closing for ending in endings for closing in closings_of(ending)]
    ledger.close_all([line for line, _told in closings])
    told = {line.call.id: usage for line, usage in closings}
    for ending in endings:
        usage = money.summed([told[call.id] for call in ending.calls])
        row, state = ending.ready.generation, last_state(ending) | {"usage": usage}
        if write_own(row.pk, process, state):
            vars(row).update(state)
            ending.saved = row
    indexing.add([one for ending in endings if ending.saved for one in ending.entries or ()])


def last_state(ending: Ending) -> dict[str, Any]:
    outcome = ending.outcome
    return {
        "status": outcome.status,
        "ended_at": ending.at,
        "indexed_at": None if ending.entries is None else ending.at,
        "parts": ending.picture.parts,
        "seq": ending.picture.seq,
        "first_token_at": ending.live.first_token_at,
        "duration_ms": ending.duration_ms,
        "finish_reason": outcome.finish_reason[:40],
        "error_code": outcome.error_code,
        "vendor_code": outcome.vendor_code[:20],
        "request_ids": outcome.request_ids,
        "options": ending.ready.generation.options | made_of(ending),
    }


def made_of(ending: Ending) -> dict[str, Any]:
    """`sent`: how it was asked; `context`: tokens of the window that the talk takes now."""
    context = context_after(ending.outcome, ending.ready.prompt, ending.picture.parts)
    known = {"sent": ending.outcome.sent or None, "context": context}
    return {name: value for name, value in known.items() if value is not None}


def context_after(outcome: Outcome, prompt: Prompt, parts: Sequence[Part]) -> int | None:
    """What the talk takes of the window with this answer; thinking is not sent again."""
    last = outcome.rounds[-1] if outcome.rounds else None
    if last is None or not last.billed:
        return None
    if last.usage is not None:
        return last.usage.prompt + last.usage.completion - (last.usage.reasoning or 0)
    texts = [part.get("text", "") for part in parts if part["kind"] == "text"]
    return prompt.likely_tokens + tokens_in("".join(texts))


def closings_of(ending: Ending) -> list[tuple[Closing, dict[str, Any]]]:
    """One line per call, with the round it paid for."""
    rounds: list[Round | None] = [*ending.outcome.rounds, *[None] * len(ending.calls)]
    tokens = ending.ready.prompt.likely_tokens
    return [
        money.closing_of_round(call, made, tokens)
        for call, made in zip(ending.calls, rounds, strict=False)
    ]
