"""Large files through the real server: its memory, a reader who stops, an upload that is cut."""

import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import httpx
import psutil
import pytest

from tests.running import Running, eventually, manage, running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

MIB = 1024**2
BIG = 500 * MIB
OWNER = {
    "DJANGO_SUPERUSER_USERNAME": "alice",
    "DJANGO_SUPERUSER_EMAIL": "alice@example.org",
    "DJANGO_SUPERUSER_PASSWORD": "correct horse",
}
FILM = f"""
from django.conf import settings
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
folder = settings.DATA_DIR / "media" / "ab"
folder.mkdir(parents=True)
with (folder / "film.mp4").open("wb") as file:
    file.truncate({BIG})
film = StoredFile.objects.create(
    owner=User.objects.get(), kind="video", name="film.mp4", media_type="video/mp4",
    path="ab/film.mp4", size={BIG}, sha256="0" * 64,
)
print(film.get_absolute_url())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("big")
    assert manage(path, "migrate", "--verbosity=0").returncode == 0
    assert manage(path, "createsuperuser", "--noinput", **OWNER).returncode == 0
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Running]:
    with running(folder, "manage.py", "serve") as process:
        eventually(process.healthy, process)
        yield process


@pytest.fixture(scope="module")
def film(folder: Path, server: Running) -> str:
    return manage(folder, "shell", "-v0", "-c", FILM).stdout.strip()


@pytest.fixture
def alice(server: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url(""), timeout=60) as client:
        client.get("/accounts/login/")
        token = client.cookies["csrftoken"]
        fields = {"login": "alice", "password": "correct horse", "csrfmiddlewaretoken": token}
        assert client.post("/accounts/login/", data=fields).status_code == 302
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


def weight(server: Running) -> int:
    return int(psutil.Process(server.process.pid).memory_info().rss)


def cookies(client: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def test_half_a_gigabyte_leaves_without_passing_through_memory(
    server: Running, film: str, alice: httpx.Client
) -> None:
    before, length = weight(server), 0
    with alice.stream("GET", film) as answer:
        for piece in answer.iter_raw():
            length += len(piece)
    assert (answer.status_code, length) == (200, BIG)
    assert weight(server) - before < 40 * MIB


def test_readers_who_stop_reading_keep_nothing_in_memory(
    server: Running, film: str, alice: httpx.Client
) -> None:
    head = f"GET {film} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies(alice)}\r\n\r\n"
    before = weight(server)
    with ExitStack() as lines:
        for _reader in range(4):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            lines.enter_context(closing(line))
            line.sendall(head.encode())
            assert line.recv(15) == b"HTTP/1.1 200 OK"
        for _turn in range(20):
            assert server.healthy()
        assert weight(server) - before < 40 * MIB
    with alice.stream("GET", film, headers={"Range": "bytes=-3"}) as answer:
        assert answer.read() == b"\0\0\0"


def test_a_large_upload_is_read_from_the_disk(
    server: Running, alice: httpx.Client, folder: Path
) -> None:
    before = weight(server)
    answer = alice.post("/files/", files={"file": ("a.png", b"\0" * 45 * MIB)})
    assert answer.status_code == 422
    assert weight(server) - before < 20 * MIB
    wait_until(lambda: nothing_half_done(folder), "nothing half-done stays")


def test_an_upload_that_is_cut_in_the_middle_leaves_nothing(
    server: Running, alice: httpx.Client, folder: Path
) -> None:
    kept = len(stored(folder))
    with closing(half_an_upload(server, alice)):
        pass
    wait_until(lambda: not bytes_on_the_way(server), "what was cut is gone")
    wait_until(lambda: nothing_half_done(folder), "nothing half-done stays")
    assert len(stored(folder)) == kept


def test_a_phone_that_vanishes_in_the_middle_of_an_upload_is_noticed_at_once(
    server: Running, alice: httpx.Client, folder: Path
) -> None:
    kept = len(stored(folder))
    with closing(half_an_upload(server, alice)) as line:
        process = psutil.Process(server.process.pid)
        process.suspend()
        wait_until(lambda: process.status() == psutil.STATUS_STOPPED, "the server reads nothing")
        waiting = fill(line)
        reset(line)
    process.resume()
    wait_until(lambda: not bytes_on_the_way(server), "what was cut is gone", patience=20)
    assert waiting > MIB  # more than is read at one time
    assert nothing_half_done(folder)
    assert len(stored(folder)) == kept


def half_an_upload(server: Running, client: httpx.Client) -> socket.socket:
    """A line on which half of 20 MiB has come."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    head = [
        "POST /files/ HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: {cookies(client)}",
        f"X-CSRFToken: {client.headers['X-CSRFToken']}",
        "Content-Type: multipart/form-data; boundary=b",
        f"Content-Length: {20 * MIB}",
    ]
    part = '\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    line.sendall(("\r\n".join(head) + part).encode())
    line.sendall(b"\0" * 10 * MIB)
    wait_until(lambda: bytes_on_the_way(server) > 9 * MIB, "half of it has come")
    return line


def fill(line: socket.socket) -> int:
    """Send what the line takes while nobody reads; how many bytes that is."""
    line.setblocking(False)
    sent = 0
    with suppress(BlockingIOError):
        while sent < 9 * MIB:
            sent += line.send(b"\0" * MIB)
    return sent


def reset(line: socket.socket) -> None:
    """End it by RST: the other side is told that nobody is there, instead of good-bye."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def bytes_on_the_way(server: Running) -> int:
    """What lies in files without a name, which an end of any kind takes away."""
    files = Path(f"/proc/{server.process.pid}/fd").iterdir()
    return sum(_size(file) for file in files if _is_nameless(file))


def _is_nameless(file: Path) -> bool:
    try:
        name = str(file.readlink())
    except FileNotFoundError:
        return False
    return "incoming" in name and name.endswith("(deleted)")


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "media").rglob("*") if path.is_file()]


def nothing_half_done(folder: Path) -> bool:
    return not list((folder / "incoming").rglob("*"))
