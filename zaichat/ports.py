"""Is a port of this machine free, and which one is?"""

import socket
from contextlib import closing


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    try:
        with closing(_listener(host, port)):
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
    """`wanted` when it is free, else any port that is."""
    if is_free(host, wanted):
        return wanted
    with closing(_listener(host, 0)) as listener:
        return int(listener.getsockname()[1])


def _listener(host: str, port: int) -> socket.socket:
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
