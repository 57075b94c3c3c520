"""Pictures along with a question: whose they are, what the model is shown, and what stays."""

import asyncio
import base64
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from conversations.engine import attaching
from conversations.engine.forking import Extent, fork
from conversations.models import Attachment, Generation, Message
from tests import s3
from tests.conftest import OpenSocket
from tests.running import free_port
from tests.socket_client import Socket
from tests.standin import StandIn
from tests.zaichat.files import pictures
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

COUNT = "[[script:count n=3 every_ms=1]]"
SEES, BLIND = "glm-4.6v", "glm-4.6"


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


async def a_photo(person: User, name: str = "cat.jpg") -> StoredFile:
    upload = SimpleUploadedFile(name, pictures.picture("JPEG"))
    return await sync_to_async(receive)(person, upload)


async def edited(tab: Socket, question: str, text: str, **fields: Any) -> dict[str, Any]:
    command = uuid4()
    await tab.say(do="edit", id=command, message=question, text=text, **fields)
    return await tab.answer_to(command)


async def answered(tab: Socket, text: str, **fields: Any) -> dict[str, Any]:
    opened = await tab.send(text, **fields)
    await tab.hear_until("ended", generation=opened["generation"])
    return opened


async def request_of(standin: StandIn, text: str) -> list[dict[str, Any]]:
    (request,) = await asyncio.to_thread(standin.asked, text)
    messages: list[dict[str, Any]] = request["body"]["messages"]
    return messages


async def test_pictures_reach_the_model_in_order_and_before_the_words(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    one, two = await a_photo(alice), await a_photo(alice, "dog.jpg")
    files = [str(two.pk), str(one.pk)]
    opened = await answered(tab, f"{COUNT} who", model=SEES, attachments=files)

    [asked] = await request_of(standin, "who")
    assert [part["type"] for part in asked["content"]] == ["image_url", "image_url", "text"]
    url = asked["content"][0]["image_url"]["url"]
    assert url.startswith("data:image/jpeg;base64,")
    assert base64.b64decode(url.partition(",")[2]) == await sync_to_async(two.read)()
    assert opened["html"].index(str(two.pk)) < opened["html"].index(str(one.pk))


async def test_a_picture_is_encoded_away_from_the_loop(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def encoded(data: bytes) -> bytes:
        threads.append(threading.get_ident())
        return base64.b64encode(data)

    monkeypatch.setattr(attaching, "b64encode", encoded)
    tab, photo = await open_socket(alice), await a_photo(alice)
    await answered(tab, f"{COUNT} who", model=SEES, attachments=[str(photo.pk)])
    assert threads
    assert threading.get_ident() not in threads


async def test_a_picture_needs_no_words(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    opened = await tab.send("", model=SEES, attachments=[str(photo.pk)])
    assert opened["event"] == "opened"
    assert (await tab.send("  ", model=SEES))["code"] == "bad_field"


async def test_a_model_that_cannot_see_is_refused_before_anything_is_stored(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    refused = await tab.send("what is it", model=BLIND, attachments=[str(photo.pk)])
    assert (refused["event"], refused["code"]) == ("refused", "bad_field")
    assert "cannot see pictures" in refused["message"]
    assert not await Message.objects.aexists()


async def test_a_strangers_file_cannot_be_sent_along(
    alice: User, mallory: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(mallory)
    for file in (str((await a_photo(alice)).pk), str(uuid4())):
        refused = await tab.send("mine now", model=SEES, attachments=[file])
        assert refused["code"] == "not_found"
    assert not await Attachment.objects.aexists()


async def test_an_edited_question_keeps_its_pictures_unless_others_are_named(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    old, new = await a_photo(alice), await a_photo(alice, "new.jpg")
    first = await answered(tab, f"{COUNT} a", model=SEES, attachments=[str(old.pk)])
    question = first["user_message"]
    for text, files, expected in [
        ("kept", {}, [old.pk]),
        ("changed", {"attachments": [str(new.pk)]}, [new.pk]),
        ("none", {"attachments": []}, []),
    ]:
        opened = await edited(tab, question, f"{COUNT} {text}", **files)
        await tab.hear_until("ended", generation=opened["generation"])
        made = await Message.objects.aget(pk=opened["user_message"])
        assert [file.pk for file in await sync_to_async(lambda m: list(m.attached))(made)] == (
            expected
        )


async def test_a_question_that_gets_a_picture_is_asked_again_of_the_model_that_was_switched_to(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await answered(tab, f"{COUNT} without", model=BLIND)
    photo = await a_photo(alice)
    question = first["user_message"]
    with_photo = {"attachments": [str(photo.pk)]}
    opened = await edited(tab, question, f"{COUNT} with", model=SEES, **with_photo)
    await tab.hear_until("ended", generation=opened["generation"])
    generation = await Generation.objects.aget(pk=opened["generation"])
    assert generation.model == SEES


async def notices(opened: dict[str, Any]) -> list[dict[str, Any]]:
    generation = await Generation.objects.aget(pk=opened["generation"])
    return [part for part in generation.parts if part["kind"] == "notice"]


async def test_another_model_that_cannot_see_goes_on_talking_about_the_picture(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    first = await answered(tab, f"{COUNT} a", model=SEES, attachments=[str(photo.pk)])
    where = {"conversation": first["conversation"]}
    blind = await answered(tab, f"{COUNT} and blind", model=BLIND, **where)
    assert await notices(blind) == [{"kind": "notice", "code": "unseen", "count": 1}]
    still = await answered(tab, f"{COUNT} still blind", model=BLIND, **where)
    assert await notices(still) == [], "it is said once"
    said = await request_of(standin, "and blind")
    assert said[0]["content"] == f"[picture “cat.jpg”, not shown here]\n{COUNT} a"
    await answered(tab, f"{COUNT} and seeing", model=SEES, **where)
    said = await request_of(standin, "and seeing")
    assert [part["type"] for part in said[0]["content"]] == ["image_url", "text"]


async def test_the_model_is_told_where_the_marks_are(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    photo.origin["marks"] = [{"number": 1, "kind": "box", "at": [100, 200, 300, 400]}]
    await photo.asave()
    await answered(tab, f"{COUNT} here", model=SEES, attachments=[str(photo.pk)])
    [asked] = await request_of(standin, "here")
    assert "picture 1" in asked["content"][1]["text"]
    assert "box 1 at [100, 200, 300, 400]" in asked["content"][1]["text"]


async def test_a_picture_that_the_storage_lost_ends_no_conversation(
    alice: User, open_socket: OpenSocket, standin: StandIn, tmp_path: Path
) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    for path in (tmp_path / "media").rglob("*.jpg"):
        path.unlink()
    await answered(tab, f"{COUNT} gone", model=SEES, attachments=[str(photo.pk)])
    [asked] = await request_of(standin, "gone")
    assert asked["content"].startswith("[picture “cat.jpg”, not shown here]")


async def test_a_fork_has_the_pictures_too(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    opened = await answered(tab, f"{COUNT} a", model=SEES, attachments=[str(photo.pk)])

    def forked() -> list[StoredFile]:
        made = fork(alice, Message.objects.get(pk=opened["message"]), Extent.PATH)
        return [row.file for row in Attachment.objects.filter(message__conversation=made)]

    assert await sync_to_async(forked)() == [photo]


async def test_a_question_whose_picture_cannot_be_reached_fails_in_words_and_is_not_asked_blind(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings
) -> None:
    tab = await open_socket(alice)
    photo = await a_photo(alice)
    with s3.used(settings, s3.storage(f"http://127.0.0.1:{free_port()}")):
        opened = await tab.send(f"{COUNT} away", model=SEES, attachments=[str(photo.pk)])
        ended = await tab.hear_until("ended", generation=opened["generation"])
    assert (ended["status"], ended["error"]["code"]) == ("failed", "files_away")
    assert "storage for files cannot be reached" in ended["error"]["message"]
    assert await asyncio.to_thread(standin.asked, "away") == []
