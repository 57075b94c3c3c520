"""Bytes by another way: a signed link for the vendor, a server in front that sends them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.zaichat.files.served import (
    CONTENT,
    EXACT,
    headers_of,
    said,
    status_of,
    stored,
    stranger,
)
from zaichat.accounts.models import User
from zaichat.files import signing
from zaichat.files.models import StoredFile

# The vendor's way


def path_of(link: str) -> str:
    assert link.startswith("https://chat.example.org/files/")
    return link.removeprefix("https://chat.example.org")


@pytest.mark.usefixtures("public")
def test_a_signed_link_opens_one_file_without_a_session(film: StoredFile, alice: User) -> None:
    place = path_of(signing.signed_url(film))
    answer = Client().get(place, secure=True, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, said(answer)) == (206, CONTENT[:4])
    assert headers_of(answer) == EXACT
    signature = place.partition("?")[2]
    other = stored(alice)
    assert place.startswith(f"/files/{film.pk}/file.mp4?sig=")
    assert status_of(Client().get(f"{other.get_absolute_url()}?{signature}", secure=True)) == 404
    assert status_of(Client().get(f"{film.get_absolute_url()}?sig=x", secure=True)) == 404


@pytest.mark.usefixtures("public")
def test_a_signed_link_is_worth_nothing_after_a_quarter_of_an_hour_or_a_deletion(
    film: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = path_of(signing.signed_url(film))
    assert status_of(Client().get(place, secure=True)) == 200
    StoredFile.objects.update(deleted_at=timezone.now())
    assert status_of(Client().get(place, secure=True)) == 404
    StoredFile.objects.update(deleted_at=None)
    monkeypatch.setattr(signing, "VALID", timedelta(seconds=-1))
    assert status_of(Client().get(place, secure=True)) == 404


def test_without_a_public_https_address_no_signature_counts(
    film: StoredFile, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "http://chat.example.org"
    place = signing.signed_url(film).removeprefix("http://chat.example.org")
    assert not signing.can_link()
    assert Client().get(place).status_code == 404


# A server in front


def test_a_server_in_front_is_told_the_place_and_nothing_else_changes(
    hers: Client, film: StoredFile, settings: LazySettings
) -> None:
    settings.X_ACCEL = "/media-inside/"
    answer = hers.get(film.get_absolute_url(), headers={"Range": "bytes=0-9"})
    assert answer["X-Accel-Redirect"] == f"/media-inside/{film.path}"
    assert (answer.status_code, answer.content) == (200, b"")
    assert headers_of(answer) == EXACT
    assert answer["Content-Type"] == "video/mp4"
    assert stranger().get(film.get_absolute_url()).status_code == 404
    assert hers.get(f"/media-inside/{film.path}").status_code == 404


@pytest.mark.parametrize("direction", [lambda name: name, lambda name: f"dir/{name}"])
def test_no_name_can_write_a_header_of_its_own(
    alice: User, hers: Client, settings: LazySettings, direction: Callable[[str], str]
) -> None:
    settings.X_ACCEL = "media-inside"
    evil = direction("a%0d%0aX-Accel-Redirect: /etc/passwd\r\nX-Evil: 1.mp4")
    film = stored(alice, name=evil)
    StoredFile.objects.filter(pk=film.pk).update(path="ab/a b%0d\nX-Evil: 1?.mp4")
    answer = hers.get(film.get_absolute_url())
    assert answer["X-Accel-Redirect"] == "/media-inside/ab/a%20b%250d%0AX-Evil%3A%201%3F.mp4"
    assert "X-Evil" not in answer.headers
    assert "\n" not in answer["Content-Disposition"]
