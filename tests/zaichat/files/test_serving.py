"""How bytes leave: to whom, which part of them, under which headers."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.architecture.routes import every_route
from tests.zaichat.files.served import CONTENT, EXACT, SIZE, TAG, headers_of, said, stored, stranger
from zaichat.accounts.models import User
from zaichat.files import ranges
from zaichat.files.models import StoredFile

ACTIVE = [
    "text/html",
    "image/svg+xml",
    "application/xhtml+xml",
    "text/xml",
    "text/javascript",
    "multipart/related",
    "application/octet-stream",
    "video/quicktime",
]
SHOWN = ["image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "video/webm"]
HEARD = ["audio/mpeg", "audio/wav", "audio/mp4", "audio/webm"]


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-99", (0, 100)),
        ("bytes=100-", (100, SIZE)),
        ("bytes=-7", (SIZE - 7, SIZE)),
        ("bytes=-99999999", (0, SIZE)),
        ("bytes=5-5", (5, 6)),
        ("bytes=10-999999999", (10, SIZE)),
    ],
)
def test_a_part_is_given_as_it_was_asked_for(
    hers: Client, film: StoredFile, wanted: str, part: tuple[int, int]
) -> None:
    answer = hers.get(film.get_absolute_url(), headers={"Range": wanted})
    start, end = part
    assert answer.status_code == 206
    assert said(answer) == CONTENT[start:end]
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "odd",
    ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "x" * 9],
)
def test_words_that_name_no_one_part_get_the_whole(
    hers: Client, film: StoredFile, odd: str
) -> None:
    answer = hers.get(film.get_absolute_url(), headers={"Range": odd})
    assert (answer.status_code, said(answer)) == (200, CONTENT)
    assert answer["Content-Length"] == str(SIZE)


@pytest.mark.parametrize("behind", [f"bytes={SIZE}-", "bytes=-0", f"bytes={SIZE}-{SIZE + 5}"])
def test_a_part_behind_the_end_is_said_to_be_so(
    hers: Client, film: StoredFile, behind: str
) -> None:
    answer = hers.get(film.get_absolute_url(), headers={"Range": behind})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert answer.content == b""


def test_nothing_is_a_part_of_an_empty_file() -> None:
    with pytest.raises(ranges.Unsatisfiable):
        ranges.wanted("bytes=0-", 0)
    assert ranges.wanted("", 0) is None


def test_a_download_goes_on_only_in_the_same_bytes(hers: Client, film: StoredFile) -> None:
    part = {"Range": "bytes=10-19"}
    same = hers.get(film.get_absolute_url(), headers=part | {"If-Range": f'"{TAG}"'})
    assert (same.status_code, said(same)) == (206, CONTENT[10:20])
    for other in ('"other"', "Mon, 01 Jan 2024 00:00:00 GMT"):
        answer = hers.get(film.get_absolute_url(), headers=part | {"If-Range": other})
        assert (answer.status_code, said(answer)) == (200, CONTENT)


@pytest.mark.parametrize("media_type", [*ACTIVE, *SHOWN, *HEARD])
def test_only_what_cannot_act_is_shown_in_place(alice: User, media_type: str) -> None:
    client = Client()
    client.force_login(alice)
    answer = client.get(stored(alice, media_type, "a.html").get_absolute_url())
    assert said(answer) == CONTENT
    is_shown = media_type in SHOWN + HEARD
    assert answer["Content-Type"] == (media_type if is_shown else "application/octet-stream")
    assert answer["Content-Disposition"].startswith("inline" if is_shown else "attachment")


def test_a_pdf_is_saved_under_its_type(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    answer = client.get(stored(alice, "application/pdf", "a.pdf").get_absolute_url())
    assert said(answer) == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'


# Every way to bytes, for everybody


def byte_routes(film: StoredFile) -> dict[str, str]:
    """Route that answers with people's bytes -> its address for `film`."""
    return {
        "files/<uuid:pk>/": f"/files/{film.pk}/",
        "files/<uuid:pk>/<str:name>": f"/files/{film.pk}/film.mp4",
    }


def test_every_route_to_bytes_is_in_the_table(film: StoredFile) -> None:
    routes = {r.path for r in every_route() if r.path.startswith("files/") and r.names}
    assert routes == set(byte_routes(film)) | PAGES


PAGES = {"files/<uuid:pk>/pages/", "files/<uuid:pk>/pages/<int:number>/"}
"""What was made of a file: its pages, whole ones only."""


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_pictures_of_pages_are_as_private_and_inert(
    hers: Client, film: StoredFile, method: str
) -> None:
    picture = default_storage.save("ab/abpage.jpg", ContentFile(CONTENT))
    film.pages.create(number=1, label="0:01", picture=picture)
    place = f"/files/{film.pk}/pages/1/?picture"
    answer = hers.generic(method, place)
    assert answer.status_code == 200
    found = headers_of(answer)
    kept = {"Cache-Control", "X-Content-Type-Options", "X-Frame-Options"}
    assert {name: found[name] for name in kept} == {name: EXACT[name] for name in kept}
    assert found["Content-Security-Policy"] == "default-src 'none'; img-src 'self'; sandbox"
    assert "Cookie" in str(found["Vary"])
    for other in (stranger(), Client()):
        assert other.generic(method, place).status_code == 404


ASKED: dict[str, tuple[str, dict[str, str], int, int]] = {
    "whole": ("GET", {}, 200, SIZE),
    "head": ("HEAD", {}, 200, 0),
    "part": ("GET", {"Range": "bytes=0-9"}, 206, 10),
    "head of a part": ("HEAD", {"Range": "bytes=0-9"}, 206, 0),
    "behind": ("GET", {"Range": f"bytes={SIZE}-"}, 416, 0),
}


@pytest.mark.parametrize("route", ["files/<uuid:pk>/", "files/<uuid:pk>/<str:name>"])
@pytest.mark.parametrize("query", ["", "?download", "?size=small"])
@pytest.mark.parametrize("asked", ASKED)
def test_every_way_to_bytes_has_the_same_guards(
    hers: Client, film: StoredFile, route: str, query: str, asked: str
) -> None:
    method, headers, status, length = ASKED[asked]
    place = byte_routes(film)[route] + query
    answer = hers.generic(method, place, headers=headers)
    assert answer.status_code == status
    assert headers_of(answer) == EXACT
    sent = len(said(answer))
    assert sent == length or "small" in query
    for other in (stranger(), Client()):
        nothing = other.generic(method, place, headers=headers)
        assert nothing.status_code == 404
        assert b"film" not in nothing.content
        assert "no-store" in nothing.headers.get("Cache-Control", "no-store")


def test_nothing_is_changed_or_removed_through_these_doors(hers: Client, film: StoredFile) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert hers.generic(method, film.get_absolute_url()).status_code == 405
    assert StoredFile.objects.filter(pk=film.pk).exists()
