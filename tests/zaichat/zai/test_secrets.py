"""The key goes to the vendor and nowhere else."""

import logging
import traceback

import httpx
import pytest

from tests.zaichat.zai.asking import KEY, QUESTION, mocked, no_sleep, stream_until_error
from tests.zaichat.zai.loopback import Exchange, Upstream
from zaichat.zai import ZaiClient, ZaiError, errors

SECRET = KEY.partition(".")[2]


def everything_said(error: BaseException) -> str:
    """All that a log, a debugger page or an error report might show of an error."""
    chain: list[BaseException] = []
    while error and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    shown = (traceback.TracebackException.from_exception(e, capture_locals=True) for e in chain)
    return "".join(
        "".join(lines.format()) + repr(vars(e)) for e, lines in zip(chain, shown, strict=True)
    )


async def failing(client: ZaiClient) -> ZaiError:
    with pytest.raises(ZaiError) as caught:
        await client.chat.complete(QUESTION)
    return caught.value


@pytest.mark.parametrize("auth", ["key", "jwt"])
async def test_a_server_that_repeats_the_key_is_not_repeated(auth: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        said = f"bad key {KEY} or {SECRET} in {request.headers['authorization']}"
        return httpx.Response(401, json={"error": {"code": "1002", "message": said}})

    async with mocked(handler, auth=auth) as client:
        error = await failing(client)
        _, streamed = await stream_until_error(client)
    for shown in (everything_said(error), everything_said(streamed)):
        assert SECRET not in shown
        assert "bad key [key]" in shown
        assert "eyJ" not in shown


async def test_a_key_repeated_inside_a_stream_is_not_repeated() -> None:
    async def answer(exchange: Exchange) -> None:
        await exchange.start_stream()
        await exchange.send(f'data: {{"error":{{"code":"1000","message":"{KEY}"}}}}\n\n')
        exchange.writer.close()

    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        _, error = await stream_until_error(client)
    assert SECRET not in "".join(traceback.format_exception(error)) + repr(vars(error))


async def test_failures_of_the_network_drag_no_request_along(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def answer(exchange: Exchange) -> None:
        exchange.reset()

    caplog.set_level(logging.DEBUG)
    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url) as client:
        lost = await failing(client)
    async with ZaiClient(KEY, "http://127.0.0.1:1", sleep=no_sleep) as client:
        unreachable = await failing(client)
    assert isinstance(lost, errors.ConnectionLost)
    assert isinstance(unreachable, errors.ConnectionFailed)
    for error in (lost, unreachable):
        assert error.__cause__ is None
        assert error.__context__ is None
        assert SECRET not in everything_said(error)
    assert SECRET not in caplog.text


async def test_no_repr_shows_the_key() -> None:
    async with ZaiClient(KEY, auth="jwt") as client:
        caller = client.chat._caller
        shown = repr((client, client.chat, caller, caller.auth, vars(client), caller.headers))
        assert SECRET not in shown
