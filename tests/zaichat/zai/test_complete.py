"""Whole answers."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.zaichat.zai.asking import KEY, QUESTION, mocked
from tests.zaichat.zai.loopback import Exchange, Upstream
from zaichat.zai import Reply, Timeouts, ToolCall, Usage, ZaiClient, errors

MESSAGE: dict[str, Any] = {"role": "assistant", "content": "你好"}


async def completed(answer: Any, status: int = 200) -> Reply:
    def handler(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, bytes):
            return httpx.Response(status, content=answer)
        return httpx.Response(status, json=answer)

    async with mocked(handler) as client:
        return await client.chat.complete(QUESTION)


def answering(message: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], **more}


async def test_everything_the_vendor_says_is_in_the_reply() -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "add", "arguments": "{}"}}
    reply = await completed(
        answering(
            {**MESSAGE, "reasoning_content": "hm", "tool_calls": [call]},
            id="20260313050242595b2cb031a74737",
            request_id="mine",
            model="glm-4.7",
            usage={"prompt_tokens": 15, "completion_tokens": 249},
            web_search=[{"title": "t"}],
            content_filter=[{"role": "user", "level": 3}],
        )
    )
    assert reply == Reply(
        content="你好",
        reasoning="hm",
        tool_calls=(ToolCall("call_1", "add", "{}"),),
        web_search=({"title": "t"},),
        content_filter=({"role": "user", "level": 3},),
        usage=Usage(15, 249, None, None),
        finish_reason="stop",
        id="20260313050242595b2cb031a74737",
        request_id="mine",
        model="glm-4.7",
    )


async def test_a_reply_may_say_very_little() -> None:
    assert await completed({"choices": [{"message": {"content": None}}]}) == Reply()


async def test_markers_are_taken_out_of_a_whole_reply() -> None:
    text = "<think>hm</think>It is <|begin_of_box|>42<|end_of_box|>"
    reply = await completed(answering({"content": text}))
    assert (reply.reasoning, reply.content) == ("hm", "It is 42")


@pytest.mark.parametrize(
    "answer",
    [b"<html>", b"", b"[]", b"{", {}, {"choices": []}, {"choices": [{}]}, {"choices": [7]}],
)
async def test_a_success_that_is_no_reply_is_a_bad_answer(answer: Any) -> None:
    with pytest.raises(errors.BadAnswer):
        await completed(answer)


async def test_a_success_that_holds_an_error_is_that_error() -> None:
    with pytest.raises(errors.ModelUnknown) as caught:
        await completed({"error": {"code": "1211", "message": "no"}, "request_id": "r1"})
    assert (caught.value.vendor_code, caught.value.request_id) == ("1211", "r1")


async def test_a_body_that_hangs_stalls() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        await exchange.send("Content-Length: 100\r\n\r\n{")
        await exchange.client_leaves()

    limits = Timeouts(idle=0.2)
    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url, timeouts=limits) as zai:
        with pytest.raises(errors.Stalled):
            await zai.chat.complete(QUESTION)


async def test_a_body_that_breaks_off_is_cut() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        exchange.writer.close()

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as zai:
        with pytest.raises(errors.StreamCut):
            await zai.chat.complete(QUESTION)


async def test_writing_a_long_answer_may_take_longer_than_a_first_word() -> None:
    async def answer(exchange: Exchange) -> None:
        await upstream_is_slow.wait()
        await exchange.answer(200, '{"choices":[{"message":{"content":"late"}}]}')

    upstream_is_slow = asyncio.Event()
    limits = Timeouts(first_byte=0.05, idle=0.05, total=10)
    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url, timeouts=limits) as zai:
        asyncio.get_running_loop().call_later(0.3, upstream_is_slow.set)
        assert (await zai.chat.complete(QUESTION)).content == "late"
