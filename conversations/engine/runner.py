"""Runs turns: one asyncio task per generation, held by a strong reference until its end is written.

A task is never owned by a socket. Whatever happens inside one, its end is recorded.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from conversations.engine import making, money
from conversations.engine.events import Event, New, Set
from conversations.engine.filling import filled
from conversations.engine.live import LiveTurn
from conversations.engine.opening import Ready
from conversations.engine.recorder import Ending, Recorder
from conversations.engine.times import Times
from conversations.engine.turn import Control, Turn, notice
from conversations.models import Generation, Status
from zaichat import vendor
from zaichat.accounts.ledger import Call
from zaichat.accounts.pseudonyms import pseudonym
from zaichat.db import in_db
from zaichat.files.storing import Away

logger = logging.getLogger(__name__)

READERS = 2
"""Prompts filled at one time: the other threads of the database are for those who wait less."""


@dataclass
class Run:
    """A turn under way in this process."""

    ready: Ready
    live: LiveTurn
    control: Control
    calls: list[Call]
    started: float = field(default_factory=time.monotonic)
    task: asyncio.Task[None] | None = None
    under_way: bool = False

    def cancel(self, end_as: Status) -> None:
        """End it as `end_as`; the first call decides. A task that has not begun looks by itself."""
        if self.control.stop:
            return
        self.control.stop, self.control.end_as = True, end_as
        if self.under_way and self.task is not None:
            self.task.cancel()

    def answer_now(self) -> bool:
        """Ask for the answer without more thinking. False when it already answers."""
        if self.control.stop or self.live.has_text:
            return False
        if not self.control.answer_now:
            self.control.answer_now = True
            if self.control.asking and self.task is not None:
                self.task.cancel()
        return True


class Runner:
    def __init__(self, recorder: Recorder, times: Times) -> None:
        self._recorder = recorder
        self._times = times
        self.runs: dict[UUID, Run] = {}
        self._arrivals: dict[UUID, list[asyncio.Future[None]]] = {}
        self._readers = asyncio.Semaphore(READERS)

    def live(self, generation: UUID) -> LiveTurn | None:
        run = self.runs.get(generation)
        return run.live if run else None

    def start(self, ready: Ready) -> Run:
        """Begin the turn; it is visible to followers before this returns."""
        generation = ready.generation
        live = LiveTurn(generation.pk, generation.owner_id)
        run = Run(ready, live, Control(reserve=lambda: self._reserve(run)), [ready.call])
        self.runs[generation.pk] = run
        self._recorder.add(live)
        run.task = asyncio.create_task(self._run(run), name=f"turn {generation.pk}")
        for waiter in self._arrivals.pop(generation.pk, []):
            if not waiter.done():
                waiter.set_result(None)
        return run

    async def arrival(self, generation: UUID, within: float) -> LiveTurn | None:
        """The live turn, as soon as it starts here; None when `within` seconds pass first."""
        if live := self.live(generation):
            return live
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrivals.setdefault(generation, []).append(waiter)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await waiter
        finally:
            self._forget(generation, waiter)
        return self.live(generation)

    async def end_all(self) -> None:
        """Interrupt everything and wait until that is written."""
        for run in list(self.runs.values()):
            run.cancel(Status.INTERRUPTED)
        tasks = [run.task for run in self.runs.values() if run.task]
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self, run: Run) -> None:
        generation = run.ready.generation
        turn = Turn(
            client=vendor.client,
            prompt=run.ready.prompt,
            user_id=pseudonym(generation.owner_id),
            platform=vendor.platform(),
            control=run.control,
            make=makes(generation),
        )
        run.under_way = True
        try:
            await self._read(run, turn)
            await self._take(run, turn)
        except BaseException as error:
            self._explain(run, turn, error)
        run.under_way = False
        run.live.extend(closing(run.live, turn.clock.now(), turn.outcome.status))
        await self._end(run, turn)

    async def _read(self, run: Run, turn: Turn) -> None:
        """Fill the prompt with what is in its files."""
        if run.control.stop:
            raise asyncio.CancelledError
        if run.ready.prompt.unread is not None:
            async with self._readers:
                prompt = await in_db(filled, run.ready.prompt)
            turn.prompt, run.ready = prompt, replace(run.ready, prompt=prompt)

    async def _take(self, run: Run, turn: Turn) -> None:
        live = run.live
        async with asyncio.timeout(self._times.turn_at_most), aclosing(turn.take()) as steps:
            async for events in steps:
                live.extend(events)
                if any(map(begins_to_say, events)):
                    live.first_token_at = live.first_token_at or now()
                    self._recorder.soon(live)

    def _explain(self, run: Run, turn: Turn, error: BaseException) -> None:
        """An end that was not the turn's own: stopped, too long, or a mistake of ours."""
        outcome = turn.outcome
        match error:
            case asyncio.CancelledError() if run.control.stop:
                outcome.status = run.control.end_as
                outcome.error_code = "interrupted" if outcome.status == Status.INTERRUPTED else ""
            case asyncio.CancelledError():
                outcome.status, outcome.error_code = Status.INTERRUPTED, "interrupted"
            case TimeoutError():
                outcome.status, outcome.error_code = Status.FAILED, "timed_out"
            case Away():
                outcome.status, outcome.error_code = Status.FAILED, "files_away"
                logger.error("a turn got no files: %s", error)
            case _:
                outcome.status, outcome.error_code = Status.FAILED, "internal"
                logger.exception("a turn failed", exc_info=error)

    async def _end(self, run: Run, turn: Turn) -> None:
        duration = round((time.monotonic() - run.started) * 1000)
        ending = Ending(run.live, run.ready, run.calls, turn.outcome, duration, run.live.picture())
        await self._recorder.end(ending)
        self.runs.pop(run.live.generation, None)
        run.live.close(ending.saved)

    async def _reserve(self, run: Run) -> None:
        """The call is known before its line is written: a stop in between closes it too."""
        run.calls.append(money.call_for(run.ready.generation))
        await in_db(money.reserve, run.calls[-1], run.ready.prompt)

    def _forget(self, generation: UUID, waiter: asyncio.Future[None]) -> None:
        waiters = self._arrivals.get(generation, [])
        if waiter in waiters:
            waiters.remove(waiter)
        if not waiters:
            self._arrivals.pop(generation, None)


def makes(generation: Generation) -> Callable[[], Awaitable[list[dict[str, Any]]]] | None:
    """What answers instead of the model, where something is to be made."""
    return partial(in_db, making.made, generation) if generation.options.get("make") else None


def begins_to_say(event: Event) -> bool:
    """First words, of the thinking and of the text, are saved at once."""
    return isinstance(event, New) and event.part["kind"] in ("reasoning", "text")


def closing(live: LiveTurn, at: float, status: Status) -> list[Event]:
    """What still grew ends; an interrupted reply says so in its parts."""
    events: list[Event] = [Set(index, {"ended": at}) for index in live.unended()]
    if status == Status.INTERRUPTED:
        events.append(New(notice("interrupted")))
    return events
