"""Short ways to ask a question in tests and to collect what comes back."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import httpx

from tests.zaichat.zai.loopback import Answer, Upstream
from zaichat.zai import ChatRequest, Content, Delta, Reasoning, ZaiClient, ZaiError

KEY = "0123456789abcdef.SECRETsecretSECRET"
QUESTION = ChatRequest(model="glm-4.6", messages=[{"role": "user", "content": "Hello"}])
BASE = "http://127.0.0.1:9/api/paas/v4"


async def no_sleep(seconds: float) -> None:
    """Stands in for asyncio.sleep where only the number of attempts matters."""


async def stream(client: ZaiClient, request: ChatRequest = QUESTION) -> list[Delta]:
    """Every delta of one answer."""
    deltas: list[Delta] = []
    async with aclosing(client.chat.stream(request)) as batches:
        async for batch in batches:
            deltas.extend(batch)
    return deltas


async def outcome(client: ZaiClient) -> tuple[list[Delta], ZaiError | None]:
    """The deltas that came, and the error that ended them, if one did."""
    deltas: list[Delta] = []
    try:
        async with aclosing(client.chat.stream(QUESTION)) as batches:
            async for batch in batches:
                deltas.extend(batch)
    except ZaiError as error:
        return deltas, error
    return deltas, None


async def stream_until_error(client: ZaiClient) -> tuple[list[Delta], ZaiError]:
    """As `outcome`, where a good end would be a surprise."""
    deltas, error = await outcome(client)
    assert error is not None
    return deltas, error


def text(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Content))


def thought(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Reasoning))


@asynccontextmanager
async def mocked(handler: Any, **options: Any) -> AsyncIterator[ZaiClient]:
    """A client whose requests are answered by `handler` without any network."""
    async with (
        httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http,
        ZaiClient(KEY, BASE, http_client=http, sleep=no_sleep, **options) as client,
    ):
        yield client


async def asked(answer: Answer, **options: Any) -> tuple[list[Delta], ZaiError | None]:
    """The deltas of one stream answered by `answer`, and the error it ended with."""
    async with Upstream(answer) as upstream, ZaiClient(KEY, upstream.url, **options) as client:
        return await outcome(client)
