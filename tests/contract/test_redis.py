"""Two web processes with Redis between them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.conftest import OpenTab, StartRig
from tests.contract.rig import Rig
from tests.contract.words import numbers, unique
from tests.running import redis_server

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server")


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("redis")
    with redis_server(folder) as url:
        yield url


@pytest.fixture(scope="module")
def rig(redis: str, start_rig: StartRig) -> Rig:
    return start_rig(2, REDIS_URL=redis)


async def test_another_process_hears_of_a_talk_follows_it_and_stops_it(
    rig: Rig, open_tab: OpenTab
) -> None:
    text, word = unique("[[script:endless every_ms=10]]")
    writer, watcher = await open_tab(rig), await open_tab(rig, rig.elsewhere)
    opened = await writer.send(text)
    generation = opened["generation"]
    hint = await watcher.hear()
    assert (hint["event"], hint["id"]) == ("hint", opened["conversation"])
    await watcher.watch(generation)
    await watcher.until_seen(generation, 20)
    await watcher.say(do="stop", generation=generation)
    turns = [await tab.until_ended(generation) for tab in (writer, watcher)]
    assert [(turn.ended or {})["status"] for turn in turns] == ["stopped", "stopped"]
    assert turns[0].text() == turns[1].text()
    assert turns[0].text().startswith(numbers(10))
    assert len(rig.upstream.asked(word)) == 1
