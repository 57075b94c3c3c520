"""Somebody else holds the database while twenty replies stream: nobody notices but the clock."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.contract.client import Tab
from tests.contract.conftest import OpenTab, StartRig
from tests.contract.page import articles
from tests.contract.rig import Rig
from tests.contract.words import counted, numbers, unique

STREAMS = 20
HELD_FOR = 3.0  # seconds


@pytest.fixture(scope="module")
def rig(start_rig: StartRig) -> Rig:
    return start_rig(ENGINE_TIME_SCALE="0.5", MAX_RUNNING_PER_PERSON="30")


@asynccontextmanager
async def held(database: Path) -> AsyncIterator[None]:
    """The file is locked for writing by another program."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as hostile:
        hostile.execute("BEGIN EXCLUSIVE")
        yield
        hostile.execute("ROLLBACK")


async def heard_for(tab: Tab, seconds: float) -> int:
    """How many events came in that time."""
    before = sum(turn.seen for turn in tab.turns.values())
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        await tab.hear()
    return sum(turn.seen for turn in tab.turns.values()) - before


async def test_replies_stream_on_while_the_database_is_locked(rig: Rig, open_tab: OpenTab) -> None:
    tab = await open_tab(rig)
    text, word = unique(counted(250, every_ms=20))
    opened = [await tab.send(text) for _ in range(STREAMS)]
    for frame in opened:
        await tab.until_seen(frame["generation"], 1)
    async with held(rig.folder / "db.sqlite3"):
        await tab.say(do="send", id=LATE, conversation=None, text=text, model="glm-4.6")
        streamed = await heard_for(tab, HELD_FOR)

    assert streamed > STREAMS * 50  # of about 150 each
    opened.append(await tab.answer_to(LATE))
    for frame in opened:
        turn = await tab.until_ended(frame["generation"])
        assert ((turn.ended or {})["status"], turn.text()) == ("done", numbers(250))
        page = await asyncio.to_thread(rig.get, f"/c/{frame['conversation']}/")
        assert [one.text for one in articles(page.text)][1:] == [numbers(250)]
    assert len(rig.upstream.asked(word)) == STREAMS + 1


LATE = "018f0000-0000-7000-8000-00000000001a"
