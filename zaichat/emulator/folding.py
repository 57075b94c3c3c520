"""Folds the steps of an answer into one complete reply (API: chat completions, response)."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

from aiohttp import web

from .errors import ApiError
from .performing import Broken, Counter, each, json_response, reply_of
from .steps import (
    Calls,
    Cut,
    Failure,
    Finish,
    Hang,
    Paced,
    Reply,
    Say,
    Step,
    Steps,
    Think,
    Usage,
    Wait,
)
from .stream import EventStream
from .turn import Turn


class Folded:
    """The reply as far as its steps have been read."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.counter = Counter(turn)
        self.content: list[str] = []
        self.reasoning: list[str] = []
        self.calls: dict[int, dict[str, Any]] = {}
        self.reason = "stop"
        self.extra: dict[str, Any] = {}

    async def read(self, step: Step) -> None:
        match step:
            case Say() | Think():
                self._add(step)
            case Paced(every, deltas):
                for delta in deltas:
                    await asyncio.sleep(every)
                    self._add(delta)
            case Calls(fragments):
                self._join(fragments)
            case Usage():
                self.counter.known = step
            case Finish(reason, extra):
                self.reason, self.extra = reason, extra
            case Failure(code):
                raise ApiError(code)
            case _:
                await pause(step)

    def completion(self) -> dict[str, Any]:
        turn = self.turn
        choice = {"finish_reason": self.reason, "index": 0, "message": self._message()}
        return {
            "choices": [choice],
            "created": turn.created,
            "id": turn.id,
            "model": turn.model,
            "object": "chat.completion",
            "request_id": turn.request_id,
            "usage": self.counter.usage(),
            **self.extra,
        }

    def _add(self, delta: Say | Think) -> None:
        if isinstance(delta, Say):
            self.counter.said += 1
            self.content.append(delta.text)
        else:
            self.counter.thought += 1
            self.reasoning.append(delta.text)

    def _join(self, fragments: list[dict[str, Any]]) -> None:
        for fragment in fragments:
            call = self.calls.setdefault(
                fragment["index"],
                {
                    "function": {"arguments": "", "name": ""},
                    "id": "",
                    "index": fragment["index"],
                    "type": "function",
                },
            )
            call["id"] = fragment.get("id") or call["id"]
            function = fragment.get("function") or {}
            call["function"]["name"] = function.get("name") or call["function"]["name"]
            call["function"]["arguments"] += function.get("arguments") or ""

    def _message(self) -> dict[str, Any]:
        message: dict[str, Any] = {"content": "".join(self.content)}
        if self.reasoning:
            message["reasoning_content"] = "".join(self.reasoning)
        message["role"] = "assistant"
        if self.calls:
            message["tool_calls"] = [self.calls[index] for index in sorted(self.calls)]
        return message


async def pause(step: Step) -> None:
    """The silences of an answer; every other step means nothing to a complete reply."""
    if isinstance(step, Wait):
        await asyncio.sleep(step.seconds)
    elif isinstance(step, Hang):
        await asyncio.Event().wait()


async def complete(
    turn: Turn, steps: Steps, request: web.Request, headers: dict[str, str]
) -> web.Response:
    """The whole reply at once. What would break a stream breaks the connection before it."""
    folded = Folded(turn)
    async with aclosing(each(steps)) as source:
        async for step in source:
            if isinstance(step, Reply):
                return reply_of(step, headers)
            if isinstance(step, Cut):
                EventStream(request, headers).cut(reset=step.reset)
                raise Broken
            await folded.read(step)
    return json_response(folded.completion(), headers=headers)


async def fold(turn: Turn, steps: Steps) -> dict[str, Any]:
    """The whole reply as JSON, for answers nobody waits for on a connection."""
    folded = Folded(turn)
    async with aclosing(each(steps)) as source:
        async for step in source:
            if isinstance(step, Reply | Cut):
                raise ApiError("1230")
            await folded.read(step)
    return folded.completion()
