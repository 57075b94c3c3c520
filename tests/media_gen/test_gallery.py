"""The gallery as a person meets it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from media_gen.models import Job, State
from tests.media_gen.making import wanted
from tests.zaichat.files.pictures import picture
from zaichat.accounts.models import User
from zaichat.files.receiving import receive

SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def house(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def hers(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def done(user: User, prompt: str = "a cat", **more: Any) -> Job:
    (job,) = wanted(user, prompt=prompt)
    stored = receive(user, SimpleUploadedFile("cat.png", picture()))
    fields = {"state": State.DONE, "result": stored, "ended_at": now(), **more}
    Job.objects.filter(pk=job.pk).update(**fields)
    return Job.objects.get(pk=job.pk)


def test_the_gallery_is_narrowed_and_goes_on(
    hers: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("media_gen.views.gallery.PAGE", 2)
    jobs = [done(alice, f"cat {number}") for number in range(3)]
    hers.post(f"/gallery/{jobs[0].pk}/star/")
    assert hers.get("/gallery/?starred=1").content.decode().count("data-job=") == 1
    assert hers.get("/gallery/?kind=video").content.decode().count("data-job=") == 0
    assert hers.get("/gallery/").content.decode().count("data-job=") == 2
    older = hers.get(f"/gallery/?before={jobs[1].pk}").content.decode()
    assert str(jobs[0].pk) in older


def test_one_picture_says_how_it_was_made_and_leads_on(hers: Client, alice: User) -> None:
    older, newer = done(alice, "older"), done(alice, "newer")
    page = hers.get(f"/gallery/{newer.pk}/").content.decode()
    assert "GLM-Image" in page
    assert f"/gallery/{older.pk}/" in page
    hers.post(f"/gallery/{newer.pk}/delete/")
    assert hers.get(f"/gallery/{newer.pk}/").status_code == 404
    assert hers.get(f"/gallery/{older.pk}/").status_code == 200
