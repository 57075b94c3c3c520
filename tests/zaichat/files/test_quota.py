"""How much a person may keep."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.zaichat.files import pictures
from zaichat.accounts.models import User
from zaichat.files import keeping, quota
from zaichat.files.made import Made, Unreadable
from zaichat.files.models import Kind, StoredFile
from zaichat.files.receiving import receive


def a_file(owner: User, kind: str, size: int) -> StoredFile:
    path = f"aa/{StoredFile.objects.count()}"
    return StoredFile.objects.create(
        owner=owner, kind=kind, name="a", media_type="x/y", path=path, size=size
    )


def bytes_kept(storage: Path) -> list[Path]:
    return [path for path in (storage / "media").rglob("*") if path.is_file()]


def test_what_is_used_is_counted_in_one_query_and_by_reference(alice: User) -> None:
    for kind, size in [("image", 10), ("video", 500), ("image", 7), ("document", 1)]:
        a_file(alice, kind, size)
    a_file(factories.person("bob"), "image", 99)
    with CaptureQueriesContext(connection) as seen:
        shares = quota.shares_of(alice)
    assert len(seen) == 1
    assert shares == [
        quota.Share(Kind.VIDEO, 1, 500),
        quota.Share(Kind.IMAGE, 2, 17),
        quota.Share(Kind.DOCUMENT, 1, 1),
    ]


def test_the_settings_page_says_what_is_used_by_kind(
    hers: Client, alice: User, settings: LazySettings
) -> None:
    settings.STORAGE_PER_PERSON = 10 * 1024**3
    a_file(alice, "video", 3 * 1024**2)
    page = hers.get("/settings/").content.decode()
    assert "3.0\xa0MB</b> of 10.0\xa0GB" in page
    assert '<th scope="row">Films</th><td class="figures__end">1</td>' in page
    assert 'max="10737418240" high="9663676416" value="3145728"' in page
    settings.STORAGE_PER_PERSON = 0
    assert "<meter" not in hers.get("/settings/").content.decode()


def test_what_does_not_fit_is_refused_in_words_and_leaves_nothing(
    hers: Client, alice: User, storage: Path, settings: LazySettings
) -> None:
    settings.STORAGE_PER_PERSON = 1024
    a_file(alice, "image", 1000)
    for full in (1000, 1024):
        StoredFile.objects.update(size=full)
        upload = SimpleUploadedFile("cat.png", pictures.picture())
        answer = hers.post("/files/", {"file": upload})
        assert answer.status_code == 422
        assert "Your storage is full" in answer.json()["message"]
        assert "1.0\xa0KB are used" in answer.json()["message"]
    assert StoredFile.objects.count() == 1
    assert not bytes_kept(storage)


def test_somebody_elses_files_take_none_of_my_room(alice: User, settings: LazySettings) -> None:
    settings.STORAGE_PER_PERSON = 5000
    a_file(factories.person("bob"), "image", 5000)
    assert receive(alice, SimpleUploadedFile("cat.png", pictures.picture())).pk


@pytest.mark.django_db(transaction=True)
def test_of_two_uploads_at_once_only_what_fits_is_kept(
    storage: Path, settings: LazySettings
) -> None:
    settings.STORAGE_PER_PERSON = 150
    person, together = factories.person("carol"), Barrier(4)

    def bring(number: int) -> bool:
        source = storage / f"{number}.bin"
        source.write_bytes(b"x" * 100)
        together.wait()
        try:
            keeping.keep(person, "a", Made(source, "x/y", Kind.IMAGE))
        except Unreadable:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        kept = list(threads.map(bring, range(4)))
    assert sorted(kept) == [False, False, False, True]
    assert quota.used_by(person) == 100
    assert len(bytes_kept(storage)) == 1
