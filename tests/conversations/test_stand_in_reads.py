"""What the engine tells a model about files, as the stand-in understands it; both have words of
their own for it."""

from dataclasses import replace
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.test import Client

from conversations.engine import attaching
from conversations.engine.documents import Document, Leaf
from conversations.engine.quoting import ENGLISH, Quote, block
from tests.conftest import OpenSocket
from tests.conversations.documents import document
from tests.conversations.test_asking_films import asked, brought, kinds
from tests.standin import StandIn
from tests.zaichat.files import pictures
from zaichat.accounts.models import User
from zaichat.emulator.documents.quoting import pages_in
from zaichat.emulator.vision.places import marks_in, without_marks

MARKS = [
    {"number": 1, "kind": "box", "at": [1, 2, 30, 40]},
    {"number": 2, "kind": "arrow", "at": [1, 2, 3, 4]},
    {"number": 3, "kind": "number", "at": [500, 600]},
]
ONLY_BY_ADDRESS = "glm-4v-flash"


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.mark.parametrize("words", [attaching.ENGLISH, attaching.CHINESE])
def test_marks_are_understood(words: attaching.Words) -> None:
    question = f"{attaching.marked_words(words, 2, MARKS)}\nWhat is there?"
    found = [(mark.picture, mark.kind, mark.number, mark.at) for mark in marks_in(question)]
    assert found == [(2, mark["kind"], mark["number"], mark["at"]) for mark in MARKS]
    assert without_marks(question) == "What is there?"


@pytest.mark.django_db
def test_pages_are_understood(alice: User) -> None:
    file = document(alice, 'a "good" report.pdf', "First page.", "Second\n\npage.")
    leaves = (Leaf(1, 10), Leaf(2, 10))
    quote = Quote(Document(3, file, file.pk, leaves), (1, 2))
    found = [(page.name, page.mark, page.text) for page in pages_in(block(quote, ENGLISH))]
    assert found == [
        ("a 'good' report.pdf", "[3:1]", "First page."),
        ("a 'good' report.pdf", "[3:2]", "Second\n\npage."),
    ]


async def test_a_mark_names_its_picture_by_what_the_model_sees(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    paper = await sync_to_async(document)(alice, "report.pdf", "Only words.")
    photo = await brought(alice, pictures.picture())
    photo.origin = {**photo.origin, "marks": MARKS[:1]}
    await photo.asave(update_fields=["origin"])
    parts = await asked(tab, standin, "and in the box", "glm-4.6v", paper, photo)
    assert "[marked on picture 1," in parts[-1]["text"]


async def test_a_model_that_wants_addresses_is_refused_pictures_where_it_could_fetch_none(
    alice: User, open_socket: OpenSocket
) -> None:
    tab, photo = await open_socket(alice), await brought(alice, pictures.picture())
    refused = await tab.send("what is it", model=ONLY_BY_ADDRESS, attachments=[str(photo.pk)])
    assert (refused["event"], refused["code"]) == ("refused", "bad_field")
    assert "GLM-4V-Flash takes pictures by web address only" in refused["message"]


async def test_a_model_that_wants_addresses_gets_one_and_the_stand_in_takes_it(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "https://chat.example.org"
    settings.ADDRESSES = replace(settings.ADDRESSES, secure=True)
    tab, photo = await open_socket(alice), await brought(alice, pictures.picture(), "cat.png")
    parts = await asked(tab, standin, "what is it", ONLY_BY_ADDRESS, photo)
    assert kinds(parts) == ["image_url", "text"]
    place = parts[0]["image_url"]["url"].removeprefix("https://chat.example.org")
    answer = await sync_to_async(Client().get)(place, secure=True)
    assert b"".join(answer.streaming_content) == await sync_to_async(photo.read)()
