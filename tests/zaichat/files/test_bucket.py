"""People's files in a bucket: everything as on the disk, and clear words where it is away."""

import os
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import s3
from tests.running import free_port
from tests.zaichat.files import films, papers, pictures
from tests.zaichat.files.served import CONTENT, EXACT, SIZE, headers_of, said, status_of, stored
from tests.zaichat.files.served import stranger as a_stranger
from zaichat.accounts.models import User
from zaichat.files import sweeping
from zaichat.files.bucket import PIECE
from zaichat.files.documents import drawn_page
from zaichat.files.keeping import _Moving
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive
from zaichat.files.storing import Away, Refusing, check_storage

pytestmark = pytest.mark.slow
AWAY = "The storage for files cannot be reached, so nothing was kept. Try again soon."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[s3.Serving]:
    with s3.serving(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def bucket(house: s3.Serving, settings: LazySettings) -> Iterator[s3.Serving]:
    house.empty()
    with s3.used(settings, s3.storage(house.address)):
        yield house


@pytest.fixture
def away(settings: LazySettings) -> Iterator[None]:
    """Nobody listens there."""
    with s3.used(settings, s3.storage(f"http://127.0.0.1:{free_port()}")):
        yield


def brought(user: User, name: str, data: bytes) -> StoredFile:
    return receive(user, SimpleUploadedFile(name, data))


def test_what_is_brought_lies_in_the_bucket_and_nowhere_else(
    hers: Client, storage: Path, bucket: s3.Serving
) -> None:
    files = {
        "a.png": (pictures.picture(), 2),
        "scan.pdf": (papers.scanned_pdf(2), 4),
        "notes.txt": ("说明 ".encode() * 40, 1),
        "film.mp4": (films.film(seconds=2), 2),
    }
    for name, (data, least) in files.items():
        before = len(bucket.names())
        answer = hers.post("/files/", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 201, answer.content
        assert len(bucket.names()) >= before + least
    assert all(name.startswith(f"{s3.PREFIX}/") for name in bucket.names())
    assert not [path for path in storage.rglob("*") if path.is_file()]
    scan = StoredFile.objects.get(name="scan.pdf")
    assert drawn_page(scan, 2, "")[:4] == b"\x89PNG"
    picture = hers.get(f"/files/{scan.pk}/pages/1/?picture")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")


def test_bytes_leave_under_the_same_guards_as_from_the_disk(
    hers: Client, bucket: s3.Serving, alice: User
) -> None:
    place = stored(alice).get_absolute_url()
    for asked, status, expected in (
        ({}, 200, CONTENT),
        ({"Range": "bytes=100-199"}, 206, CONTENT[100:200]),
        ({"Range": "bytes=-7"}, 206, CONTENT[-7:]),
        ({"Range": f"bytes={SIZE}-"}, 416, b""),
    ):
        answer = hers.get(place, headers=asked)
        assert (answer.status_code, said(answer)) == (status, expected)
        assert headers_of(answer) == EXACT
    head = hers.head(place)
    assert (head["Content-Length"], headers_of(head)) == (str(SIZE), EXACT)
    assert said(hers.get(f"{place}?size=small")) == b"small"
    assert status_of(a_stranger().get(place)) == 404


def test_a_large_file_goes_up_in_pieces_and_is_read_from_any_place_on(
    bucket: s3.Serving, storage: Path
) -> None:
    data = os.urandom(2 * PIECE + 5)
    (storage / "kept.mp4").write_bytes(data)
    with _Moving(storage / "kept.mp4") as file:
        name = default_storage.save("ab/abfilm.mp4", file)
    found = bucket.client.head_object(Bucket=s3.NAME, Key=f"{s3.PREFIX}/{name}")
    assert found["ETag"].endswith('-3"')
    with default_storage.open(name) as there:
        assert b"".join(there.chunks(PIECE)) == data
        there.seek(-9, os.SEEK_END)
        assert (there.tell(), there.read(), there.read()) == (len(data) - 9, data[-9:], b"")


def test_the_sweep_removes_what_no_row_names_and_nothing_else(
    alice: User, bucket: s3.Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = brought(alice, "scan.pdf", papers.scanned_pdf(1))
    brought(alice, "gone.png", pictures.picture()).delete()
    default_storage.save("a7/a7orphan.png", ContentFile(b"x"))
    monkeypatch.setattr(sweeping, "FOLDERS_AT_ONCE", 256)
    sweeping.clear_orphans()
    assert len(bucket.names()) == 6, "it may be an upload that is still going on"
    monkeypatch.setattr(sweeping, "GIVE_UP", timedelta(seconds=-60))
    sweeping.clear_orphans()
    assert len(bucket.names()) == 3
    assert kept.read().startswith(b"%PDF")


def test_bytes_that_are_gone_are_not_found(hers: Client, bucket: s3.Serving, alice: User) -> None:
    film = stored(alice)
    default_storage.delete(film.path)
    assert not default_storage.exists(film.path)
    assert hers.get(film.get_absolute_url()).status_code == 404


def test_where_the_bucket_is_away_nothing_half_done_stays_and_it_is_said(
    hers: Client, away: None, storage: Path
) -> None:
    answer = hers.post("/files/", {"file": SimpleUploadedFile("a.png", pictures.picture())})
    assert (answer.status_code, answer.json()) == (503, {"message": AWAY})
    assert not StoredFile.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]
    health = hers.get("/healthz")
    assert health.status_code == 503
    assert health.json()["storage"] == {"ok": False, "error": "Away"}


def test_what_cannot_be_read_now_is_not_said_to_be_gone(
    hers: Client, alice: User, bucket: s3.Serving, settings: LazySettings
) -> None:
    film = stored(alice)
    with s3.used(settings, s3.storage(f"http://127.0.0.1:{free_port()}")):
        answer = hers.get(film.get_absolute_url())
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert headers_of(answer) == EXACT


# What a start says


def told(settings: LazySettings, options: dict[str, Any]) -> list[tuple[str, str]]:
    with s3.used(settings, options):
        return [(str(one.id), one.msg) for one in check_storage()]


def test_a_start_says_that_there_is_no_such_bucket(
    house: s3.Serving, settings: LazySettings
) -> None:
    assert told(settings, s3.storage(house.address)) == []
    other = s3.storage(house.address, "other")
    assert told(settings, other) == [("files.E001", "MEDIA_STORAGE: there is no bucket “other”.")]
    with s3.used(settings, other), pytest.raises(Refusing):
        default_storage.save("ab/a.bin", ContentFile(b"x"))


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [(403, "files.E002", "refuses us"), (500, "files.W001", "does not answer")],
)
def test_a_start_says_whether_the_keys_are_wrong_or_the_server(
    settings: LazySettings, status: int, code: str, words: str
) -> None:
    class Answering(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *said: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        ((said_code, said_words),) = told(
            settings, s3.storage(f"http://127.0.0.1:{server.server_port}")
        )
    finally:
        server.shutdown()
        server.server_close()
    assert said_code == code
    assert words in said_words
    assert s3.KEYS["secret_key"] not in said_words


def test_a_start_without_keys_says_so(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    nowhere = s3.storage("http://127.0.0.1:1", access_key=None, secret_key=None)
    ((code, words),) = told(settings, nowhere)
    assert (code, "credentials" in words) == ("files.E002", True)


def test_reading_fails_where_the_bucket_ends_a_file_too_early(bucket: s3.Serving) -> None:
    name = default_storage.save("ab/a.bin", ContentFile(b"whole"))
    with default_storage.open(name) as there:
        there.size = 9
        with pytest.raises(Away):
            list(there.chunks())
