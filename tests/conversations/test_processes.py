"""Two processes on one database: either follows, stops and finishes what the other began.

Two engines in one loop know nothing of each other but their rows, as two processes would.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.utils.timezone import now

from conversations.engine import Engine, liveness
from conversations.engine.events import from_wire
from conversations.engine.lifecycle import keep_going
from conversations.engine.liveness import ProcessLock
from conversations.engine.state import Parts, fold_all
from conversations.engine.times import times
from conversations.models import Generation, Status
from conversations.protocol import Send
from tests import factories
from tests.socket_client import ended_row
from tests.standin import StandIn
from zaichat.accounts.models import LedgerEntry, User


@pytest.fixture
async def engines(process: None, standin: StandIn) -> AsyncIterator[tuple[Engine, Engine]]:
    pair = (Engine(times()), Engine(times()))
    tasks = [task for engine in pair for task in keep_going(engine)]
    yield pair
    for engine in pair:
        await engine.end()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def started(engine: Engine, person: User, text: str) -> UUID:
    turn, _frame = await engine.open(person, Send(uuid4(), text, model="glm-4.6"))
    return turn.generation


async def followed(
    engine: Engine, person: User, generation: UUID, seen: int = 0, parts: Parts = ()
) -> tuple:
    """All that a follower is told from `seen` on: its parts, its last count, its frames."""
    frames = []
    async with aclosing(engine.follower(person, "en", generation, seen).frames()) as stream:
        async for frame in stream:
            frames.append(frame)
            if frame["event"] == "snapshot":
                parts, seen = tuple(frame["parts"]), frame["to"]
            elif frame["event"] == "events":
                assert frame["from"] == seen
                parts = fold_all(map(from_wire, frame["events"]), parts)
                seen = frame["to"]
    return parts, seen, frames


async def test_another_process_shows_the_reply_from_the_first_word(
    alice: User, engines: tuple[Engine, Engine]
) -> None:
    here, there = engines
    generation = await started(here, alice, "[[script:think n=20 then=40 every_ms=10]]")
    near, far = await asyncio.gather(
        followed(here, alice, generation), followed(there, alice, generation)
    )
    row = await Generation.objects.aget(pk=generation)
    assert list(near[0]) == list(far[0]) == row.parts
    assert near[1] == far[1] == row.seq
    growing = [frame for frame in far[2] if frame["event"] == "events"]
    assert len(growing) > 2, "it is followed while it runs, not only at its end"
    assert far[2][-1]["event"] == "ended"


async def test_a_late_watcher_from_anywhere_gets_what_is_missing(
    alice: User, engines: tuple[Engine, Engine]
) -> None:
    here, there = engines
    generation = await started(here, alice, "[[script:count n=50 every_ms=10]]")
    live = here.runner.live(generation)
    await live.grown_beyond(3)
    known = fold_all(live.events[:3])
    for engine in engines:
        parts, seen, _frames = await followed(engine, alice, generation, 3, known)
        row = await Generation.objects.aget(pk=generation)
        assert (list(parts), seen) == (row.parts, row.seq)
    assert there.runner.runs == {}


async def test_stop_from_another_process(alice: User, engines: tuple[Engine, Engine]) -> None:
    here, there = engines
    generation = await started(here, alice, "[[script:endless every_ms=10]]")
    async with asyncio.timeout(5):
        await there.stop(alice, generation)
        row = await ended_row(str(generation))
    assert row.status == Status.STOPPED


async def test_answer_now_from_another_process(
    alice: User, engines: tuple[Engine, Engine], standin: StandIn
) -> None:
    here, there = engines
    generation = await started(here, alice, "[[script:think n=200 then=2 every_ms=10]] soon")
    while not (await Generation.objects.aget(pk=generation)).parts:
        await asyncio.sleep(0.02)
    await there.answer_now(alice, generation)
    row = await ended_row(str(generation))
    assert row.status == Status.DONE
    assert standin.asked("soon")[-1]["body"]["thinking"] == {"type": "disabled"}


async def test_a_waiting_turn_is_started_by_whoever_is_there(
    alice: User, engines: tuple[Engine, Engine], settings: object
) -> None:
    here, there = engines
    first = await started(here, alice, "[[script:count n=10 every_ms=200]]")
    conversation = (await Generation.objects.select_related("message").aget(pk=first)).message
    command = Send(uuid4(), "[[script:count n=2]]", conversation.conversation_id, model="glm-4.6")
    turn, _frame = await there.open(alice, command)
    assert turn.position == 1
    _parts, _seen, frames = await followed_announced(there, alice, turn.generation)
    assert frames[0]["event"] == "opened"
    assert frames[-1]["status"] == "done"


async def followed_announced(engine: Engine, person: User, generation: UUID) -> tuple:
    frames = []
    follower = engine.follower(person, "en", generation, announce=True)
    async with aclosing(follower.frames()) as stream:
        async for frame in stream:
            frames.append(frame)
    return None, None, frames


async def running_elsewhere(owner: User, process: str, **fields: object) -> Generation:
    """A run of another process, as its last save left it."""
    conversation = await sync_to_async(factories.conversation)(owner, "hello")
    answer = await sync_to_async(factories.answer)(conversation, conversation.leaf, "")
    await answer.generations.all().adelete()
    values = {
        "process": process,
        "heartbeat_at": now(),
        "parts": [{"kind": "text", "text": "so far", "started": 1.0}],
        "seq": 3,
    }
    return await sync_to_async(factories.generation)(answer, "", Status.RUNNING, **values | fields)


async def test_a_run_of_a_killed_process_is_interrupted_at_once(
    alice: User, engines: tuple[Engine, Engine]
) -> None:
    lock = ProcessLock()
    run = await running_elsewhere(alice, lock.name)
    await asyncio.sleep(times().sweep_every * 3)
    assert (await Generation.objects.aget(pk=run.pk)).status == Status.RUNNING
    vanish(lock)
    row = await ended_row(str(run.pk))

    assert row.status == Status.INTERRUPTED
    assert row.text() == "so far"
    assert row.parts[-1] == {"kind": "notice", "code": "interrupted"}
    assert row.seq == 5


def vanish(lock: ProcessLock) -> None:
    """What the kernel does to the lock of a killed process: the file stays, the lock is free."""
    path = liveness.folder() / lock.name
    lock.release()
    path.touch()


async def test_a_run_of_another_machine_is_interrupted_when_its_heartbeat_is_cold(
    alice: User, engines: tuple[Engine, Engine]
) -> None:
    cold = now() - timedelta(seconds=times().heartbeat_cold_after + 1)
    run = await running_elsewhere(alice, str(uuid4()), heartbeat_at=cold)
    fresh = await running_elsewhere(alice, str(uuid4()))
    assert (await ended_row(str(run.pk))).status == Status.INTERRUPTED
    assert (await Generation.objects.aget(pk=fresh.pk)).status == Status.RUNNING


async def test_a_dead_run_is_not_asked_again_and_its_reservation_is_settled(
    alice: User, engines: tuple[Engine, Engine], standin: StandIn
) -> None:
    here, _there = engines
    generation = await started(here, alice, "[[script:endless every_ms=10]] once")
    while not (await Generation.objects.aget(pk=generation)).parts:
        await asyncio.sleep(0.02)
    run = here.runner.runs[generation]
    cold = now() - timedelta(seconds=times().heartbeat_cold_after + 1)
    await Generation.objects.filter(pk=generation).aupdate(process="gone", heartbeat_at=cold)
    row = await ended_row(str(generation))
    await asyncio.wait([run.task], timeout=5)

    assert row.status == Status.INTERRUPTED
    assert len(standin.asked("once")) == 1
    assert here.runner.runs == {}, "the run that lost its row was ended"
    lines = LedgerEntry.objects.filter(subject=generation).order_by("created_at")
    kinds = [line.kind async for line in lines]
    assert kinds == ["reserve", "settle"]


async def test_the_same_command_on_two_processes_at_once_asks_once(
    alice: User, engines: tuple[Engine, Engine], standin: StandIn
) -> None:
    command = Send(uuid4(), "[[script:count n=2]] together", model="glm-4.6")
    turns = await asyncio.gather(
        *(engine.open(alice, command) for engine in engines for _ in range(5))
    )
    assert len({turn.generation for turn, _frame in turns}) == 1
    await ended_row(str(turns[0][0].generation))
    assert len(standin.asked("together")) == 1


@pytest.mark.parametrize("had_seen", [4, 5, 99], ids=["fewer", "as many", "more"])
async def test_a_reader_who_saw_what_was_never_saved_is_told_the_truth(
    alice: User, engines: tuple[Engine, Engine], had_seen: int
) -> None:
    run = await running_elsewhere(alice, "gone", heartbeat_at=now() - timedelta(hours=1))
    await ended_row(str(run.pk))
    _parts, seen, frames = await followed(engines[0], alice, run.pk, seen=had_seen)
    assert [frame["event"] for frame in frames] == ["snapshot", "ended"]
    assert seen == 5
