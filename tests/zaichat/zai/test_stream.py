"""Streams over a real connection: what arrives, what is waited for, what is left behind."""

import asyncio
import gzip
import time
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from tests.zaichat.zai.asking import KEY, QUESTION, asked, stream, text, thought
from tests.zaichat.zai.loopback import DONE, SSE, Exchange, Upstream, finishes, says
from zaichat.zai import Finish, Pool, ZaiClient, errors


async def test_single_bytes_on_the_wire_change_nothing() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        whole = says("你好", "reasoning_content") + says("🙂 é") + finishes() + DONE
        for byte in whole.encode():
            await exchange.send(bytes([byte]))
            await asyncio.sleep(0)
        exchange.writer.close()

    deltas, failure = await asked(answer)
    assert (thought(deltas), text(deltas), deltas[-1]) == ("你好", "🙂 é", Finish("stop"))
    assert failure is None


async def test_the_end_mark_ends_the_stream_though_the_connection_stays_open() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"), finishes(), DONE)
        await exchange.client_leaves()

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        began = time.monotonic()
        assert text(await stream(client)) == "a"
        assert time.monotonic() - began < 3
        await asyncio.wait_for(upstream.exchanges[0].gone.wait(), 3)


async def test_a_healthy_connection_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zaichat.zai.chat._GRACE", 20.0)

    async def answer(exchange: Exchange) -> None:
        body = (says("a") + finishes() + DONE).encode()
        await exchange.send(f"{SSE}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n", body)
        await asyncio.sleep(0.01)
        await exchange.send("\r\n0\r\n\r\n")

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        for _ in range(3):
            assert text(await stream(client)) == "a"
        assert (upstream.connections, len(upstream.exchanges)) == (1, 3)


async def test_closing_the_stream_closes_the_connection() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"))
        await exchange.client_leaves()

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        async with aclosing(client.chat.stream(QUESTION)) as batches:
            await anext(batches)
        await asyncio.wait_for(upstream.exchanges[0].gone.wait(), 3)


@pytest.mark.parametrize("head", [True, False], ids=["while reading", "before the headers"])
async def test_cancelling_the_task_closes_the_connection(head: bool) -> None:
    arrived = asyncio.Event()

    async def answer(exchange: Exchange) -> None:
        if head:
            await exchange.start_stream()
            await exchange.send(says("a"))
        arrived.set()
        await exchange.client_leaves()

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        task = asyncio.create_task(stream(client))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(upstream.exchanges[0].gone.wait(), 3)


@pytest.mark.parametrize("end", [Exchange.reset, lambda exchange: exchange.writer.close()])
async def test_a_broken_line_keeps_the_text_and_is_a_cut(end: Any) -> None:
    async def answer(exchange: Exchange) -> None:
        body = (says("a") + says("b")).encode()
        await exchange.send(f"{SSE}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n", body)
        await exchange.send("\r\n")
        await asyncio.sleep(0.05)
        end(exchange)

    deltas, failure = await asked(answer)
    assert isinstance(failure, errors.StreamCut)
    assert text(deltas) == "ab"


async def test_a_line_that_breaks_after_the_finish_does_no_harm() -> None:
    async def answer(exchange: Exchange) -> None:
        body = (says("a") + finishes()).encode()
        await exchange.send(f"{SSE}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n", body)
        await asyncio.sleep(0.05)
        exchange.reset()

    deltas, failure = await asked(answer)
    assert (text(deltas), deltas[-1], failure) == ("a", Finish("stop"), None)


@pytest.mark.parametrize("pieces", [1, 400])
async def test_a_packed_stream_is_unpacked(pieces: int) -> None:
    async def answer(exchange: Exchange) -> None:
        packed = gzip.compress((says("a" * 999) + says("b") + finishes() + DONE).encode())
        await exchange.start_stream("Content-Encoding: gzip\r\n")
        step = max(1, len(packed) // pieces)
        for start in range(0, len(packed), step):
            await exchange.send(packed[start : start + step])
        exchange.writer.close()

    deltas, failure = await asked(answer)
    assert (text(deltas), failure) == ("a" * 999 + "b", None)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: text/html", "<html>hello</html>"),
        ("Content-Type: application/json", '{"choices":[]}'),
        ("Content-Type: application/octet-stream", "data: {}\n\n"),
        ("Content-Type: text/event-stream\r\nContent-Encoding: gzip", "not packed at all"),
    ],
)
async def test_a_success_that_is_no_stream_is_a_bad_answer(head: str, body: str) -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.send(
            f"HTTP/1.1 200 OK\r\n{head}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )

    deltas, failure = await asked(answer)
    assert isinstance(failure, errors.BadAnswer)
    assert "hello" not in str(failure)
    assert deltas == []


async def test_a_success_that_holds_an_error_is_that_error() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.answer(200, '{"error":{"code":"1113","message":"arrears"}}')

    _, failure = await asked(answer)
    assert isinstance(failure, errors.NoBalance)


async def test_a_line_without_end_is_given_up_early() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        for _ in range(100):
            await exchange.send(b"x" * 1024 * 1024)

    _, failure = await asked(answer)
    assert isinstance(failure, errors.BadAnswer)


async def test_a_large_delta_arrives_whole() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("y" * 5_000_000), finishes(), DONE)

    deltas, failure = await asked(answer)
    assert (len(text(deltas)), failure) == (5_000_000, None)


async def test_an_own_http_client_is_used_and_left_open() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"), finishes(), DONE)
        exchange.writer.close()

    async with Upstream(answer) as upstream, httpx.AsyncClient(headers={"X-Mine": "1"}) as http:
        async with ZaiClient(KEY, upstream.url, http_client=http) as client:
            assert text(await stream(client)) == "a"
        assert not http.is_closed
        assert upstream.exchanges[0].headers["x-mine"] == "1"


async def test_the_pool_has_a_limit() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"))
        if len(upstream.exchanges) < 3:
            await exchange.client_leaves()
        await exchange.send(finishes(), DONE)

    pool = Pool(max_connections=2)
    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url, pool=pool) as client:
        open_ones = [client.chat.stream(QUESTION) for _ in range(2)]
        for batches in open_ones:
            await anext(batches)
        third = asyncio.create_task(stream(client))
        await asyncio.sleep(0.05)
        assert upstream.connections == 2
        await open_ones[0].aclose()
        assert text(await third) == "a"
        await open_ones[1].aclose()


async def test_what_is_sent_is_what_the_vendor_expects() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(finishes(), DONE)
        exchange.writer.close()

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url + "/") as client:
        await stream(client)
        first = upstream.exchanges[0]
        assert first.headers["authorization"] == f"Bearer {KEY}"
        assert first.headers["content-type"] == "application/json; charset=UTF-8"
        assert first.headers["accept-language"] == "en-US,en"
        assert "zai" in first.headers["user-agent"]
        assert first.body == {**QUESTION.body(stream=True), "stream": True}


async def test_no_cookie_is_carried_from_one_request_to_the_next() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream("Set-Cookie: who=me\r\n")
        await exchange.send(finishes(), DONE)
        exchange.writer.close()

    async with Upstream(answer) as upstream:
        # Cookie jars ignore addresses of numbers; a name is what the vendor has.
        by_name = upstream.url.replace("127.0.0.1", "localhost")
        async with ZaiClient(KEY, by_name) as client:
            await stream(client)
            await stream(client)
        assert "cookie" not in upstream.exchanges[1].headers


async def test_the_environments_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("by proxy"), finishes(), DONE)
        exchange.writer.close()

    async with Upstream(answer) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        async with ZaiClient(KEY, "http://api.example.test/v4") as client:
            assert text(await stream(client)) == "by proxy"
        assert proxy.exchanges[0].headers["host"] == "api.example.test"


async def test_the_loopback_needs_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("direct"), finishes(), DONE)
        exchange.writer.close()

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        assert text(await stream(client)) == "direct"
