"""The local brain in the moment between the death of its model and the next one's start."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.zaichat.emulator.running import question
from zaichat.emulator import embedded
from zaichat.emulator.embedded import LocalBrain
from zaichat.emulator.steps import Failure, Finish, Say
from zaichat.emulator.turn import Turn
from zaichat.emulator.weights import Weights

WEIGHTS = Weights(Path("own.gguf"), "own", (), own=True)


def brain_with(process: object) -> LocalBrain:
    brain = LocalBrain()
    brain._process = process
    brain._settle(WEIGHTS, "a test")
    return brain


class Process:
    weights = WEIGHTS

    async def ended(self) -> None:
        await asyncio.sleep(0)


async def said_by(brain: LocalBrain) -> list[object]:
    turn = Turn.of({**question("Say hello.", model="local-demo"), "max_tokens": 10}, thinks=False)
    async with asyncio.timeout(5):
        return [step async for step in brain.answer(turn)]


async def test_a_question_that_meets_the_dead_model_is_answered_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dead, alive = Process(), Process()
    brain = brain_with(dead)

    async def listen(process: object, *_: object) -> AsyncIterator[str]:
        if process is dead:
            asyncio.get_running_loop().call_soon(setattr, brain, "_process", alive)
            raise aiohttp.ClientConnectionError
        yield "hello"

    monkeypatch.setattr(embedded, "listen", listen)
    steps = await said_by(brain)
    assert [step.text for step in steps if isinstance(step, Say)] == ["hello"]
    assert any(isinstance(step, Finish) for step in steps)


async def test_a_model_that_stays_deaf_is_a_network_error_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def deaf(*_: object) -> AsyncIterator[str]:
        raise aiohttp.ClientConnectionError
        yield ""

    monkeypatch.setattr(embedded, "listen", deaf)
    assert await said_by(brain_with(Process())) == [Failure("1234")]
