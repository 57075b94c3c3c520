"""The web process dies or is told to end, in the middle of replies."""

import asyncio
import random
import time

import pytest

from tests.contract.client import Tab
from tests.contract.conftest import OpenTab, StartRig
from tests.contract.page import articles
from tests.contract.rig import Rig
from tests.contract.words import counted, numbers, unique

SCALE = 0.2
INTERRUPTED_WITHIN = 60 * SCALE
LOST_AT_MOST = 1.5
"""Seconds of text that a killed process may cost; five times what the scaled interval allows."""
SERVICE_RESTART = 1012
LENGTH = 300

# Two replies are under way at each kill, at these events.
POINTS = list(zip(*[iter(random.Random(26).sample(range(5, LENGTH - 20), 8))] * 2, strict=True))


class Reply:
    """A question whose answer is counted while it comes."""

    def __init__(self, opened: dict[str, str], word: str) -> None:
        self.conversation, self.message = opened["conversation"], opened["message"]
        self.generation, self.word = opened["generation"], word
        self.history: list[tuple[float, str]] = []

    def note(self, tab: Tab) -> None:
        self.history.append((time.monotonic(), tab.turns[self.generation].text()))

    def said_before(self, moment: float) -> str:
        """What was on the screen at that time."""
        return next((text for at, text in reversed(self.history) if at <= moment), "")


async def ask(tab: Tab, text: str) -> Reply:
    said, word = unique(text)
    return Reply(await tab.send(said), word)


@pytest.fixture(scope="module")
def rig(start_rig: StartRig) -> Rig:
    return start_rig(ENGINE_TIME_SCALE=str(SCALE), MAX_RUNNING_PER_PERSON="30")


@pytest.mark.parametrize("points", POINTS, ids=lambda points: "-".join(map(str, points)))
async def test_a_killed_process_keeps_what_it_saved_and_asks_nothing_again(
    rig: Rig, open_tab: OpenTab, points: tuple[int, int]
) -> None:
    tab = await open_tab(rig)
    replies, killed_at = await killed_at_points(rig, tab, points)
    started = time.monotonic()
    await asyncio.to_thread(start_again, rig)
    await tab.reconnect()
    for reply in replies:
        turn = await tab.until_ended(reply.generation)
        assert time.monotonic() - started < INTERRUPTED_WITHIN
        assert (turn.ended or {})["status"] == "interrupted"
        assert turn.notices == ["interrupted"]
        assert numbers(LENGTH).startswith(turn.text())
        assert turn.text().startswith(reply.said_before(killed_at - LOST_AT_MOST))
        await page_says_the_same(rig, reply, turn.text())
        assert len(rig.upstream.asked(reply.word)) == 1
        await goes_on(rig, tab, reply, turn.text())


async def killed_at_points(
    rig: Rig, tab: Tab, points: tuple[int, int]
) -> tuple[list[Reply], float]:
    """Two replies, killed when the longer one has seen the later point, and when that was."""
    first, last = sorted(points)
    longer = await ask(tab, counted(LENGTH))
    await read_on(tab, [longer], longer.generation, last - first)
    shorter = await ask(tab, counted(LENGTH))
    await read_on(tab, [longer, shorter], longer.generation, last)
    killed_at = time.monotonic()
    rig.servers[0].kill()
    await tab.until_closed()
    return [longer, shorter], killed_at


async def read_on(tab: Tab, replies: list[Reply], generation: str, events: int) -> None:
    while tab.turns[generation].seen < events:
        await tab.hear()
        for reply in replies:
            reply.note(tab)


def start_again(rig: Rig) -> None:
    rig.servers[0].start()
    rig.servers[0].wait_until_ready()


async def page_says_the_same(rig: Rig, reply: Reply, text: str) -> None:
    page = await asyncio.to_thread(rig.get, f"/c/{reply.conversation}/")
    question, answer = articles(page.text)
    assert question.role == "user"
    assert (answer.status, answer.text) == ("interrupted", text)


async def goes_on(rig: Rig, tab: Tab, reply: Reply, before: str) -> None:
    """Continue adds a second part to the same message, and asks once more; where nothing was
    saved yet, it asks the question itself."""
    rig.upstream.next("say text='and so on.'", "Continue exactly" if before else reply.word)
    command = f"018f0000-0000-7000-8000-{reply.generation[-12:]}"
    await tab.say(do="continue", id=command, message=reply.message)
    opened = await tab.answer_to(command)
    assert (opened["event"], opened["message"]) == ("opened", reply.message)
    turn = await tab.until_ended(opened["generation"])
    assert ((turn.ended or {})["status"], turn.text()) == ("done", "and so on.")
    page = await asyncio.to_thread(rig.get, f"/c/{reply.conversation}/")
    answer = articles(page.text)[-1]
    assert (answer.status, answer.text) == ("done", before + "and so on.")
    assert len(rig.upstream.asked(reply.word)) == 2


async def test_a_process_that_is_told_to_end_saves_says_so_and_goes(
    start_rig: StartRig, open_tab: OpenTab
) -> None:
    """At full length of every time limit: what an orderly end promises is in seconds."""
    rig = start_rig(ENGINE_TIME_SCALE="1", MAX_RUNNING_PER_PERSON="30")
    tab, idle = await open_tab(rig), await open_tab(rig)
    replies = [await ask(tab, "[[script:endless every_ms=20]]") for _ in range(10)]
    for reply in replies:
        await tab.until_seen(reply.generation, 5)
    rig.servers[0].terminate()
    assert await tab.until_closed() == SERVICE_RESTART
    assert await idle.until_closed() == SERVICE_RESTART
    assert await asyncio.to_thread(rig.servers[0].wait_until_gone) == 0
    assert {rig.upstream.asked(reply.word)[0]["ended"] for reply in replies} == {"client_closed"}

    seen = {reply.generation: tab.turns[reply.generation].text() for reply in replies}
    await asyncio.to_thread(start_again, rig)
    for turn in tab.turns.values():
        turn.ended = None
    await tab.reconnect()
    for reply in replies:
        turn = await tab.until_ended(reply.generation)
        assert (turn.ended or {})["status"] == "interrupted"
        assert turn.text().startswith(seen[reply.generation])
        await page_says_the_same(rig, reply, turn.text())
        assert len(rig.upstream.asked(reply.word)) == 1
