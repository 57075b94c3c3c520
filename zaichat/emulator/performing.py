"""Performs the steps of an answer: as an event stream, or folded into one reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any

from aiohttp import web

from .errors import ApiError, envelope
from .frames import DONE, ChunkFrames, compact, event
from .steps import (
    Calls,
    Chunk,
    Cut,
    Done,
    Failure,
    Finish,
    Hang,
    Headers,
    Paced,
    Raw,
    Reply,
    Say,
    Step,
    Steps,
    Think,
    Usage,
    Wait,
)
from .stream import EventStream, Pump
from .turn import Turn

JSON = "application/json; charset=UTF-8"


async def each(steps: Steps) -> AsyncGenerator[Step, None]:
    """The steps one by one, whichever way they are made; closes their maker."""
    if isinstance(steps, AsyncGenerator):
        async with aclosing(steps) as source:
            async for step in source:
                yield step
    else:
        for step in steps:
            yield step


class Counter:
    """What the answer used, counted by deltas unless the brain knows better."""

    def __init__(self, turn: Turn) -> None:
        self.prompt = turn.prompt_tokens
        self.said = 0
        self.thought = 0
        self.known: Usage | None = None

    def usage(self) -> dict[str, Any]:
        known = self.known or Usage(self.prompt, self.said + self.thought, self.thought)
        return {
            "prompt_tokens": known.prompt,
            "completion_tokens": known.completion,
            "total_tokens": known.prompt + known.completion,
            "prompt_tokens_details": {"cached_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": known.reasoning},
        }


class Broken(Exception):
    """The connection was cut on purpose; there is nothing left to answer."""


class StreamedAnswer:
    """Sends the steps of one answer as they come."""

    def __init__(self, turn: Turn, request: web.Request, headers: dict[str, str]) -> None:
        self._turn = turn
        self._headers = headers
        self._frames = ChunkFrames(turn.id, turn.created, turn.model)
        self._counter = Counter(turn)
        self.stream = EventStream(request, headers)

    async def perform(self, steps: Steps) -> web.StreamResponse:
        """The response, sent to its end. Raises ApiError only before its first byte."""
        try:
            async with aclosing(each(steps)) as source:
                async for step in source:
                    if isinstance(step, Reply) and self.stream.response is None:
                        return reply_of(step, self._headers)
                    await self._send(step)
        except ApiError as error:
            if self.stream.response is None:
                raise
            self.stream.put(event(envelope(error.code, self._turn.language, error.detail)))
        return await self.stream.open()

    async def _send(self, step: Step) -> None:
        match step:
            case Wait(seconds):
                await asyncio.sleep(seconds)
            case Hang():
                await asyncio.Event().wait()
            case Usage():
                self._counter.known = step
            case Cut(reset):
                self.stream.cut(reset=reset)
                raise Broken
            case Failure(code) if self.stream.response is None:
                raise ApiError(code)
            case Headers(content_type, crumbs):
                self.stream.crumbs = crumbs
                await self.stream.open(content_type)
            case Paced(every, deltas):
                await self._send_paced(every, (self._delta(delta) for delta in deltas))
            case _:
                await self.stream.open()
                self.stream.put(self._bytes(step))
                await self.stream.wait_for_reader()

    async def _send_paced(self, every: float, frames: Iterator[bytes]) -> None:
        await self.stream.open()
        if every > 0:
            await Pump(self.stream, frames, every).run()
        else:
            await self.stream.put_all(frames)

    def _bytes(self, step: Step) -> bytes:
        match step:
            case Say() | Think():
                return self._delta(step)
            case Calls(fragments):
                self._counter.said += 1
                return self._frames.calls(fragments)
            case Finish(reason, extra):
                return self._frames.last(reason, self._counter.usage(), extra)
            case Chunk(keys):
                return self._frames.chunk(keys)
        return self._plain(step)

    def _plain(self, step: Step) -> bytes:
        match step:
            case Done():
                return DONE
            case Raw(data):
                return data
            case Failure(code):
                return event(envelope(code, self._turn.language))
        raise TypeError(f"{step!r} cannot stand inside a stream")

    def _delta(self, step: Say | Think) -> bytes:
        if type(step) is Say:
            self._counter.said += 1
            return self._frames.content(step.text)
        self._counter.thought += 1
        return self._frames.reasoning(step.text)


def reply_of(step: Reply, headers: dict[str, str]) -> web.Response:
    return web.Response(status=step.status, body=step.body, headers={**headers, **step.headers})


def json_response(
    value: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    body = value if isinstance(value, bytes) else compact(value).encode(errors="replace")
    return web.Response(status=status, body=body, headers={**(headers or {}), "Content-Type": JSON})
