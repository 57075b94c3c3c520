"""One scripted stand-in for all of these tests; each finds it forgetful of the others."""

from collections.abc import Iterator

import pytest

from tests.zaichat.emulator.running import Running


@pytest.fixture(scope="session")
def shared_stand_in() -> Iterator[Running]:
    running = Running()
    yield running
    running.stop()


@pytest.fixture
def stand_in(shared_stand_in: Running) -> Running:
    shared_stand_in.control("POST", "reset")
    return shared_stand_in
