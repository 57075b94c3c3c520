"""The stand-in as a process: how it starts and ends, and that it carries many streams."""

import asyncio
import signal
import subprocess
import sys
import time

import aiohttp
import pytest

from tests.zaichat.emulator.running import ROOT, Running, question

STREAMS, TOKENS = 200, 20


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_five_seconds_whatever_is_open(number: signal.Signals) -> None:
    running = Running()
    wires = [running.wire("silent"), running.wire("stall after=1"), running.wire("endless")]
    wires[1].until(b'"1 "')
    started = time.monotonic()
    running.process.send_signal(number)
    assert running.process.wait(timeout=5) == 0
    assert time.monotonic() - started < 5
    for wire in wires:
        wire.close()
    assert "Traceback" not in running.stop()


def test_it_says_one_line_when_it_is_ready() -> None:
    with Running() as running:
        assert running.origin.startswith("http://127.0.0.1:")
        assert running.http.get("/__status").status_code == 200
        running.process.terminate()
        running.process.wait(timeout=5)
        assert running.process.stdout is not None
        assert running.process.stdout.read() == ""


def test_it_imports_nothing_of_the_project() -> None:
    code = (
        "import sys, zaichat.emulator.__main__ as main\n"
        "ours = ('zaichat', 'conversations', 'media_gen', 'django')\n"
        "print([name for name in sys.modules if name.split('.')[0] in ours"
        " and name != 'zaichat' and not name.startswith('zaichat.emulator')])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


async def whole(session: aiohttp.ClientSession, running: Running) -> list[str]:
    body = question("go", model=f"mock-token?n={TOKENS}&every_ms=10", stream=True)
    url = f"{running.base_url}/chat/completions"
    async with session.post(url, json=body, headers={"Authorization": "a.b"}) as response:
        text = await response.text()
    assert text.endswith("data: [DONE]\n\n")
    return [line.split('"content":"')[1][:9] for line in text.splitlines() if '"tok' in line]


async def test_two_hundred_streams_at_once_are_whole_and_in_order(stand_in: Running) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        answers = await asyncio.gather(*(whole(session, stand_in) for _ in range(STREAMS)))
    expected = [f"tok{number:06d}" for number in range(1, TOKENS + 1)]
    assert all(answer == expected for answer in answers)
    assert stand_in.open() == 0
