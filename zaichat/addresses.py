"""Where the server listens, and under which names it may be called.

PUBLIC_URL is what people type. Without it only this machine may call, over plain http.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Addresses:
    """`origins` are full ones, scheme://host[:port], as a browser says them."""

    secure: bool
    hosts: list[str]
    origins: list[str]


def addresses(public_url: str, host: str, port: int) -> Addresses:
    if public_url:
        return _public(public_url)
    if not is_loopback(host):
        raise ImproperlyConfigured(
            f"HOST is {host}, which other machines can reach: set PUBLIC_URL to the address people "
            "will type, such as https://chat.example.org, or leave HOST at 127.0.0.1."
        )
    return Addresses(False, list(LOOPBACK), [_origin("http", name, port) for name in LOOPBACK])


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _public(public_url: str) -> Addresses:
    """The loopback names stay allowed as hosts, for checks of health from this machine."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if "*" in host or parts.username or parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "PUBLIC_URL must be one scheme and host without a path or a *, such as https://chat.example.org."
        )
    name = f"[{host}]" if ":" in host else host
    origin = _origin(parts.scheme, name, parts.port)
    return Addresses(parts.scheme == "https", [name, *LOOPBACK], [origin])


def _origin(scheme: str, host: str, port: int | None) -> str:
    default = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{host}" if port in (None, default) else f"{scheme}://{host}:{port}"
