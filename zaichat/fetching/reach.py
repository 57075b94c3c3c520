"""Which hosts may be reached. Everything that is not the open internet is refused.

The list is IANA's of special-purpose addresses, IPv4 and IPv6; `ipaddress` alone calls some of
them global. Of IPv6 only 2000::/3 is given out at all: what carries an IPv4 address inside
(::ffff:0:0/96, 64:ff9b::/96 and 64:ff9b:1::/48 of NAT64) lies outside it.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

PORTS = {"http": 80, "https": 443}

CLOSED = [
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by customers of one provider
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's metadata, the one outside the link-local range
        "2001::/23",  # Teredo carries IPv4
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries IPv4
        "2620:4f:8000::/48",
        "3fff::/20",
    )
]
GIVEN_OUT = IPv6Network("2000::/3")


def is_open(text: str) -> bool:
    """Whether an address, as a resolver says it, belongs to the open internet."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _is_given_out(address) and not any(address in network for network in CLOSED)


def _is_given_out(address: IPv4Address | IPv6Address) -> bool:
    return address.version == 4 or address in GIVEN_OUT


def is_listed(url: httpx.URL, origins: Collection[str]) -> bool:
    """Whether the owner of this server has opened it, as `http://nas.lan:8080`."""
    return _origin(url) in {_origin(httpx.URL(origin)) for origin in origins}


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or PORTS.get(url.scheme)
