"""Believes what a proxy says about the caller, and only what a trusted proxy says.

TRUSTED_PROXIES lists the addresses whose X-Forwarded-For and X-Forwarded-Proto count. From
anybody else the headers are removed, so nothing behind this can fall for them.
"""

from collections.abc import Awaitable, Callable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

NAMES = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"forwarded")


class Forwarded:
    """An ASGI application around another.

    `secure` says that people come by https. Without a trusted proxy its word cannot be had, and
    this server speaks no TLS itself, so every request is then taken to have come through one.
    """

    def __init__(
        self, application: Application, trusted: list[IPv4Network | IPv6Network], secure: bool
    ) -> None:
        self._application = application
        self._trusted = trusted
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = scope | self._told(scope)
        await self._application(scope, receive, send)

    def _told(self, scope: Scope) -> Scope:
        headers: Headers = scope["headers"]
        told: Scope = {"headers": [(name, value) for name, value in headers if name not in NAMES]}
        if self._secure and not self._trusted:
            told["scheme"] = _scheme(scope, "https")
        elif self._trusts((scope.get("client") or [""])[0]):
            told["scheme"] = _scheme(scope, _last(headers, b"x-forwarded-proto"))
            if client := self._client(headers):
                told["client"] = [client, 0]
        return told

    def _client(self, headers: Headers) -> str:
        """The last address that is not one of the proxies'; what stands before it is hearsay."""
        values = b",".join(value for name, value in headers if name == b"x-forwarded-for")
        hops = [hop.strip() for hop in values.decode("latin-1").split(",")]
        return next(
            (hop for hop in reversed(hops) if _is_address(hop) and not self._trusts(hop)), ""
        )

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(
            ip_address(address) in network for network in self._trusted
        )


def _scheme(scope: Scope, said: str) -> str:
    secure = said == "https"
    if scope["type"] == "websocket":
        return "wss" if secure else "ws"
    return "https" if secure else "http"


def _last(headers: Headers, wanted: bytes) -> str:
    values = [value for name, value in headers if name == wanted]
    return values[-1].decode("latin-1").rpartition(",")[2].strip() if values else ""


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True
