"""The door for bytes."""

import errno
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils.timezone import now

from tests import factories
from tests.zaichat.files import pictures
from zaichat.files.models import StoredFile


@pytest.fixture
def photo(hers: Client) -> StoredFile:
    answer = hers.post("/files/", {"file": SimpleUploadedFile("cat.jpg", pictures.picture("JPEG"))})
    assert answer.status_code == 201
    return StoredFile.objects.get(pk=answer.json()["id"])


def test_what_was_taken_is_described(hers: Client) -> None:
    data = pictures.phone_photo("HEIF")
    said = hers.post("/files/", {"file": SimpleUploadedFile("猫.heic", data)}).json()
    assert said["name"] == "猫.jpg"
    assert (said["width"], said["height"]) == (1536, 2048)
    assert said["url"] == f"/files/{said['id']}/"
    small = hers.get(said["thumbnail"])
    assert small["Content-Type"] == "image/webp"
    assert max(pictures.opened(small.getvalue()).size) == 512


@pytest.mark.parametrize("query", ["", "?size=small", "?download"])
def test_bytes_are_inert_and_private(hers: Client, photo: StoredFile, query: str) -> None:
    answer = hers.get(photo.get_absolute_url() + query)
    assert (answer.status_code, bool(answer.getvalue())) == (200, True)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"].split("; ")
    assert sorted(policy) == ["default-src 'none'", "sandbox"]
    assert answer["Content-Disposition"].startswith("attachment" if "d" in query[:2] else "inline")


@pytest.mark.parametrize("query", ["", "?size=small", "?download"])
def test_a_stranger_and_somebody_signed_out_find_nothing(photo: StoredFile, query: str) -> None:
    mallory = Client()
    mallory.force_login(factories.person("mallory"))
    for client in (mallory, Client()):
        for method in (client.get, client.head):
            assert method(photo.get_absolute_url() + query).status_code == 404


def test_a_deleted_file_is_not_given_out(hers: Client, photo: StoredFile) -> None:
    StoredFile.objects.update(deleted_at=now())
    assert hers.get(photo.get_absolute_url()).status_code == 404


def test_a_file_the_storage_lost_is_not_found(
    hers: Client, photo: StoredFile, storage: Path
) -> None:
    for path in (storage / "media").rglob("*.jpg"):
        path.unlink()
    assert hers.get(photo.get_absolute_url()).status_code == 404


def test_bad_uploads_say_why_in_the_persons_language(hers: Client) -> None:
    def bad() -> dict[str, SimpleUploadedFile]:
        return {"file": SimpleUploadedFile("a.png", b"GIF89a<script>")}

    english = hers.post("/files/", bad())
    assert english.status_code == 422
    assert "not a picture" in english.json()["message"]
    chinese = hers.post("/files/", bad(), headers={"Accept-Language": "zh-CN"})
    assert "图片" in chinese.json()["message"]
    assert "file" in hers.post("/files/").json()["message"]


@pytest.mark.parametrize(
    "marks",
    [
        "no JSON",
        "{}",
        '[{"kind": "star", "at": [1, 2]}]',
        '[{"kind": "box", "at": [1, 2]}]',
        '[{"kind": "number", "at": [1, 1001]}]',
        '[{"kind": "number", "at": [1, true]}]',
        "[" + ", ".join(['{"kind": "number", "at": [1, 2]}'] * 21) + "]",
    ],
)
def test_marks_that_make_no_sense_are_refused_with_the_picture(hers: Client, marks: str) -> None:
    data = {"file": SimpleUploadedFile("a.png", pictures.picture()), "marks": marks}
    answer = hers.post("/files/", data)
    assert answer.status_code == 422
    assert "marks" in answer.json()["message"]
    assert not StoredFile.objects.exists()


def test_marks_are_kept_beside_the_picture(hers: Client) -> None:
    marks = '[{"kind": "box", "at": [1, 2, 3, 4], "number": 9}]'
    data = {"file": SimpleUploadedFile("a.png", pictures.picture()), "marks": marks}
    kept = hers.post("/files/", data).json()["origin"]["marks"]
    assert kept == [{"number": 1, "kind": "box", "at": [1, 2, 3, 4]}]


def test_uploading_asks_for_an_account_and_a_token(hers: Client) -> None:
    data = {"file": SimpleUploadedFile("a.png", pictures.picture())}
    assert Client().post("/files/", data).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = hers.cookies
    assert strict.post("/files/", data).status_code == 403
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(
    hers: Client, storage: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def full(name: str, content: object) -> str:
        raise OSError(error, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    answer = hers.post("/files/", {"file": SimpleUploadedFile("cat.png", pictures.picture())})
    assert (answer.status_code, answer.json()) == (507, {"message": "The server's disk is full."})
    assert not [path for path in storage.rglob("*") if path.is_file()]
    assert not StoredFile.objects.exists()


def test_a_large_upload_is_taken_over_without_a_copy(hers: Client, storage: Path) -> None:
    picture = pictures.picture("BMP", (800, 600))
    assert len(picture) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    with override_settings(FILE_UPLOAD_TEMP_DIR=storage):
        answer = hers.post("/files/", {"file": SimpleUploadedFile("a.bmp", picture)})
    assert (answer.json()["width"], answer.json()["height"]) == (800, 600)
    left = [path for path in storage.rglob("*") if path.is_file()]
    assert all(path.is_relative_to(storage / "media") for path in left)


def test_a_name_of_thousands_of_signs_is_refused_in_words(hers: Client) -> None:
    form = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="%s.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n%s\r\n--edge--\r\n"
    ) % ("猫".encode() * 1000, pictures.picture("JPEG"))
    content_type = "multipart/form-data; boundary=edge"
    answer = hers.post("/files/", form, content_type=content_type)
    assert answer.status_code == 400
    assert "the file's name has more than 900 bytes" in answer.json()["message"]
    other = hers.post("/files/from-link/", form, content_type=content_type)
    assert (other.status_code, b"message" in other.content) == (400, False)
