"""A picture by its address."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from tests.zaichat.fetching import rig
from tests.zaichat.files import pictures
from zaichat.fetching import pace
from zaichat.files.models import StoredFile


@pytest.fixture
def here(settings: LazySettings) -> Iterator[rig.Site]:
    """A site on a thread of its own, which this server may fetch from."""
    cache.clear()
    answers = {
        "/cat.png": rig.says(pictures.picture()),
        "/%2e%2e%2f%2e%2e%2f%0d%0aX-Evil:%201%E2%80%AEgnp.png": rig.says(pictures.picture()),
        "/page.png": rig.says(b"<script>alert(1)</script>"),
    }
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    opened = rig.site(answers)
    site = asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result(10)
    settings.FETCH_ORIGINS = [site.origin]
    yield site
    asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def link(client: Client, address: str) -> tuple[int, dict[str, str]]:
    answer = client.post("/files/from-link/", {"address": address})
    return answer.status_code, answer.json()


def test_a_picture_is_fetched_and_remade_like_one_that_was_brought(
    hers: Client, here: rig.Site
) -> None:
    status, said = link(hers, f" {here.origin}/cat.png ")
    assert (status, said["name"], said["kind"]) == (201, "cat.png", "image")
    with closing(hers.get(said["url"])) as answer:
        assert answer.getvalue().startswith(b"\x89PNG")


def test_a_name_from_another_server_leads_nowhere(
    hers: Client, here: rig.Site, storage: Path
) -> None:
    place = "/%2e%2e%2f%2e%2e%2f%0d%0aX-Evil:%201%E2%80%AEgnp.png"
    status, said = link(hers, f"{here.origin}{place}")
    assert (status, said["name"]) == (201, "X-Evil: 1gnp.png")
    with closing(hers.get(said["url"])) as answer:
        assert "X-Evil" not in answer.headers
    inside = [path for path in storage.rglob("*") if path.is_file()]
    assert inside
    assert all(path.is_relative_to(storage / "media") for path in inside)


@pytest.mark.parametrize("address", ["", "cat.png", "http://127.0.0.1:1/", "http://[::1]/"])
def test_an_address_that_is_not_fetched_says_why_and_stores_nothing(
    hers: Client, here: rig.Site, address: str
) -> None:
    status, said = link(hers, address)
    assert status == 422
    assert said["message"]
    assert not StoredFile.objects.exists()


def test_one_person_has_so_many_fetched_and_no_more(
    hers: Client, here: rig.Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", 1)
    assert link(hers, f"{here.origin}/cat.png")[0] == 201
    status, said = link(hers, f"{here.origin}/cat.png")
    assert (status, here.visits) == (422, 1)
    assert "Try again later" in said["message"]
