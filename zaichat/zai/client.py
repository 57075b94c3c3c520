"""The client: one pool of connections, one key, one set of limits.

    async with ZaiClient(api_key) as zai:
        async with aclosing(zai.chat.stream(request)) as batches:
            async for deltas in batches: ...

It is built with values and reads no settings. One client serves a whole process; it belongs to
the event loop it is first used in.
"""

import asyncio
import ssl
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Literal, Self
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from .calls import Caller, Sleep
from .chat import Chat
from .files import FileParser, Files
from .jwt import JwtAuth, KeyAuth
from .layout import LayoutParser
from .media import Media
from .types import Pool, Timeouts

INTERNATIONAL = "https://api.z.ai/api/paas/v4"
CHINA = "https://open.bigmodel.cn/api/paas/v4"

USER_AGENT = "zaichat-zai/1.0"

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class ZaiClient:
    """A client of api.z.ai, open.bigmodel.cn, or any server that speaks the same way.

    `auth` "jwt" signs tokens with an `id.secret` key; "key" shows the key as it is. With
    `http_client` that client is used as given (its pool, proxies, certificates, headers); it
    stays open and belongs to the caller, and `pool` is not looked at. An empty `accept_language`
    sends no such header. Raises ValueError for a `base_url` or key that cannot work.
    """

    def __init__(  # noqa: PLR0913 - one keyword per thing an owner can set
        self,
        api_key: str,
        base_url: str = INTERNATIONAL,
        *,
        auth: Literal["key", "jwt"] = "key",
        timeouts: Timeouts | None = None,
        pool: Pool | None = None,
        max_retries: int = 2,
        http_client: httpx.AsyncClient | None = None,
        accept_language: str = "en-US,en",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.base_url = _checked(base_url)
        self._http = http_client or _http_client(self.base_url, pool or Pool())
        self._owns_http = http_client is None
        self._caller = Caller(
            http=self._http,
            base_url=self.base_url,
            auth=JwtAuth(api_key) if auth == "jwt" else KeyAuth(api_key),
            timeouts=timeouts or Timeouts(),
            max_retries=max_retries,
            headers={"Accept-Language": accept_language} if accept_language else {},
            sleep=sleep,
        )
        self.chat = Chat(self._caller)
        self.media = Media(self._caller)
        self.files = Files(self._caller)
        self.file_parser = FileParser(self._caller)
        self.layout = LayoutParser(self._caller)

    def __repr__(self) -> str:
        return f"<ZaiClient {self.base_url}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, unless they belong to a client that was passed in."""
        if self._owns_http:
            await self._http.aclose()


def _checked(base_url: str) -> str:
    url = httpx.URL(base_url)
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise ValueError("base_url must be an http or https address without a user name")
    return base_url.rstrip("/")


def _http_client(base_url: str, pool: Pool) -> httpx.AsyncClient:
    """httpx on aiohttp's transport, which reads a stream with less than half the CPU."""
    verify = httpx.create_ssl_context()
    transport = AiohttpTransport(
        verify=verify,
        proxy=_proxy_for(httpx.URL(base_url)),
        client=partial(_session, pool, verify),
    )
    client = httpx.AsyncClient(
        transport=transport, headers={"User-Agent": USER_AGENT}, trust_env=False
    )
    # Requests of many people go through one client; none of them shall carry another's cookies.
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


def _session(pool: Pool, verify: ssl.SSLContext) -> aiohttp.ClientSession:
    """Made on first use, because aiohttp wants a running loop."""
    connector = aiohttp.TCPConnector(
        limit=pool.max_connections, keepalive_timeout=pool.keepalive, ssl=verify
    )
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def _proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """The environment's proxy. Asked once: letting aiohttp ask costs two threads per request."""
    if url.host in _LOOPBACK or proxy_bypass(url.host):
        return None
    proxies = getproxies()
    address = proxies.get(url.scheme) or proxies.get("all") or ""
    return httpx.Proxy(address) if address.startswith(("http://", "https://")) else None
