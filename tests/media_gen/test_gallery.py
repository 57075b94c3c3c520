"""The gallery as a person meets it."""

import pytest
from django.test import Client

from tests.media_gen.making import done
from zaichat.accounts.models import User

SCRIPT = {"X-Requested-With": "fetch"}


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
