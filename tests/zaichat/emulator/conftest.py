"""One scripted stand-in for all of these tests; each finds it forgetful of the others."""

from collections.abc import Iterator

import pytest

from tests.zaichat.emulator.running import Running
from tests.zaichat.emulator.sdk import Clients


@pytest.fixture(scope="session")
def shared_stand_in() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def stand_in(shared_stand_in: Running) -> Running:
    shared_stand_in.control("POST", "reset")
    return shared_stand_in


@pytest.fixture
def sdk(stand_in: Running) -> Iterator[Clients]:
    """Makes clients of the official SDK."""
    clients = Clients(stand_in)
    yield clients
    clients.close()
