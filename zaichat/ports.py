"""Is a port of this machine free, and which one is?"""

import socket
from contextlib import closing


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    try:
        with closing(listener(host, port)):
            return True
    except OSError:
        return False


def answers(host: str, port: int, within: float = 0.2) -> bool:
    """Whether somebody listens there."""
    try:
        with closing(socket.create_connection((host, port), timeout=within)):
            return True
    except OSError:
        return False


def free(host: str, wanted: int) -> int:
    """`wanted` when it is free, else (and for 0) any port that is."""
    if wanted and is_free(host, wanted):
        return wanted
    with closing(listener(host, 0)) as found:
        return int(found.getsockname()[1])


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens there; OSError when it cannot."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM
    )[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen()
    except OSError:
        opened.close()
        raise
    return opened
