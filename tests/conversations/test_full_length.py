"""Two of the engine's times, at full length: the tests before scaled them all by one factor."""

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.utils.timezone import now

from conversations import relay
from conversations.engine.times import Times
from conversations.models import Generation, Status
from tests.conftest import OpenSocket
from tests.conversations.test_processes import running_elsewhere
from zaichat.accounts.models import User

pytestmark = pytest.mark.soak


@pytest.fixture
def full_length(fast_engine: None, settings: LazySettings) -> None:
    settings.ENGINE_TIME_SCALE = 1.0


@pytest.fixture
async def beating(full_length: None, alice: User, process: None) -> Generation:
    """A run of another machine that has just shown that it lives."""
    return await running_elsewhere(alice, str(uuid4()))


async def test_a_silent_machine_is_waited_for_half_a_minute(beating: Generation) -> None:
    cold_after = Times().heartbeat_cold_after
    async with asyncio.timeout(cold_after + 15):
        while (row := await Generation.objects.aget(pk=beating.pk)).status == Status.RUNNING:
            await asyncio.sleep(0.2)
    assert row.status == Status.INTERRUPTED
    assert now() - beating.heartbeat_at >= timedelta(seconds=cold_after)


async def test_a_reader_who_acknowledges_nothing_is_given_half_a_minute(
    full_length: None, alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "WINDOW", 2_000)
    tab = await open_socket(alice)
    started = time.monotonic()
    await tab.send("[[script:endless every_ms=5]]")
    async with asyncio.timeout(60):
        while (output := await tab.wire.receive_output(45))["type"] != "websocket.close":
            pass
    assert output["code"] == 4409
    assert time.monotonic() - started >= Times().ack_progress_within
