"""A running reply in memory, read by watchers that join, pause and come back."""

import asyncio
from contextlib import aclosing
from typing import cast
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from conversations.engine.events import Add, Event, New, Part, Withdraw, from_wire
from conversations.engine.following import Follower
from conversations.engine.live import LiveTurn
from conversations.engine.runner import Runner
from conversations.engine.state import Parts, fold_all
from conversations.engine.times import Times
from zaichat.accounts.models import User


def live_turn() -> LiveTurn:
    return LiveTurn(uuid4(), uuid4())


async def watched(live: LiveTurn, pauses: list[int]) -> list[Event]:
    """What a watcher sees that sleeps `pauses[i]` turns of the loop before its i-th look."""
    seen: list[Event] = []
    for pause in [*pauses, *[0] * 1000]:
        for _ in range(pause):
            await asyncio.sleep(0)
        if live.closed and live.seq == len(seen):
            return seen
        await live.grown_beyond(len(seen))
        seen += live.events[len(seen) :]
    raise AssertionError("the watcher never saw the end")


@given(
    st.lists(st.lists(st.text(min_size=1, max_size=3), max_size=3), max_size=20),
    st.lists(st.lists(st.integers(0, 5), max_size=10), min_size=1, max_size=4),
)
def test_watchers_that_join_and_pause_anywhere_end_alike(
    writes: list[list[str]], watchers: list[list[int]]
) -> None:
    async def play() -> None:
        live = live_turn()
        live.extend([New({"kind": "text", "text": ""})])
        tasks = [asyncio.create_task(watched(live, pauses)) for pauses in watchers]
        for texts in writes:
            live.extend([Add(0, text) for text in texts])
            await asyncio.sleep(0)
        live.close(None)
        whole = live.picture().parts
        for seen in await asyncio.gather(*tasks):
            assert list(fold_all(seen)) == whole

    asyncio.run(play())


def test_the_picture_is_the_fold_of_the_events() -> None:
    live = live_turn()
    live.extend([New({"kind": "reasoning", "text": "a", "started": 1.0}), Add(0, "b")])
    live.extend([New({"kind": "tool", "name": "x"})])
    assert live.picture().parts == list(fold_all(live.events))
    assert live.picture().seq == 3


def test_after_a_withdrawal_no_watcher_can_read_what_was_said() -> None:
    live = live_turn()
    live.extend([New({"kind": "text", "text": "se"}), Add(0, "cret"), Withdraw()])
    assert "se" not in str(live.events)
    assert "cret" not in str(live.events)
    assert live.seq == 3
    late = [part.get("text", "") for part in fold_all(live.events)]
    assert late == [part.get("text", "") for part in live.picture().parts]


async def followed_with_breaks(live: LiveTurn, breaks: list[int]) -> tuple[list[Part], int]:
    """A reader whose line breaks after so many frames, and who comes back with its cursor."""
    parts: Parts = ()
    seen = 0
    for frames_until_break in [*breaks, None]:
        follower = Follower(
            user=cast(User, None),
            language="en",
            generation=live.generation,
            runner=cast(Runner, None),
            times=Times.scaled(0.0001),
            seen=seen,
        )
        async with aclosing(follower._from_live(live)) as frames:
            heard = 0
            async for frame in frames:
                assert frame["from"] == seen
                parts = fold_all(map(from_wire, frame["events"]), parts)
                seen, heard = frame["to"], heard + 1
                if heard == frames_until_break:
                    break
    return list(parts), seen


@given(
    st.lists(st.lists(st.text(min_size=1, max_size=3), max_size=3), max_size=20),
    st.lists(st.lists(st.integers(1, 4), max_size=5), min_size=1, max_size=3),
)
def test_readers_whose_line_breaks_anywhere_miss_and_repeat_nothing(
    writes: list[list[str]], readers: list[list[int]]
) -> None:
    async def play() -> None:
        live = live_turn()
        live.extend([New({"kind": "text", "text": ""})])
        tasks = [asyncio.create_task(followed_with_breaks(live, breaks)) for breaks in readers]
        for texts in writes:
            live.extend([Add(0, text) for text in texts])
            await asyncio.sleep(0)
        live.close(None)
        for parts, seen in await asyncio.gather(*tasks):
            assert (parts, seen) == (live.picture().parts, live.seq)

    asyncio.run(play())
