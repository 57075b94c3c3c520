"""Documents along with a question: what goes out, what is said of it, and what stays."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from conversations.engine.forking import Extent, fork
from conversations.models import Message
from tests.conftest import OpenSocket
from tests.conversations.documents import document
from tests.socket_client import Socket
from tests.standin import StandIn
from tests.zaichat.files import papers, pictures
from zaichat.accounts.models import User
from zaichat.files.receiving import receive

COUNT = "[[script:count n=3 every_ms=1]]"


async def asked(tab: Socket, text: str, **fields: Any) -> tuple[dict[str, Any], list[Any]]:
    """`opened`, and the parts of the answer."""
    opened = await tab.send(f"{COUNT} {text}", **fields)
    ended = await tab.hear_until("ended", generation=opened["generation"])
    answer = await Message.objects.with_generations().aget(pk=opened["message"])
    assert ended["status"] == "done"
    return opened, answer.all_generations()[-1].parts


async def test_an_answer_begins_with_what_was_read_and_its_numbers_stay(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    one = await sync_to_async(document)(alice, "one.pdf", "Uno.", "Two.")
    two = await sync_to_async(document)(alice, "two.pdf", "Due.")
    opened, parts = await asked(tab, "first", attachments=[str(one.pk)])
    assert parts[0]["code"] == "documents"
    assert [file["name"] for file in parts[0]["files"]] == ["one.pdf"]
    where = {"conversation": opened["conversation"]}
    _opened, parts = await asked(tab, "second", attachments=[str(two.pk)], **where)
    told = [(file["number"], file["id"]) for file in parts[0]["files"]]
    assert told == [(1, str(one.pk)), (2, str(two.pk))]
    [request] = await asyncio.to_thread(standin.asked, "second")
    system, first, _answer, second = request["body"]["messages"]
    assert "[1:3]" in system["content"]
    assert "[1:2]\nTwo." in first["content"]
    assert "[2:1]\nDue." in second["content"]


async def test_an_answer_that_goes_on_says_once_what_was_read(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    one = await sync_to_async(document)(alice, "one.pdf", "Uno.")
    opened, _parts = await asked(tab, "first", attachments=[str(one.pk)])
    command = uuid4()
    await tab.say(do="continue", id=command, message=opened["message"])
    again = await tab.answer_to(command)
    await tab.hear_until("ended", generation=again["generation"])
    assert again["html"].count("Read: one.pdf") == 1
    answer = await Message.objects.with_generations().aget(pk=opened["message"])
    assert [run.parts[0].get("again") for run in answer.all_generations()] == [None, True]


async def test_a_fork_keeps_what_its_citations_lead_by(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    one = await sync_to_async(document)(alice, "one.pdf", "Uno.")
    opened, parts = await asked(tab, "first", attachments=[str(one.pk)])
    answer = await Message.objects.select_related("conversation").aget(pk=opened["message"])
    made = await sync_to_async(fork)(alice, answer, Extent.PATH)
    copy = await Message.objects.with_generations().aget(conversation=made, role="assistant")
    assert copy.all_generations()[0].parts[0] == parts[0]


async def test_a_document_needs_no_words(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    one = await sync_to_async(document)(alice, "one.pdf", "Uno.")
    opened = await tab.send("", attachments=[str(one.pk)])
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert ended["status"] == "done"


async def test_pictures_of_the_person_come_before_scanned_pages_so_that_their_numbers_hold(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    tab = await open_socket(alice)
    bring = sync_to_async(receive)
    scan = await bring(alice, SimpleUploadedFile("scan.pdf", papers.scanned_pdf(2)))
    drawn = [{"number": 1, "kind": "box", "at": [1, 2, 3, 4]}]
    photo = await bring(alice, SimpleUploadedFile("a.png", pictures.picture()), drawn)
    files = [str(scan.pk), str(photo.pk)]
    await asked(tab, "what is marked", model="glm-4.6v", attachments=files)
    [request] = await asyncio.to_thread(standin.asked, "what is marked")
    content = request["body"]["messages"][-1]["content"]
    kinds = [part["image_url"]["url"][:15] for part in content[:-1]]
    assert kinds == ["data:image/png;", "data:image/jpeg", "data:image/jpeg"]
    assert "[marked on picture 1, in thousandths" in content[-1]["text"]
