"""Chat completions: `POST /chat/completions`, streamed or whole."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import closing, suppress
from typing import Any

import httpx

from .bodies import TRANSPORT_ERRORS, broken_off, read_bytes
from .calls import Ask, Caller, OnWait
from .chunks import AnswerReader, arguments_of, text_of, usage_of
from .deltas import Delta
from .errors import BadAnswer, ZaiError
from .patience import Patience
from .tags import TagFilter
from .types import ChatRequest, Reply, ToolCall

PATH = "/chat/completions"

# Seconds to wait for the end of the body after [DONE]; one that comes in time lets the
# connection be used again.
_GRACE = 0.1


class Chat:
    """The chat endpoint of one client."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def stream(
        self, request: ChatRequest, on_wait: OnWait | None = None
    ) -> AsyncGenerator[list[Delta], None]:
        """Lists of deltas, one per network read that brought any.

        Use it under `contextlib.aclosing`; closing it, or cancelling the task in it, closes the
        connection at once, which is how the vendor learns to stop. Raises the errors of
        errors.py, always after every delta that came before. Only a request whose answer has not
        begun is ever repeated; `on_wait` hears of each pause before that.
        """
        with closing(Patience(self._caller.timeouts)) as patience:
            ask = Ask(PATH, request.body(stream=True))
            response = await self._caller.open(ask, patience, on_wait)
            pieces = read_bytes(response)
            try:
                reader = AnswerReader()
                while not (reader.done or reader.failure):
                    piece = await _next(pieces, reader, patience)
                    if piece is None:
                        break
                    steps = reader.steps
                    if deltas := reader.feed(piece):
                        yield deltas
                    if reader.steps != steps:
                        patience.sign_of_life(finished=reader.finished)
                if deltas := reader.end():
                    yield deltas
                if reader.failure:
                    raise self._caller.scrubbed(reader.failure)
                if reader.done:
                    await _settle(pieces)
            finally:
                await _close(pieces, response)

    async def complete(self, request: ChatRequest, on_wait: OnWait | None = None) -> Reply:
        """The whole answer. Until it begins to arrive only `Timeouts.total` holds, because the
        server says nothing before it has finished writing."""
        with closing(Patience(self._caller.timeouts)) as patience:
            ask = Ask(PATH, request.body(stream=False))
            answer = await self._caller.fetch(ask, patience, on_wait)
        try:
            return _reply(answer)
        except (ValueError, TypeError, AttributeError, LookupError):
            failure = BadAnswer("an answer without a readable message")
        raise failure


async def _next(
    pieces: AsyncIterator[bytes], reader: AnswerReader, patience: Patience
) -> bytes | None:
    """The next piece of the body, None at its end.

    A broken line and silence are ends, too; they become the reader's failure, unless the model
    had already said that it finished.
    """
    failure: ZaiError
    try:
        with patience:
            return await anext(pieces)
    except StopAsyncIteration:
        return None
    except TimeoutError:
        failure = patience.lost()
    except TRANSPORT_ERRORS as error:
        failure = broken_off(error)
    if not reader.finished:
        reader.failure = failure
    return None


async def _settle(pieces: AsyncIterator[bytes]) -> None:
    """After [DONE] the body should end; when it does so at once, its connection can be kept."""
    with suppress(TimeoutError, *TRANSPORT_ERRORS):
        async with asyncio.timeout(_GRACE):
            await anext(pieces, None)


async def _close(pieces: AsyncIterator[bytes], response: httpx.Response) -> None:
    with suppress(*TRANSPORT_ERRORS):
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()
    with suppress(*TRANSPORT_ERRORS):
        await response.aclose()


def _reply(answer: dict[str, Any]) -> Reply:
    choice = answer["choices"][0]
    message = choice["message"]
    thought, content = _without_tags(text_of(message.get("content") or ""))
    usage = answer.get("usage")
    return Reply(
        content=content,
        reasoning=(message.get("reasoning_content") or "") + thought,
        tool_calls=tuple(_tool_call(call) for call in message.get("tool_calls") or ()),
        web_search=tuple(dict(page) for page in answer.get("web_search") or ()),
        content_filter=tuple(dict(item) for item in answer.get("content_filter") or ()),
        usage=usage_of(usage) if usage else None,
        finish_reason=choice.get("finish_reason") or "",
        id=answer.get("id") or "",
        request_id=answer.get("request_id") or "",
        model=answer.get("model") or "",
    )


def _without_tags(text: str) -> tuple[str, str]:
    """(reasoning, content) of a text that may carry markers."""
    tags = TagFilter()
    pieces = [*tags.feed(text), *tags.flush()]
    reasoning = "".join(piece for is_reasoning, piece in pieces if is_reasoning)
    return reasoning, "".join(piece for is_reasoning, piece in pieces if not is_reasoning)


def _tool_call(call: dict[str, Any]) -> ToolCall:
    function = call.get("function") or {}
    return ToolCall(
        id=str(call.get("id") or ""),
        name=str(function.get("name") or ""),
        arguments=arguments_of(function),
    )
