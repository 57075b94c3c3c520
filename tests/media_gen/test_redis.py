"""Where Redis carries tasks and hints between processes."""

import asyncio
import shutil
from pathlib import Path
from uuid import UUID

import pytest

from tests.contract.client import Tab
from tests.media_gen.conftest import StartHouse
from tests.media_gen.house import MediaHouse
from tests.running import redis_server, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server"),
]


def test_what_a_worker_finished_is_heard_on_the_socket_of_a_page(
    tmp_path: Path, start_house: StartHouse
) -> None:
    with redis_server(tmp_path) as url:
        house = start_house(0.3, REDIS_URL=url)
        house.start(workers=0)
        asyncio.run(hear_until_done(house))
        house.expect_made_once(1)
        logs = [house.server.log, *(worker.log for worker in house.workers)]
        assert not [log.read_text() for log in logs if "Traceback" in log.read_text()]


async def hear_until_done(house: MediaHouse) -> None:
    """Nobody else hints, and where there is Redis no web process looks at rows."""
    tab = Tab(house.server.origin, await asyncio.to_thread(house.cookie))
    await tab.open()
    await asyncio.to_thread(house.ask_for_many, 1)
    worker = house.hire()
    await asyncio.to_thread(wait_until, house.submits, f"{worker.log} asks for it")
    (job,) = house.jobs().values()
    while house.jobs()["w0"]["state"] != "done":
        frame = await tab.hear()
        said = (frame["event"], frame["what"], frame["id"])
        assert said == ("hint", "job", str(UUID(job["id"])))
    assert len(tab.frames) > 1
    await tab.close()
