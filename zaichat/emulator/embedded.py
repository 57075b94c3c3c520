"""The local brain: a real small model in a sidecar, scripted words where there is none.

It loads in the background; chats wait for it. Should its process die it is started again, and
after three deaths the scripted brain serves. Whichever serves is said on stderr and in `reason`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress

import aiohttp

from . import prompting, sidecar
from .relay import Heard, listen
from .scripted import ScriptedBrain, known, said, steps_of
from .scripts.answers import words_of
from .sidecar import Sidecar
from .steps import Done, Failure, Finish, Say, Step, Think, Usage
from .titles import title
from .turn import Turn
from .weights import NoModel, Weights, find

DEATHS = 3
LONG_LIFE = 600.0  # seconds after which an earlier death no longer counts
AGAIN_AFTER = 1.0  # seconds between a death and the next start
NOTICED = 2.0  # seconds in which a death is seen at the latest
THOUGHT_LABEL = "Local demo thinking: "

Answer = AsyncGenerator[Step, None]


class Unheard(Exception):
    """The model was lost before the first word of an answer."""


class LocalBrain:
    """Serves as `embedded` once the model is loaded, as `scripted` when it cannot be."""

    def __init__(self, own: str | None = None, pace: float = 0.008) -> None:
        self._own = own
        self._scripted = ScriptedBrain(pace)
        self._process: Sidecar | None = None
        self._weights: Weights | None = None
        self._settled = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self.reason = "the local model is loading"

    @property
    def name(self) -> str:
        return "embedded" if self._weights else "scripted"

    @property
    def model(self) -> str:
        return self._weights.label if self._weights else self._scripted.model

    @property
    def languages(self) -> tuple[str, ...]:
        return self._weights.languages if self._weights else self._scripted.languages

    @property
    def own_model(self) -> bool:
        return bool(self._weights and self._weights.own)

    @property
    def ready(self) -> bool:
        return self._settled.is_set()

    @property
    def pid(self) -> int | None:
        """The sidecar's process, while there is one."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)

    async def settled(self) -> None:
        """Until it is known which brain serves."""
        await self._settled.wait()

    async def answer(self, turn: Turn) -> Answer:
        """Its steps; asked anew of the next life when the model died before a word of it."""
        for _ in range(DEATHS):
            await self._settled.wait()
            process = self._process
            steps = self._steps(turn, process) if process else self._scripted.answer(turn)
            try:
                async with aclosing(steps):
                    async for step in steps:
                        yield step
                return
            except Unheard:
                await self._gone(process)
        yield Failure("1234")

    async def _gone(self, process: Sidecar | None) -> None:
        """Until `process` has died and the keeper has seen it; at most NOTICED, as it may only
        be deaf."""
        with suppress(TimeoutError):
            async with asyncio.timeout(NOTICED):
                if process is not None:
                    await process.ended()
                await asyncio.sleep(0)

    async def _keep(self) -> None:
        """Load the model, and again when it dies."""
        deaths = 0
        try:
            weights = await asyncio.to_thread(find, self._own)
            while deaths < DEATHS:
                started = time.monotonic()
                await self._run(weights)
                deaths = deaths + 1 if time.monotonic() - started < LONG_LIFE else 1
                await asyncio.sleep(AGAIN_AFTER)
            self._settle(None, f"the local model ended {DEATHS} times in a row")
        except NoModel as error:
            self._settle(None, str(error))
        except (OSError, ValueError) as error:
            self._settle(None, f"the local model cannot be started: {error}")

    async def _run(self, weights: Weights) -> None:
        """One life of the sidecar, which ends with this task at the latest."""
        process = await sidecar.start(weights)
        try:
            await process.loaded()
            self._process = process
            named = "EMBEDDED_GGUF names it" if weights.own else "its file is verified and loaded"
            self._settle(weights, named)
            await process.ended()
        finally:
            self._process = None
            self._settled.clear()
            self.reason = "the local model ended and is being started again"
            await process.stop()

    def _settle(self, weights: Weights | None, reason: str) -> None:
        self._weights, self.reason = weights, reason
        print(f"stand-in: the {self.name} brain serves ({self.model}): {reason}", file=sys.stderr)
        self._settled.set()

    async def _steps(self, turn: Turn, process: Sidecar) -> Answer:
        if told := await known(turn, reads=process.weights.own):
            for step in steps_of(turn, self._scripted.pace, told):
                yield step
            return
        async with aclosing(self._answer(turn, process)) as steps:
            async for step in steps:
                yield step

    def _answer(self, turn: Turn, process: Sidecar) -> Answer:
        words = prompting.fixed_words(turn, process.weights)
        if turn.wants_title and not process.weights.own:
            words = title(turn)
        return fixed(turn, words, self._scripted.pace) if words else asked(turn, process)


async def fixed(turn: Turn, words: str, pace: float) -> Answer:
    for step in said(turn, pace, [], words_of(words)):
        yield step


async def asked(turn: Turn, process: Sidecar) -> Answer:
    """Thoughts when wanted, then the answer; real counts at the end. Raises Unheard."""
    thoughts, answer = Heard(), Heard()
    try:
        if turn.thinks:
            async with aclosing(thinking(turn, process, thoughts)) as steps:
                async for step in steps:
                    yield step
        body = prompting.answer_body(turn, process.weights, thoughts.completion)
        if body["max_tokens"] < 1:
            answer.reason = "length"  # thinking took all there was
        else:
            async with aclosing(listen(process, body, answer)) as pieces:
                async for piece in pieces:
                    yield Say(piece)
    except aiohttp.ClientError as error:
        if not (thoughts.begun or answer.begun):
            raise Unheard from error  # once a word was said, what was said stands
    for step in counted(thoughts, answer):
        yield step


async def thinking(turn: Turn, process: Sidecar, heard: Heard) -> Answer:
    """The first pass, labelled as what it is."""
    opening = THOUGHT_LABEL + ("" if process.weights.own else prompting.FIRST_THOUGHT)
    body = prompting.thoughts_body(turn, process.weights)
    async with aclosing(listen(process, body, heard)) as pieces:
        async for piece in pieces:
            yield Think(opening + piece)
            opening = ""


def counted(thoughts: Heard, answer: Heard) -> Iterator[Step]:
    spent = thoughts.completion + answer.completion
    yield Usage(answer.prompt or thoughts.prompt, spent, thoughts.completion)
    yield Finish(answer.reason)
    yield Done()
