"""How long is waited for a stream, and what counts as a sign of life."""

import asyncio
from contextlib import aclosing, closing

import pytest

from tests.zaichat.zai.asking import KEY, QUESTION, asked, stream, text
from tests.zaichat.zai.loopback import DONE, Exchange, Upstream, event, finishes, says
from zaichat.zai import Timeouts, ZaiClient, errors
from zaichat.zai.patience import Patience

FIRST = Timeouts(first_byte=0.3, idle=20.0, total=30.0)
IDLE = Timeouts(first_byte=20.0, idle=0.3, total=30.0)


async def test_a_finished_stream_ends_although_nothing_more_comes() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"), finishes())
        await exchange.client_leaves()

    deltas, failure = await asked(answer, timeouts=IDLE)
    assert (text(deltas), failure) == ("a", None)


async def test_silence_before_the_headers_times_out() -> None:
    _, failure = await asked(Exchange.client_leaves, timeouts=FIRST)
    assert isinstance(failure, errors.TimedOut)


@pytest.mark.parametrize("noise", [": keep-alive\n\n", says(""), event(choices=[])])
async def test_noise_without_a_real_delta_times_out(noise: str) -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        for _ in range(500):
            await exchange.send(noise)
            await asyncio.sleep(0.02)

    _, failure = await asked(answer, timeouts=FIRST)
    assert isinstance(failure, errors.TimedOut)


@pytest.mark.parametrize("noise", [": keep-alive\n\n", says(""), event(choices=[])])
async def test_noise_after_the_text_is_a_stall(noise: str) -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"))
        for _ in range(500):
            await exchange.send(noise)
            await asyncio.sleep(0.02)

    deltas, failure = await asked(answer, timeouts=IDLE)
    assert isinstance(failure, errors.Stalled)
    assert text(deltas) == "a"


async def test_steady_text_outlives_the_idle_limit() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        for _ in range(12):
            await exchange.send(says("a"))
            await asyncio.sleep(0.1)
        await exchange.send(finishes(), DONE)

    deltas, failure = await asked(answer, timeouts=Timeouts(first_byte=1.0, idle=1.0))
    assert (text(deltas), failure) == ("a" * 12, None)


async def test_an_endless_answer_meets_the_total_limit() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        while True:
            await exchange.send(says("a"))
            await asyncio.sleep(0.01)

    deltas, failure = await asked(answer, timeouts=Timeouts(total=1.0))
    assert isinstance(failure, errors.TooLong)
    assert text(deltas)


async def test_a_slow_reader_is_not_a_stall() -> None:
    ready = asyncio.Event()

    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"))
        await ready.wait()
        await exchange.send(says("b"), finishes(), DONE)

    limits = Timeouts(idle=0.8)
    async with (
        Upstream(answer) as upstream,
        ZaiClient(KEY, upstream.url, timeouts=limits) as client,
    ):
        deltas = []
        async with aclosing(client.chat.stream(QUESTION)) as batches:
            async for batch in batches:
                deltas += batch
                if not ready.is_set():
                    await asyncio.sleep(1.0)
                    ready.set()
    assert text(deltas) == "ab"


async def test_noise_after_the_finish_keeps_nothing_open() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"), finishes())
        for _ in range(500):
            await exchange.send(": keep-alive\n\n")
            await asyncio.sleep(0.02)

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url, timeouts=IDLE) as client:
        assert text(await asyncio.wait_for(stream(client), 5)) == "a"


async def test_who_cancels_the_task_goes_before_a_deadline() -> None:
    patience = Patience(Timeouts(total=0.0))

    async def wait() -> None:
        with patience:
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    # The timer is due in this very turn of the loop, after this line.
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_goes_on_after_a_deadline_as_if_never_cancelled() -> None:
    with closing(Patience(Timeouts(total=0.0))) as patience:
        with pytest.raises(TimeoutError), patience:
            await asyncio.Event().wait()
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0
        await asyncio.sleep(0)


async def test_a_call_without_limits_sets_no_timer() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(says("a"), finishes(), DONE)

    none = Timeouts(connect=None, first_byte=None, idle=None, total=None)
    deltas, failure = await asked(answer, timeouts=none)
    assert (text(deltas), failure) == ("a", None)
