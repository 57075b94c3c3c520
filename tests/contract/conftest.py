"""Rigs of real processes, and tabs that are closed at the end of each test."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.contract.client import Tab
from tests.contract.rig import Rig, prepare
from tests.standin import StandIn

StartRig = Callable[..., Rig]
OpenTab = Callable[..., Awaitable[Tab]]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def start_rig(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, standin_process: StandIn
) -> Iterator[StartRig]:
    """Starts rigs for a module's tests: `start_rig(processes, NAME="value")`."""
    started: list[Rig] = []

    def start(processes: int = 1, **environment: str) -> Rig:
        folder = tmp_path_factory.mktemp("rig")
        started.append(Rig(prepared, folder, standin_process, processes, **environment))
        started[-1].start()
        return started[-1]

    yield start
    try:
        for rig in started:
            rig.stop()
    finally:
        for server in itertools.chain.from_iterable(rig.servers for rig in started):
            server.kill_if_running()
        for rig in started:
            rig.upstream.close()


@pytest.fixture
async def open_tab() -> AsyncIterator[OpenTab]:
    """Opens tabs of somebody who is signed in: `await open_tab(rig, origin, person)`.

    At the end they stop whatever they follow, so that no test takes another one's room.
    """
    opened: list[Tab] = []

    async def open_one(rig: Rig, origin: str = "", person: str = "ada") -> Tab:
        tab = Tab(origin or rig.origin, rig.cookie(person))
        opened.append(tab)
        await tab.open()
        return tab

    yield open_one
    for tab in opened:
        await tab.leave()


@pytest.fixture(autouse=True)
def fast_engine() -> None:
    """Engine times are the environment of the processes here, not settings of this one."""
