"""`manage.py serve` as a real process: its limits, its sockets, its end."""

import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from tests.running import Running, eventually, manage, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

MIB = 1024**2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served")
    done = manage(path, "migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Running]:
    with running(folder, "manage.py", "serve", MAX_BODY=str(2 * MIB)) as process:
        eventually(process.healthy, process)
        yield process


def send(server: Running, head: str, *bodies: bytes) -> bytes:
    """Say it raw, as far as the server lets us; what it answered."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=20)) as raw:
        try:
            raw.sendall(head.replace("\n", "\r\n").encode())
            for body in bodies:
                raw.sendall(body)
        except OSError:
            pass
        answer = b""
        try:
            while block := raw.recv(65536):
                answer += block
        except OSError:
            pass
        return answer


def test_an_announced_body_that_is_too_large_is_refused_before_it_is_sent(server: Running) -> None:
    head = f"POST /nowhere/ HTTP/1.1\nHost: 127.0.0.1\nContent-Length: {300 * MIB}\n\n"
    answer = send(server, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"at most 2 MiB" in answer


def test_a_client_that_asks_first_is_not_told_to_go_on(server: Running) -> None:
    length = f"Content-Length: {3 * MIB}"
    head = f"POST /nowhere/ HTTP/1.1\nHost: 127.0.0.1\nExpect: 100-continue\n{length}\n\n"
    answer = send(server, head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in answer


def test_a_body_without_an_end_is_counted_and_refused(server: Running) -> None:
    head = "POST /nowhere/ HTTP/1.1\nHost: 127.0.0.1\nTransfer-Encoding: chunked\n\n"
    chunk = b"%x\r\n%s\r\n" % (MIB, b"x" * MIB)
    before = psutil.Process(server.process.pid).memory_info().rss
    answer = send(server, head, *[chunk] * 100)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert psutil.Process(server.process.pid).memory_info().rss - before < 20 * MIB


def test_a_body_within_the_limit_reaches_the_application(server: Running) -> None:
    answer = httpx.post(server.url("/healthz"), content=b"x" * MIB)
    assert answer.status_code == 403  # Django's word: no CSRF token
    assert answer.headers["content-security-policy"]


def test_all_loopback_names_are_served_and_no_other(server: Running) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        named = {"Host": f"{host}:{server.port}"}
        assert httpx.get(server.url("/healthz"), headers=named).status_code == 200
    assert httpx.get(server.url("/healthz"), headers={"Host": "a.example"}).status_code == 400


def test_a_taken_port_is_said_in_one_sentence(server: Running, folder: Path) -> None:
    done = manage(folder, "serve", PORT=str(server.port))
    assert done.returncode == 1
    assert f"Port {server.port} on 127.0.0.1 is taken" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_time_with_a_connection_still_open(folder: Path, number: signal.Signals) -> None:
    with running(folder, "manage.py", "serve") as process:
        eventually(process.healthy, process)
        with closing(socket.create_connection(("127.0.0.1", process.port))):
            assert process.tell(number) < 10
        assert process.process.returncode == 0
        assert "Traceback" not in process.said
