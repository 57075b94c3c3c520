"""Films and recordings along with a question: what the model is given, and what the page shows."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conversations.engine import films
from conversations.models import Message
from tests.conftest import OpenSocket
from tests.standin import StandIn
from tests.zaichat.files import films as making
from tests.zaichat.files import pictures
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive
from zaichat.zai import catalog

COUNT = "[[script:count n=3 every_ms=1]]"
WATCHES, SEES, BLIND = "glm-4.6v", "glm-5.3-flash", "glm-4.6"


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def public(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://chat.example.org"
    settings.ADDRESSES = replace(settings.ADDRESSES, secure=True)


async def brought(person: User, data: bytes, name: str = "a") -> StoredFile:
    return await sync_to_async(receive)(person, SimpleUploadedFile(name, data))


async def asked(
    tab: Any, standin: StandIn, text: str, model: str, *files: StoredFile
) -> list[dict[str, Any]]:
    """The parts of the last message that the API was told."""
    attachments = [str(file.pk) for file in files]
    opened = await tab.send(f"{COUNT} {text}", model=model, attachments=attachments)
    assert opened["event"] == "opened", opened
    await tab.hear_until("ended", generation=opened["generation"])
    (request,) = await asyncio.to_thread(standin.asked, text)
    content = request["body"]["messages"][-1]["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def kinds(parts: list[dict[str, Any]]) -> list[str]:
    return [part["type"] for part in parts]


@pytest.mark.usefixtures("public")
async def test_a_model_that_watches_gets_a_film_by_an_address_that_works(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    data = making.film(seconds=2)
    film, photo = await brought(alice, data), await brought(alice, pictures.picture())
    parts = await asked(tab, standin, "what happens", WATCHES, photo, film)
    assert kinds(parts) == ["video_url", "image_url", "text"]
    url = parts[0]["video_url"]["url"]
    assert url.startswith("https://chat.example.org/files/")
    place = url.removeprefix("https://chat.example.org")
    answer = await sync_to_async(Client().get)(place, secure=True)
    assert b"".join(answer.streaming_content) == data


async def test_a_house_that_nobody_can_reach_sends_stills_and_says_when_they_are(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    film = await brought(alice, making.film(seconds=3), "Tanz.mp4")
    parts = await asked(tab, standin, "what happens", WATCHES, film)
    assert kinds(parts) == ["image_url"] * 3 + ["text"]
    assert parts[0]["image_url"]["url"].startswith("data:image/jpeg;base64,")
    said = "[film “Tanz.mp4”, 0:03 long, shown as stills at 0:00, 0:01, 0:02]"
    assert said in parts[-1]["text"]


@pytest.mark.usefixtures("public")
async def test_stills_go_to_models_that_see_but_do_not_watch_and_for_formats_nobody_fetches(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    film = await brought(alice, making.film(seconds=2))
    parts = await asked(tab, standin, "一共几个人？", SEES, film)
    assert kinds(parts) == ["image_url"] * 2 + ["text"]
    assert "以静帧展示，时间点：0:00, 0:01" in parts[-1]["text"]
    other = await brought(alice, making.film("webm", seconds=2))
    assert kinds(await asked(tab, standin, "and this", WATCHES, other)).count("video_url") == 0


async def test_a_model_that_cannot_see_is_refused_a_film_before_anything_is_stored(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    film = await brought(alice, making.film(seconds=1))
    refused = await tab.send("what is it", model=BLIND, attachments=[str(film.pk)])
    assert (refused["event"], refused["code"]) == ("refused", "bad_field")
    assert "cannot see films" in refused["message"]
    assert not await Message.objects.aexists()


async def test_a_recording_is_told_by_name_to_any_model_and_played_on_the_page(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    memo = await brought(alice, making.recording("mp3"), "memo.mp3")
    parts = await asked(tab, standin, "listen", BLIND, memo)
    assert kinds(parts) == ["text"]
    assert "[recording “memo.mp3”, 0:02 long, which you cannot hear]" in parts[0]["text"]


async def test_a_question_plays_its_films_and_recordings(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    film, memo = await brought(alice, making.film()), await brought(alice, making.recording())
    odd = await brought(alice, making.film("matroska"))
    files = [str(file.pk) for file in (film, memo, odd)]
    opened = await tab.send("look", model=WATCHES, attachments=files)
    html = opened["html"]
    assert f'src="/files/{film.pk}/" width="400" height="300"' in html
    assert '<video controls preload="none"' in html
    assert f'poster="/files/{film.pk}/?size=small"' in html
    assert f'<audio controls preload="none" src="/files/{memo.pk}/"' in html
    assert f'href="/files/{odd.pk}/?download"' in html


# How films share what a model takes


def a_film(name: str, stills: int = 16, **fields: Any) -> StoredFile:
    origin = {"format": "mp4"}
    return StoredFile(
        kind="video", name=name, page_count=stills, seconds=10, size=1000, origin=origin, **fields
    )


def question(*files: StoredFile) -> Message:
    message = Message()
    message.attached = files
    return message


def planned(model: str, *messages: Message, pictures: int = 0) -> list[tuple[str, int]]:
    """Name, and how many stills; -1 for a film that goes whole."""
    found = films.shown(messages, catalog.find(model), pictures)
    rows = {file.pk: file for message in messages for file in message.attached}
    return sorted(
        (rows[key].name, -1 if one.is_whole else len(one.stills)) for key, one in found.items()
    )


@pytest.mark.usefixtures("public")
def test_the_newest_films_go_whole_and_earlier_ones_as_stills() -> None:
    path = [question(a_film("a")), question(a_film("b")), question(a_film("c"))]
    assert planned("glm-4.6v", *path) == [("a", 16), ("b", -1), ("c", -1)]
    assert planned("glm-4.5v", *path) == [("a", 16), ("b", 16), ("c", -1)]


@pytest.mark.usefixtures("public")
def test_a_film_above_a_models_own_limits_goes_as_stills() -> None:
    assert planned("glm-4v-plus-0111", question(a_film("a"))) == [("a", -1)]
    long, heavy = a_film("long"), a_film("heavy")
    long.seconds, heavy.size = 31, 20_000_001
    assert planned("glm-4v-plus-0111", question(long)) == [("long", 5)]
    assert planned("glm-4v-plus-0111", question(heavy)) == [("heavy", 5)]


def test_stills_leave_the_pictures_of_the_person_their_places() -> None:
    assert planned("glm-4v-plus-0111", question(a_film("a")), pictures=3) == [("a", 2)]
    assert planned("glm-4v-plus-0111", question(a_film("a")), pictures=5) == [("a", 0)]
    assert planned("glm-4.6", question(a_film("a"))) == []


def test_stills_are_spread_over_the_film() -> None:
    assert films.spread(16, 4) == (3, 7, 11, 15)
    assert films.spread(3, 50) == (1, 2, 3)
    assert films.spread(16, 0) == films.spread(0, 9) == ()
