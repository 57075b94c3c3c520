"""The cast, the stand-in for the API, and sockets, for every test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.db import connections

from tests import factories
from tests.standin import StandIn
from zaichat.accounts.models import User
from zaichat.db import close_threads

if TYPE_CHECKING:
    from tests.socket_client import Socket

# Other work on the machine must not fail a test: examples are counted, never timed.
hypothesis.settings.register_profile(
    "counted",
    deadline=None,
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("counted")

TIME_SCALE = 0.1
"""Engine times in tests: a heartbeat is cold after 3 s, saves come every 100 ms."""


@pytest.fixture(autouse=True)
def fast_engine(settings: LazySettings) -> None:
    settings.ENGINE_TIME_SCALE = TIME_SCALE
    settings.TITLES = False


@pytest.fixture(scope="session")
def standin_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    running = StandIn(str(tmp_path_factory.mktemp("standin")))
    yield running
    running.stop()


@pytest.fixture
def standin(standin_process: StandIn, settings: LazySettings) -> StandIn:
    """The stand-in, forgetful of earlier tests, and the app set up to call it."""
    standin_process.reset()
    settings.ZAI_BASE_URL = standin_process.base_url
    settings.ZAI_API_KEY = "id.secret"
    settings.LOCAL_DEMO = False
    settings.ZAI_MAX_RETRIES = 0
    return standin_process


@pytest.fixture
def alice(transactional_db: None) -> User:
    return factories.person("alice")


@pytest.fixture
def mallory(transactional_db: None) -> User:
    """A stranger: signed in, and nothing is shared with her."""
    return factories.person("mallory")


@pytest.fixture
async def process(transactional_db: None) -> AsyncIterator[None]:
    """The engine of this test's loop; whatever it still runs at the end is interrupted."""
    from conversations.engine import lifecycle
    from zaichat import vendor

    lifecycle.start()
    yield
    await lifecycle.shutdown()
    await vendor.close()
    await asyncio.to_thread(close_threads)
    await sync_to_async(connections.close_all)()


OpenSocket = Callable[[User], Awaitable["Socket"]]


@pytest.fixture
async def open_socket(process: None, standin: StandIn) -> AsyncIterator[OpenSocket]:
    """Opens sockets as a browser of somebody signed in; closes them at the end."""
    from tests.socket_client import opened_socket

    opened: list[Socket] = []

    async def open_one(person: User) -> "Socket":
        opened.append(await opened_socket(person))
        return opened[-1]

    yield open_one
    for socket in opened:
        await socket.close()
