"""The local brain: a real small model in a sidecar, scripted words where there is none.

It loads in the background; chats wait for it. Should its process die it is started again, and
after three deaths the scripted brain serves. Whichever serves is said on stderr and in `reason`.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

import aiohttp

from . import prompting
from .pictures import honest_words
from .prompting import Body
from .relay import Heard, listen
from .scripted import ScriptedBrain, said
from .scripts.answers import words_of
from .sidecar import Sidecar
from .steps import Done, Finish, Say, Step, Think, Usage
from .titles import title
from .turn import Turn
from .weights import NoModel, Weights, find

DEATHS = 3
LONG_LIFE = 600.0          # seconds after which an earlier death no longer counts
AGAIN_AFTER = 1.0          # seconds between a death and the next start
THOUGHT_LABEL = "Local demo thinking: "


class LocalBrain:
    """Serves as `embedded` once the model is loaded, as `scripted` when it cannot be."""

    def __init__(self, own: str | None = None, pace: float = 0.008) -> None:
        self._own = own
        self._scripted = ScriptedBrain(pace)
        self._sidecar: Sidecar | None = None
        self._settled = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self.weights: Weights | None = None
        self.reason = "the local model is loading"

    @property
    def name(self) -> str:
        return "embedded" if self.weights else "scripted"

    @property
    def model(self) -> str:
        return self.weights.label if self.weights else self._scripted.model

    @property
    def languages(self) -> tuple[str, ...]:
        return self.weights.languages if self.weights else self._scripted.languages

    @property
    def own_model(self) -> bool:
        return bool(self.weights and self.weights.own)

    @property
    def ready(self) -> bool:
        return self._settled.is_set()

    @property
    def sidecar(self) -> Sidecar | None:
        return self._sidecar

    async def start(self) -> None:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
        self._session = aiohttp.ClientSession(
            timeout=timeout, connector=aiohttp.TCPConnector(force_close=True)
        )
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
        if self._sidecar is not None:
            await self._sidecar.stop()
        if self._session is not None:
            await self._session.close()

    async def settled(self) -> None:
        """Until it is known which brain serves."""
        await self._settled.wait()

    async def answer(self, turn: Turn) -> AsyncGenerator[Step, None]:
        await self._settled.wait()
        source = self._answer(turn) if self.weights else self._scripted.answer(turn)
        async with aclosing(source) as steps:
            async for step in steps:
                yield step

    async def _keep(self) -> None:
        """Load the model, and again when it dies."""
        try:
            weights = await asyncio.to_thread(find, self._own)
            deaths = 0
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
        self._sidecar = Sidecar(weights)
        await self._sidecar.start()
        self._settle(weights, "EMBEDDED_GGUF names it" if weights.own else "its file is verified and loaded")
        await self._sidecar.gone.wait()
        self._settled.clear()
        self.reason = "the local model ended and is being started again"

    def _settle(self, weights: Weights | None, reason: str) -> None:
        self.weights, self.reason = weights, reason
        print(f"stand-in: the {self.name} brain serves ({self.model}): {reason}", file=sys.stderr)
        self._settled.set()

    def _answer(self, turn: Turn) -> AsyncGenerator[Step, None]:
        assert self.weights is not None
        words = honest_words(turn) or prompting.fixed_words(turn, self.weights)
        if turn.wants_title and not self.weights.own:
            words = title(turn)
        return self._fixed(turn, words) if words else self._asked(turn, self.weights)

    async def _fixed(self, turn: Turn, words: str) -> AsyncGenerator[Step, None]:
        for step in said(turn, self._scripted.pace, [], words_of(words)):
            yield step

    async def _asked(self, turn: Turn, weights: Weights) -> AsyncGenerator[Step, None]:
        """Thoughts when wanted, then the answer; real counts at the end."""
        thoughts, answer = Heard(), Heard()
        try:
            if turn.thinks:
                yield Think(THOUGHT_LABEL if weights.own else THOUGHT_LABEL + prompting.FIRST_THOUGHT)
                async with self._pass(prompting.thoughts_body(turn, weights), thoughts) as pieces:
                    async for text in pieces:
                        yield Think(text)
            body = prompting.answer_body(turn, weights, thoughts.completion)
            if body["max_tokens"] < 1:
                answer.reason = "length"
            else:
                async with self._pass(body, answer) as pieces:
                    async for text in pieces:
                        yield Say(text)
        except aiohttp.ClientError:
            answer.reason = "network_error"   # the sidecar died; what was said stands
        for step in counted(thoughts, answer):
            yield step

    def _pass(self, body: Body, heard: Heard) -> aclosing[AsyncGenerator[str, None]]:
        assert self._session is not None
        assert self._sidecar is not None
        return aclosing(listen(self._session, self._sidecar, body, heard))


def counted(thoughts: Heard, answer: Heard) -> Iterator[Step]:
    spent = thoughts.completion + answer.completion
    yield Usage(answer.prompt or thoughts.prompt, spent, thoughts.completion)
    yield Finish(answer.reason)
    yield Done()
