"""How often a request goes out: counted, because each one may be paid."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.zaichat.zai.asking import KEY, QUESTION, mocked, no_sleep, stream, stream_until_error
from tests.zaichat.zai.loopback import DONE, SSE, Exchange, Upstream, finishes, says
from zaichat.zai import ChatRequest, Timeouts, ZaiClient, ZaiError, errors

GOOD = {"choices": [{"message": {"role": "assistant", "content": "yes"}, "finish_reason": "stop"}]}

Handler = Callable[[httpx.Request], httpx.Response]


def refusing(posts: list[httpx.Request], *refusals: httpx.Response) -> Handler:
    """Gives `refusals` in turn, the last one for ever; None in their place is a good answer."""

    def handler(request: httpx.Request) -> httpx.Response:
        posts.append(request)
        return refusals[min(len(posts), len(refusals)) - 1]

    return handler


def refusal(status: int, code: str = "", **headers: str) -> httpx.Response:
    body = {"error": {"code": code, "message": "no"}} if code else {}
    return httpx.Response(
        status, json=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def good() -> httpx.Response:
    return httpx.Response(200, json=GOOD)


TABLE = [
    (429, "1302", 3),
    (429, "1303", 3),
    (429, "1305", 3),
    (429, "1312", 3),
    (429, "1120", 3),
    (429, "", 3),
    (429, "rate_limit_exceeded", 3),
    (500, "", 3),
    (500, "1200", 3),
    (500, "1230", 3),
    (500, "1234", 3),
    (200, "1302", 3),
    *((429, code, 1) for code in ("1110", "1111", "1112", "1113", "1121", "1304")),
    *((429, str(code), 1) for code in (*range(1308, 1312), *range(1313, 1322))),
    (429, "insufficient_quota", 1),
    (429, "1399", 1),
    (500, "1399", 1),
    (502, "", 1),
    (503, "", 1),
    (504, "", 1),
    (408, "", 1),
    (401, "1000", 1),
    (401, "1003", 1),
    (400, "1210", 1),
    (400, "1214", 1),
    (400, "1261", 1),
    (400, "1301", 1),
    (400, "1231", 1),
    (403, "1220", 1),
    (404, "", 1),
    (302, "", 1),
]


@pytest.mark.parametrize(("status", "code", "posts"), TABLE)
async def test_only_temporary_refusals_are_asked_again(status: int, code: str, posts: int) -> None:
    sent: list[httpx.Request] = []
    async with mocked(refusing(sent, refusal(status, code))) as client:
        with pytest.raises(ZaiError):
            await client.chat.complete(QUESTION)
        assert len(sent) == posts
        sent.clear()
        await stream_until_error(client)
        assert len(sent) == posts


async def test_a_second_attempt_may_succeed() -> None:
    sent: list[httpx.Request] = []
    async with mocked(refusing(sent, refusal(429, "1302"), good())) as client:
        assert (await client.chat.complete(QUESTION)).content == "yes"
    assert len(sent) == 2


async def test_no_retries_means_one_attempt() -> None:
    sent: list[httpx.Request] = []
    async with mocked(refusing(sent, refusal(429, "1302")), max_retries=0) as client:
        with pytest.raises(errors.RateLimited):
            await client.chat.complete(QUESTION)
    assert len(sent) == 1


async def test_the_server_decides_how_long_to_wait() -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    heard: list[tuple[str, float]] = []
    handler = refusing([], refusal(429, "1302", retry_after="7"), good())
    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
        client = ZaiClient(KEY, http_client=http, sleep=sleep)
        await client.chat.complete(QUESTION, on_wait=lambda why, s: heard.append((why.code, s)))
    assert len(pauses) == 1
    assert 7 <= pauses[0] <= 8
    assert heard == [("rate_limited", pauses[0])]


async def test_a_server_that_wants_a_day_gets_no_second_request() -> None:
    sent: list[httpx.Request] = []
    async with mocked(refusing(sent, refusal(429, "1302", retry_after="86400"))) as client:
        with pytest.raises(errors.RateLimited) as caught:
            await client.chat.complete(QUESTION)
    assert (len(sent), caught.value.after) == (1, 86400)


async def test_a_redirect_takes_neither_key_nor_question_elsewhere() -> None:
    sent: list[httpx.Request] = []
    away = httpx.Response(307, headers={"Location": "https://example.com/"})
    async with mocked(refusing(sent, away)) as client:
        with pytest.raises(errors.BadAnswer, match="redirected"):
            await client.chat.complete(QUESTION)
    assert len(sent) == 1


async def test_each_attempt_has_its_own_request_id() -> None:
    sent: list[httpx.Request] = []
    request = ChatRequest(model="m", messages=[], request_id="r" * 64)
    async with mocked(refusing(sent, refusal(429, "1302"))) as client:
        with pytest.raises(errors.RateLimited):
            await client.chat.complete(request)
    ids = [json.loads(post.content)["request_id"] for post in sent]
    assert ids[0] == "r" * 64
    assert len(set(ids)) == 3
    assert all(len(name) == 64 for name in ids)


async def test_an_expired_token_is_signed_anew_once() -> None:
    sent: list[httpx.Request] = []
    async with mocked(refusing(sent, refusal(401, "1003")), auth="jwt") as client:
        with pytest.raises(errors.Unauthorized):
            await client.chat.complete(QUESTION)
    assert len(sent) == 2


async def test_a_server_that_is_not_there_is_asked_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async with ZaiClient(KEY, f"http://127.0.0.1:{port}", sleep=sleep) as client:
        _, failure = await stream_until_error(client)
    assert isinstance(failure, errors.ConnectionFailed)
    assert len(pauses) == 2


async def reset(exchange: Exchange) -> None:
    exchange.reset()


async def hang_up(exchange: Exchange) -> None:
    exchange.writer.close()


async def half_a_head(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nContent-Ty")
    exchange.writer.close()


async def nonsense(exchange: Exchange) -> None:
    await exchange.send("this is not HTTP\r\n\r\n")
    exchange.writer.close()


@pytest.mark.parametrize("own_client", [False, True], ids=["aiohttp", "plain httpx"])
@pytest.mark.parametrize("fate", [reset, hang_up, half_a_head, nonsense])
async def test_a_request_that_left_is_never_sent_again(fate: Any, own_client: bool) -> None:
    async with Upstream(fate) as upstream, httpx.AsyncClient() as http:
        mine = http if own_client else None
        async with ZaiClient(KEY, upstream.url, http_client=mine, sleep=no_sleep) as client:
            _, failure = await stream_until_error(client)
            assert isinstance(failure, errors.ConnectionLost)
            assert len(upstream.exchanges) == 1
            with pytest.raises(errors.ConnectionLost):
                await client.chat.complete(QUESTION)
            assert len(upstream.exchanges) == 2


async def test_a_request_on_a_connection_that_died_unseen_is_never_sent_again() -> None:
    async def answer(exchange: Exchange) -> None:
        if len(upstream.exchanges) == 2:
            exchange.reset()
            return
        body = finishes() + DONE
        await exchange.send(f"{SSE}Content-Length: {len(body)}\r\n\r\n{body}")

    async with (
        Upstream(answer) as upstream,
        ZaiClient(KEY, upstream.url, sleep=no_sleep) as client,
    ):
        await stream(client)
        _, failure = await stream_until_error(client)
        assert upstream.connections == 1
    assert isinstance(failure, errors.ConnectionLost)
    assert len(upstream.exchanges) == 2


@pytest.mark.parametrize("error", ['{"error":{"code":"1302","message":""}}', None])
@pytest.mark.parametrize("before", [[], [says("a")]])
async def test_a_stream_that_began_is_never_asked_for_again(
    before: list[str], error: str | None
) -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(*before, f"data: {error}\n\n" if error else "")
        exchange.writer.close()

    async with (
        Upstream(answer) as upstream,
        ZaiClient(KEY, upstream.url, sleep=no_sleep) as client,
    ):
        await stream_until_error(client)
        assert len(upstream.exchanges) == 1


async def test_a_request_that_was_not_answered_in_time_is_never_sent_again() -> None:
    first = Timeouts(first_byte=0.2)
    total = Timeouts(total=0.2)
    async with Upstream(Exchange.client_leaves) as upstream:
        async with ZaiClient(KEY, upstream.url, timeouts=first, sleep=no_sleep) as client:
            _, failure = await stream_until_error(client)
        assert isinstance(failure, errors.TimedOut)
        async with ZaiClient(KEY, upstream.url, timeouts=total, sleep=no_sleep) as client:
            with pytest.raises(errors.TooLong):
                await client.chat.complete(QUESTION)
        assert len(upstream.exchanges) == 2


async def test_no_pause_reaches_beyond_the_total_limit() -> None:
    sent: list[httpx.Request] = []
    limits = Timeouts(total=5.0)
    handler = refusing(sent, refusal(429, "1302", retry_after="30"))
    async with mocked(handler, timeouts=limits) as client:
        with pytest.raises(errors.RateLimited):
            await asyncio.wait_for(client.chat.complete(QUESTION), 3)
    assert len(sent) == 1
