"""Whose word about the caller is believed."""

from ipaddress import ip_network
from typing import Any

import pytest

from zaichat.forwarded import Forwarded

PROXY = "10.0.0.7"
TRUSTED = [ip_network("10.0.0.0/8")]


async def told(
    client: str,
    headers: dict[str, str],
    trusted: Any = TRUSTED,
    secure: bool = True,
    kind: str = "http",
) -> dict[str, Any]:
    """The scope that the application behind gets to see."""
    seen: dict[str, Any] = {}

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.update(scope)

    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "scheme": "http", "client": [client, 5555], "headers": pairs}
    await Forwarded(application, trusted, secure)(scope, None, None)
    return seen


async def test_a_trusted_proxy_names_the_caller_and_the_scheme() -> None:
    seen = await told(PROXY, {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"})
    assert seen["client"][0] == "203.0.113.9"
    assert seen["scheme"] == "https"


async def test_only_the_last_address_before_the_proxies_counts() -> None:
    seen = await told(PROXY, {"X-Forwarded-For": "1.1.1.1, 203.0.113.9, 10.0.0.3"})
    assert seen["client"][0] == "203.0.113.9"


async def test_a_strangers_word_is_neither_believed_nor_passed_on() -> None:
    seen = await told(
        "203.0.113.66", {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https", "Host": "a"}
    )
    assert seen["client"][0] == "203.0.113.66"
    assert seen["scheme"] == "http"
    assert seen["headers"] == [(b"host", b"a")]


async def test_a_proxy_that_says_nothing_has_not_said_https() -> None:
    assert (await told(PROXY, {}))["scheme"] == "http"


async def test_behind_https_without_a_listed_proxy_nothing_redirects_for_ever() -> None:
    assert (await told("127.0.0.1", {}, trusted=[]))["scheme"] == "https"
    assert (await told("127.0.0.1", {}, trusted=[], kind="websocket"))["scheme"] == "wss"
    assert (await told("127.0.0.1", {}, trusted=[], secure=False))["scheme"] == "http"


@pytest.mark.parametrize("header", ["unknown", "", "a.b.c.d", "10.0.0.3"])
async def test_nonsense_from_a_proxy_leaves_the_proxy_as_the_caller(header: str) -> None:
    assert (await told(PROXY, {"X-Forwarded-For": header}))["client"][0] == PROXY
