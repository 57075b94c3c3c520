"""Tabs come and go, reload, lose their connection; the answer is not theirs to lose."""

import asyncio
import random
import time
from uuid import uuid4

import pytest

from tests.contract.client import Part, Tab, Turn
from tests.contract.conftest import OpenTab, StartRig
from tests.contract.page import Article, articles
from tests.contract.rig import Rig
from tests.contract.words import counted, numbers, unique

SETTLED_WITHIN = 20.0


@pytest.fixture(scope="module")
def rig(start_rig: StartRig) -> Rig:
    return start_rig(2)


async def settled(rig: Rig, conversation: str) -> list[Article]:
    """The page of a conversation once nothing streams in it; no socket takes part."""
    give_up = time.monotonic() + SETTLED_WITHIN
    while True:
        page = await asyncio.to_thread(rig.get, f"/c/{conversation}/")
        shown = articles(page.text)
        if all(article.status != "streaming" for article in shown):
            return shown
        assert time.monotonic() < give_up, shown
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("deltas", [0, 5])
async def test_the_whole_answer_is_stored_although_the_tab_is_closed(
    rig: Rig, open_tab: OpenTab, deltas: int
) -> None:
    text, word = unique(counted(200, every_ms=5))
    tab = await open_tab(rig)
    opened = await tab.send(text)
    await tab.until_seen(opened["generation"], deltas)
    await tab.vanish()

    question, answer = await settled(rig, opened["conversation"])
    assert (answer.status, answer.text) == ("done", numbers(200))
    assert question.message == opened["user_message"]
    assert len(rig.upstream.asked(word)) == 1


async def test_reloading_ten_times_shows_no_gap_and_no_repeat(rig: Rig, open_tab: OpenTab) -> None:
    text, word = unique(counted(300))
    tab = await open_tab(rig)
    opened = await tab.send(text)
    generation, path = opened["generation"], f"/c/{opened['conversation']}/"
    for point in sorted(random.Random(22).sample(range(5, 280), 10)):
        await tab.until_seen(generation, point)
        await tab.close()
        tab = await reloaded(rig, open_tab, path)
        assert numbers(300).startswith(tab.turns[generation].text())

    turn = await tab.until_ended(generation)
    assert turn.text() == numbers(300)
    assert (await settled(rig, opened["conversation"]))[-1].text == numbers(300)
    assert len(rig.upstream.asked(word)) == 1


async def reloaded(rig: Rig, open_tab: OpenTab, path: str) -> Tab:
    """A tab that knows what the page says, and follows from there."""
    page = await asyncio.to_thread(rig.get, path)
    [article] = [one for one in articles(page.text) if one.role == "assistant"]
    parts: list[Part] = [{"kind": "text", "text": text} for text in article.texts]
    tab = await open_tab(rig)
    tab.turns[article.generation] = Turn(parts=parts, seen=article.seq)
    await tab.watch(article.generation)
    return tab


async def test_a_connection_that_breaks_twenty_times_repeats_nothing(
    rig: Rig, open_tab: OpenTab
) -> None:
    """Each time the tab comes back to the other process."""
    text, word = unique(counted(400, every_ms=8))
    tab = await open_tab(rig)
    opened = await tab.send(text)
    generation = opened["generation"]
    for number, point in enumerate(sorted(random.Random(23).sample(range(1, 380), 20))):
        await tab.until_seen(generation, point)
        await tab.vanish()
        await tab.reconnect(rig.elsewhere if number % 2 == 0 else rig.origin)

    turn = await tab.until_ended(generation)
    assert (turn.ended or {})["status"] == "done"
    assert turn.text() == numbers(400)
    shown = await settled(rig, opened["conversation"])
    assert [article.role for article in shown] == ["user", "assistant"]
    assert shown[-1].text == numbers(400)
    assert len(rig.upstream.asked(word)) == 1


async def test_a_send_whose_connection_breaks_at_once_is_sent_again_and_asked_once(
    rig: Rig, open_tab: OpenTab
) -> None:
    text, word = unique(counted(20))
    tab = await open_tab(rig)
    command = {"do": "send", "conversation": None, "text": text, "model": "glm-4.6"}
    command["id"] = str(uuid4())
    await tab.say(**command)
    await tab.vanish()
    for origin in (rig.elsewhere, rig.origin):
        await tab.reconnect(origin)
        await tab.vanish()
    await tab.reconnect(rig.elsewhere)

    opened = await tab.answer_to(command["id"])
    turn = await tab.until_ended(opened["generation"])
    assert turn.text() == numbers(20)
    assert len(await settled(rig, opened["conversation"])) == 2
    assert len(rig.upstream.asked(word)) == 1


async def test_the_same_command_five_times_at_once_on_two_processes_asks_once(
    rig: Rig, open_tab: OpenTab
) -> None:
    text, word = unique(counted(30))
    origins = [rig.origin, rig.elsewhere, rig.origin, rig.elsewhere, rig.origin]
    tabs = [await open_tab(rig, origin) for origin in origins]
    command_id = str(uuid4())
    opened = await asyncio.gather(*(tab.send(text, id=command_id) for tab in tabs))

    ids = ("conversation", "user_message", "message", "generation")
    assert len({tuple(frame[name] for name in ids) for frame in opened}) == 1
    turns = [await tab.until_ended(opened[0]["generation"]) for tab in tabs]
    assert {turn.text() for turn in turns} == {numbers(30)}
    shown = await settled(rig, opened[0]["conversation"])
    assert [article.role for article in shown] == ["user", "assistant"]
    assert len(rig.upstream.asked(word)) == 1


async def test_a_lost_end_is_told_again_by_either_process(rig: Rig, open_tab: OpenTab) -> None:
    text, _word = unique(counted(10))
    tab = await open_tab(rig)
    tab.lose["ended"] = 1
    opened = await tab.send(text)
    while tab.lose["ended"]:
        await tab.hear()
    assert tab.turns[opened["generation"]].ended is None
    for origin in (rig.origin, rig.elsewhere):
        await tab.vanish()
        tab.turns[opened["generation"]].ended = None
        await tab.reconnect(origin)
        turn = await tab.until_ended(opened["generation"])
        assert (turn.ended or {})["status"] == "done"
        assert turn.text() == numbers(10)


async def test_another_process_shows_a_reply_while_it_is_being_written(
    rig: Rig, open_tab: OpenTab
) -> None:
    text, _word = unique("[[script:endless every_ms=10]]")
    writer, watcher = await open_tab(rig), await open_tab(rig, rig.elsewhere)
    opened = await writer.send(text)
    generation = opened["generation"]
    await watcher.watch(generation)
    await writer.until_seen(generation, 50)
    turn = await watcher.until_seen(generation, 50)
    assert turn.text().startswith(numbers(50)[: len(turn.text())])
    assert turn.ended is None
    await writer.leave()
    assert (await watcher.until_ended(generation)).text() == writer.turns[generation].text()
