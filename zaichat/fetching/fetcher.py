"""Fetches one file from an address that somebody else has chosen.

A name is resolved once, every address it has is checked, and the connection goes to a checked
address: between check and use there is no second look-up that could answer otherwise. A redirect
begins all of it anew.
"""

import asyncio
import re
import socket
from collections.abc import Collection
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from urllib.parse import unquote

import httpx
from django.utils.translation import gettext as _

from zaichat.fetching.reach import PORTS, is_listed, is_open

MAX_BYTES = 20 * 1024**2
MAX_ADDRESS = 2048
MAX_REDIRECTS = 3
CONNECT_SECONDS = 10.0
SECONDS = 30.0
UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
"""What parsers of addresses disagree about."""

HEADERS = {"User-Agent": "ZaiChat", "Accept-Encoding": "identity"}


class Unfetched(Exception):
    """Why it was not fetched, in words for the person."""


@dataclass(frozen=True)
class Fetched:
    name: str
    media_type: str
    size: int


class Resolve(Protocol):
    """The addresses of a host. Raises OSError."""

    async def __call__(self, host: str, port: int) -> list[str]: ...


@dataclass(frozen=True)
class Bounds:
    """`origins`: hosts inside that the owner has opened. `types`: how a media type may begin."""

    types: tuple[str, ...]
    origins: Collection[str] = ()
    bytes: int = MAX_BYTES
    seconds: float = SECONDS


async def look_up(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def fetch(
    address: str, into: BinaryIO, bounds: Bounds, resolve: Resolve = look_up
) -> Fetched:
    """Write what stands at `address` into `into`. Raises Unfetched."""
    try:
        async with asyncio.timeout(bounds.seconds):
            return await _Errand(into, bounds, resolve).run(address)
    except TimeoutError:
        raise Unfetched(_("The other server took too long.")) from None
    except (httpx.HTTPError, OSError):
        raise Unfetched(_("The other server could not be reached.")) from None


def parsed(address: str) -> httpx.URL:
    """The address as the one parser reads it that also connects. Raises Unfetched."""
    if len(address) > MAX_ADDRESS or UNFIT.search(address):
        raise Unfetched(_("This is not an address that can be fetched."))
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Unfetched(_("This is not an address that can be fetched.")) from None
    if url.scheme not in PORTS:
        raise Unfetched(_("Only addresses that begin with http:// or https:// can be fetched."))
    # What no name of a server may hold has become percent signs.
    if not url.host or url.userinfo or "%" in url.host:
        raise Unfetched(_("This is not an address that can be fetched."))
    return url


class _Errand:
    def __init__(self, into: BinaryIO, bounds: Bounds, resolve: Resolve) -> None:
        self._into = into
        self._bounds = bounds
        self._resolve = resolve

    async def run(self, address: str) -> Fetched:
        url = parsed(address)
        for _hop in range(MAX_REDIRECTS + 1):
            done = await self._ask(url)
            if isinstance(done, Fetched):
                return done
            url = done
        raise Unfetched(_("The address leads on to others too often."))

    async def _ask(self, url: httpx.URL) -> Fetched | httpx.URL:
        """The file, or where it is instead."""
        port = url.port or PORTS[url.scheme]
        place = await self._checked(url, port)
        request = httpx.Request(
            "GET",
            url.copy_with(host=place, port=port),
            headers={**HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": _host(url), "timeout": _timeouts(self._bounds.seconds)},
        )
        async with httpx.AsyncHTTPTransport(trust_env=False) as transport:
            answer = await transport.handle_async_request(request)
            async with aclosing(answer):
                if answer.has_redirect_location:
                    return parsed(str(url.join(answer.headers["Location"])))
                return await self._read(url, answer)

    async def _checked(self, url: httpx.URL, port: int) -> str:
        """The address to connect to. Raises Unfetched where any of the host's is not open."""
        is_listed_here = is_listed(url, self._bounds.origins)
        if not is_listed_here and port != PORTS[url.scheme]:
            raise Unfetched(_("Only the ports 80 and 443 can be fetched from."))
        try:
            places = await self._resolve(_host(url), port)
        except (OSError, UnicodeError):
            places = []
        if not places:
            words = _("There is no server called %(host)s.")
            raise Unfetched(words % {"host": url.host})
        if not is_listed_here and not all(is_open(place) for place in places):
            raise Unfetched(
                _("This address is inside a private network, which is not fetched from.")
            )
        return places[0]

    async def _read(self, url: httpx.URL, answer: httpx.Response) -> Fetched:
        media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        self._judge(answer, media_type)
        size = 0
        async for chunk in answer.aiter_raw():
            size += len(chunk)
            self._weigh(size)
            self._into.write(chunk)
        return Fetched(unquote(url.path.rpartition("/")[2]), media_type, size)

    def _judge(self, answer: httpx.Response, media_type: str) -> None:
        if answer.status_code != httpx.codes.OK:
            words = _("The other server answered with error %(status)d.")
            raise Unfetched(words % {"status": answer.status_code})
        if not media_type.startswith(self._bounds.types):
            raise Unfetched(_("There is no picture at this address."))
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Unfetched(_("The other server sent it in a form that is not read."))
        said = answer.headers.get("Content-Length", "")
        self._weigh(int(said) if said.isdecimal() else 0)

    def _weigh(self, size: int) -> None:
        if size > self._bounds.bytes:
            words = _("It is too large; at most %(limit)s MB are fetched.")
            raise Unfetched(words % {"limit": self._bounds.bytes // 1024**2})


def _host(url: httpx.URL) -> str:
    """As it is asked for on the wire; people read `url.host`."""
    return url.raw_host.decode("ascii")


def _timeouts(seconds: float) -> dict[str, float]:
    return {"connect": CONNECT_SECONDS, "read": seconds, "write": seconds, "pool": seconds}
