"""Pictures and films that are made in place of an answer."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient

from conversations.models import Conversation, Message, Status
from media_gen.models import Job
from tests.conftest import OpenSocket
from tests.socket_client import Socket, assert_law, row_of
from tests.standin import StandIn
from tests.zaichat.files.pictures import picture
from zaichat.accounts.models import User
from zaichat.files.receiving import receive

PICTURE = {"make": "image"}


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


async def made(tab: Socket, text: str, **more: Any) -> Any:
    opened = await tab.send(text, **{"options": PICTURE, **more})
    await tab.hear_until("ended", generation=opened["generation"])
    return opened


async def test_a_picture_is_made_in_place_of_an_answer(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await made(tab, "an orange cat")
    job = await Job.objects.aget(owner=alice)
    row = await assert_law(tab, opened["generation"])
    assert row.status == Status.DONE
    assert row.parts == [
        {"kind": "media", "job": str(job.pk), "media": "image", "model": job.model}
    ]
    assert (job.prompt, job.kind) == ("an orange cat", "image")
    assert job.origin == {"conversation": opened["conversation"], "message": opened["message"]}
    assert not standin.asked("an orange cat")  # a worker asks for it, nobody chats about it


async def test_what_was_made_stands_in_the_page(
    alice: User, open_socket: OpenSocket, async_client: AsyncClient
) -> None:
    tab = await open_socket(alice)
    opened = await made(tab, "an orange cat")
    job = await Job.objects.aget(owner=alice)
    await async_client.aforce_login(alice)
    address = f"/c/{opened['conversation']}/"
    page = (await async_client.get(address)).content.decode()
    assert f'data-job-of="{job.pk}"' in page
    assert f'data-job="{job.pk}"' in page
    await Job.objects.filter(pk=job.pk).aupdate(deleted_at="2026-01-01T00:00:00Z")
    page = (await async_client.get(address)).content.decode()
    assert f'data-job="{job.pk}"' not in page
    assert "It was deleted." in page
    assert "The model has written nothing" not in page
    command = uuid4()
    await tab.say(do="continue", id=command, message=opened["message"])
    assert "nothing to go on with" in (await tab.answer_to(command))["message"]


async def test_a_later_answer_knows_what_was_made(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await made(tab, "一只橙色的猫")
    second = await tab.send(
        "[[script:count n=2 every_ms=1]] what is it?", conversation=first["conversation"]
    )
    await tab.hear_until("ended", generation=second["generation"])
    (request,) = standin.asked("what is it?")
    said = [message["content"] for message in request["body"]["messages"]]
    assert said[:2] == ["一只橙色的猫", "[已用 GLM-Image 生成图片]"]


async def test_a_model_that_sees_is_shown_what_was_made_until_it_is_put_away(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await made(tab, "一只橙色的猫")
    stored = await sync_to_async(receive)(alice, SimpleUploadedFile("cat.png", picture()))
    await Job.objects.filter(owner=alice).aupdate(state="done", result=stored)

    asked = await asked_after(tab, standin, first["conversation"], "what is it?")
    assert asked[1]["content"] == "[已用 GLM-Image 生成图片]"
    image, words = asked[2]["content"]
    assert image["image_url"]["url"].startswith("data:image/png;base64,")
    assert words["text"].startswith("[picture 1 was made above]\n")

    await Job.objects.filter(owner=alice).aupdate(deleted_at="2026-01-01T00:00:00Z")
    asked = await asked_after(tab, standin, first["conversation"], "and now?")
    assert [type(message["content"]) for message in asked] == [str] * 5


async def asked_after(tab: Socket, standin: StandIn, conversation: str, words: str) -> Any:
    """The messages of the request."""
    text = f"[[script:count n=2 every_ms=1]] {words}"
    opened = await tab.send(text, conversation=conversation, model="glm-4.6v")
    await tab.hear_until("ended", generation=opened["generation"])
    (request,) = standin.asked(words)
    return request["body"]["messages"]


async def test_another_try_is_a_version_with_a_job_of_its_own(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await made(tab, "an orange cat")
    command = uuid4()
    await tab.say(do="regenerate", id=command, message=first["message"])
    opened = await tab.answer_to(command)
    await tab.hear_until("ended", generation=opened["generation"])
    assert await Job.objects.filter(owner=alice, prompt="an orange cat").acount() == 2
    row = await row_of(opened["generation"])
    assert [part["kind"] for part in row.parts] == ["media"]


async def test_a_wish_that_cannot_be_made_is_refused_and_leaves_nothing(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    refused = await tab.send("x" * 600, options={"make": "video"})
    assert "it has 600 characters; CogVideoX-3 takes at most 512" in refused["message"]
    assert not await Conversation.objects.aexists()
    assert not await Message.objects.aexists()
