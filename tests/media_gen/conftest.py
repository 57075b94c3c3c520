"""A house of its own for each test of jobs: folders, somebody signed in, and real processes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.db import connections
from django.test import Client

from tests.contract.rig import prepare
from tests.media_gen.house import MediaHouse
from tests.standin import StandIn
from zaichat.accounts.models import User
from zaichat.db import close_threads


@pytest.fixture(autouse=True)
def folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
async def threads() -> AsyncIterator[None]:
    """Connections of other threads are closed at the end."""
    yield
    await asyncio.to_thread(close_threads)
    await sync_to_async(connections.close_all)()


@pytest.fixture
def house(settings: LazySettings, threads: None) -> None:
    """Where pictures and films cost money."""
    settings.ZAI_BASE_URL = "https://api.z.ai/api/paas/v4"
    settings.LOCAL_DEMO = False


@pytest.fixture
def hers(alice: User) -> Client:
    """Alice's browser."""
    client = Client()
    client.force_login(alice)
    return client


class StartHouse(Protocol):
    def __call__(self, scale: float, **more: str) -> MediaHouse: ...


@pytest.fixture
def start_house(tmp_path: Path, standin_process: StandIn) -> Iterator[StartHouse]:
    """A prepared house of real processes whose jobs' times are scaled; none of them runs yet."""
    started: list[MediaHouse] = []

    def start(scale: float, **more: str) -> MediaHouse:
        standin_process.reset()
        folder = tmp_path / "data"
        folder.mkdir()
        started.append(MediaHouse(prepare(folder), standin_process, scale, **more))
        return started[-1]

    yield start
    for house in started:
        house.end()
