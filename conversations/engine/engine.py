"""What a socket may ask of the engine of its process. Every row is looked up for the person."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext as _

from conversations.engine import opening, queue, reaper, titles, waiting
from conversations.engine.asking import TurnCommand
from conversations.engine.following import Follower
from conversations.engine.frames import Frame, opened_frame
from conversations.engine.liveness import ProcessLock
from conversations.engine.opening import Opened, Ready
from conversations.engine.recorder import Recorder
from conversations.engine.runner import Run, Runner
from conversations.engine.times import Times
from conversations.models import Generation, Status
from conversations.protocol import Edit, Refusal
from zaichat.accounts import hints
from zaichat.accounts.models import User
from zaichat.db import in_db

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Engine:
    """One per process and event loop; two of them in one loop behave like two processes."""

    def __init__(self, times: Times) -> None:
        self.times = times
        self.lock = ProcessLock()
        self.recorder = Recorder(self.lock.name, times, self._lost)
        self.runner = Runner(self.recorder, times)
        self._tasks: set[asyncio.Task[None]] = set()
        self._claims: set[asyncio.Task[Any]] = set()
        self._waiting_here: set[UUID] = set()
        self.closing = False

    async def open(self, user: User, command: TurnCommand) -> tuple[Opened, Frame]:
        """Obey send, edit, regenerate or continue, and say what opened; it is saved by then.

        Raises Refusal. The turn starts although its frame could not be made.
        """
        turn, frame = await self._to_the_end(self._open(user, command))
        if frame is None:
            raise Refusal("unavailable", _("The answer is being written. Reload to see it."))
        return turn, frame

    async def _open(self, user: User, command: TurnCommand) -> tuple[Opened, Frame | None]:
        turn, frame = await in_db(open_and_show, user, command, self.lock.name)
        if turn.ready is not None:
            self.start(turn.ready)
            self.soon(hints.ahint(user.pk, "conversation", turn.conversation))
        elif turn.waiting or turn.position:
            self._waiting_here.add(user.pk)
            self.soon(hints.ahint(user.pk, "conversation", turn.conversation))
        if isinstance(command, Edit) and (turn.ready or turn.waiting):
            self.soon(self._stop_replaced(user, command.message))
        return turn, frame

    async def _stop_replaced(self, user: User, question: UUID) -> None:
        """An edited question is asked anew: the answers to the old one end with what they have."""
        for generation in await in_db(queue.replaced_runs, user, question):
            await self.stop(user, generation, hold=True)

    async def stop(self, user: User, generation: UUID, *, hold: bool = False) -> None:
        """End it from here or from elsewhere; an ended one stays as it is.

        What waits behind it comes next, unless it is held until somebody sends it.
        """
        if hold:
            await in_db(queue.hold_behind, user, generation)
        await self._stop(user, generation)

    async def _stop(self, user: User, generation: UUID) -> None:
        run = self.runner.runs.get(generation)
        if run is not None and run.live.owner == user.pk:
            run.cancel(Status.STOPPED)
        elif await in_db(ask_to_stop, user, generation):
            await self._start_waiting(user.pk)

    async def answer_now(self, user: User, generation: UUID) -> None:
        """End the thinking. Raises Refusal when it already answers or has ended."""
        run = self.runner.runs.get(generation)
        here = run is not None and run.live.owner == user.pk
        if here and run is not None:
            accepted = run.answer_now()
        else:
            accepted = await in_db(ask_to_answer_now, user, generation)
        if not accepted:
            raise Refusal("conflict", _("This reply is not thinking any more."))

    async def unqueue(self, user: User, message: UUID) -> UUID:
        """Take a waiting question back; the generation that will not be."""
        taken_back = await in_db(queue.unqueue, user, message)
        await self._start_waiting(user.pk)
        conversation = taken_back.message.conversation_id
        self.soon(hints.ahint(user.pk, "conversation", conversation))
        return taken_back.pk

    async def send_now(
        self, user: User, message: UUID, told: Callable[[queue.Sent], Awaitable[None]]
    ) -> None:
        """Stop what is being answered, keeping its text, and ask this waiting question next.

        `told` answers the command: before anything of what follows from it can be heard.
        """
        sent = await self._to_the_end(in_db(queue.send_now, user, message))
        self._waiting_here.add(user.pk)
        try:
            await told(sent)
        finally:
            self.soon(self._go_on(user, sent))

    async def _go_on(self, user: User, sent: queue.Sent) -> None:
        if sent.ahead is not None:
            await self._stop(user, sent.ahead)
        else:
            await self._start_waiting(user.pk)
        await hints.ahint(user.pk, "conversation", sent.conversation)

    def follower(
        self, user: User, language: str, generation: UUID, seen: int = 0, *, announce: bool = False
    ) -> Follower:
        return Follower(user, language, generation, self.runner, self.times, seen, announce)

    async def _to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        """Do what claims a turn, also when the caller is cancelled: a claimed turn must start.

        Raises Refusal once the process is ending.
        """
        if self.closing:
            work.close()
            raise Refusal("unavailable", _("The server is restarting. Try again in a moment."))
        task = asyncio.ensure_future(work)
        self._claims.add(task)
        task.add_done_callback(self._claims.discard)
        return await asyncio.shield(task)

    def start(self, ready: Ready) -> None:
        run = self.runner.start(ready)
        self.soon(self._afterwards(run))

    def soon(self, work: Awaitable[None]) -> None:
        """Do something beside the caller; held by a strong reference until it is done."""
        task = asyncio.ensure_future(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def sweep(self) -> None:
        """End dead runs, start what waits and nobody starts."""
        for generation in await in_db(reaper.reap, self.times.heartbeat_cold_after):
            conversation = generation.message.conversation_id
            await hints.ahint(generation.owner_id, "conversation", conversation)
        for owner in await in_db(waiting.owners_with_startable):
            await self._start_waiting(owner)

    async def look_for_requests(self) -> None:
        """Obey stop and answer-now flags that other processes set on runs of this one."""
        if not self.runner.runs:
            return
        for generation, stop in await in_db(requests_for, list(self.runner.runs)):
            run = self.runner.runs.get(generation)
            if run is not None and stop:
                run.cancel(Status.STOPPED)
            elif run is not None:
                run.answer_now()

    async def end(self) -> None:
        """Start nothing more, interrupt what runs, save it, let go."""
        self.closing = True
        await asyncio.gather(*self._claims, return_exceptions=True)
        await self.runner.end_all()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.lock.release()

    async def _afterwards(self, run: Run) -> None:
        if run.task is not None:
            await asyncio.wait([run.task])
        generation = run.ready.generation
        conversation = generation.message.conversation_id
        await hints.ahint(generation.owner_id, "conversation", conversation)
        if generation.owner_id in self._waiting_here:
            await self._start_waiting(generation.owner_id)
        if named := await titles.name(generation.pk):
            await hints.ahint(generation.owner_id, "title", named)

    async def _start_waiting(self, owner: UUID) -> None:
        """Start what may start. What waits was queued here, or the sweep has found it."""
        if not self.closing:
            await self._to_the_end(self._claim(owner))

    async def _claim(self, owner: UUID) -> None:
        ready, left = await in_db(waiting.start_for, owner, self.lock.name)
        for turn in ready:
            self.start(turn)
            conversation = turn.generation.message.conversation_id
            self.soon(hints.ahint(owner, "conversation", conversation))
        if not left:
            self._waiting_here.discard(owner)

    def _lost(self, generations: Iterable[UUID]) -> None:
        for generation in generations:
            if run := self.runner.runs.get(generation):
                logger.warning(
                    "a run was ended by another process", extra={"generation": generation}
                )
                run.cancel(Status.INTERRUPTED)


def open_and_show(user: User, command: TurnCommand, process: str) -> tuple[Opened, Frame | None]:
    """Open the turn and render what the reader sees of it, in one visit to the database."""
    turn = opening.open_turn(user, command, process)
    try:
        return turn, opened_frame(user, turn)
    except Exception:
        logger.exception("an opened turn could not be shown")
        return turn, None


async def _logged(work: Awaitable[None]) -> None:
    try:
        await work
    except asyncio.CancelledError:
        raise
    except Exception:
        logger.exception("work beside a turn failed")


def ask_to_stop(user: User, generation: UUID) -> bool:
    """Flag it for the process that runs it. True when it waited and was ended at once."""
    row = visible(user, generation)
    if row.status == Status.QUEUED and waiting.stop_waiting(row):
        if row.behind_id is not None:
            opening.show(row.message)  # it is answered now, by nothing, and has its place
        return True
    Generation.objects.running().filter(pk=row.pk).update(stop_requested_at=now())
    return False


def ask_to_answer_now(user: User, generation: UUID) -> bool:
    row = visible(user, generation)
    if any(part["kind"] == "text" for part in row.parts):
        return False
    return bool(Generation.objects.open().filter(pk=row.pk).update(answer_now_at=now()))


def requests_for(generations: list[UUID]) -> list[tuple[UUID, bool]]:
    """Flagged runs among these, and whether they are to stop."""
    flagged = Generation.objects.running().filter(pk__in=generations)
    rows = flagged.exclude(stop_requested_at=None, answer_now_at=None)
    return [(row.pk, row.stop_requested_at is not None) for row in rows.only("stop_requested_at")]


def visible(user: User, generation: UUID) -> Generation:
    row = Generation.objects.visible_to(user).filter(pk=generation).first()
    if row is None:
        raise Refusal("not_found", _("This was not found. It may have been deleted."))
    return row
