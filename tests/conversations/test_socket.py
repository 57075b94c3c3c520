"""The socket: who may open it, what it refuses, what a stranger gets, and slow readers."""

import asyncio
from importlib import import_module
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.contrib.auth import get_user_model

from conversations import relay
from conversations.models import Conversation, Generation, Message
from tests import factories
from tests.conftest import OpenSocket
from tests.socket_client import knock, opened_socket
from tests.standin import StandIn
from zaichat.accounts import hints
from zaichat.accounts.models import User

FOREIGN = [
    "http://evil.example",
    "null",
    "",
    "http://localhost.evil.example:8000",
    "https://localhost:9999",
    "file://",
    "http://localhost@evil.example:8000",
]


async def status_of_denied(person: User | None, **headers: str) -> str:
    wire = await knock(person, **headers)
    accepted, _code = await wire.connect()
    return "accepted" if accepted else "denied"


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_denied_before_the_socket_opens(
    alice: User, process: None, origin: str
) -> None:
    assert await status_of_denied(alice, origin=origin) == "denied"


async def test_nobody_opens_a_socket_without_a_session(process: None, alice: User) -> None:
    assert await status_of_denied(None) == "denied"


async def test_the_eleventh_socket_of_a_person_is_closed(
    alice: User, open_socket: OpenSocket
) -> None:
    for _ in range(10):
        await open_socket(alice)
    wire = await knock(alice)
    await wire.connect()
    assert (await wire.receive_output())["code"] == 4429


async def test_signing_out_closes_the_sockets_of_that_session(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    store = import_module("django.contrib.sessions.backends.db").SessionStore
    await sync_to_async(store.get_model_class().objects.all().delete)()
    await hints.akick(alice.pk)
    assert (await tab.wire.receive_output(5))["code"] == 4401


async def test_a_deactivated_person_loses_the_socket_without_being_told_to(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    await get_user_model().objects.filter(pk=alice.pk).aupdate(is_active=False)
    assert (await tab.wire.receive_output(5))["code"] == 4401


async def test_a_changed_password_closes_other_sockets(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    await get_user_model().objects.filter(pk=alice.pk).aupdate(password="other")
    assert (await tab.wire.receive_output(5))["code"] == 4401


async def test_what_cannot_be_read_is_refused_and_the_socket_stays_open(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    for frame in ("[]", "{", "null", '{"do":"format_disk"}', "x" * 300_000):
        await tab.wire.send_to(text_data=frame)
        assert (await tab.hear())["event"] == "refused"
    await tab.wire.send_to(bytes_data=b"\xff\x00")
    assert (await tab.hear())["code"] == "bad_frame"
    await tab.say(do="ping")
    assert (await tab.hear())["event"] == "pong"


async def test_a_stranger_gets_not_found_for_every_command(
    alice: User, mallory: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=5]] secret")
    waiting = await tab.send("mine", conversation=opened["conversation"])
    await tab.text_of(opened["generation"], 5)
    stranger = await opened_socket(mallory)
    question, answer = opened["user_message"], opened["message"]
    commands = [
        {"do": "send", "conversation": opened["conversation"], "text": "x", "model": "glm-4.6"},
        {"do": "edit", "message": question, "text": "x"},
        {"do": "regenerate", "message": answer},
        {"do": "continue", "message": answer},
        {"do": "answer_now", "generation": opened["generation"]},
        {"do": "approve", "generation": opened["generation"], "tool": "x"},
        {"do": "deny", "generation": opened["generation"], "tool": "x"},
        {"do": "unqueue", "message": waiting["message"]},
        {"do": "stop", "generation": opened["generation"]},
        {"do": "watch", "generation": opened["generation"], "after": 0},
    ]
    for command in commands:
        await stranger.say(id=uuid4(), **command)
        frame = await stranger.hear()
        assert (frame["event"], frame["code"]) == ("refused", "not_found"), command
    await stranger.say(do="ack", generation=opened["generation"], seen=1)
    await stranger.say(do="ping")
    assert (await stranger.hear())["event"] == "pong"
    await stranger.close()
    assert await Generation.objects.filter(pk=opened["generation"], status="running").aexists()
    assert not await Message.objects.filter(conversation__owner=mallory).aexists()


async def test_a_parent_in_another_conversation_is_not_found(
    alice: User, open_socket: OpenSocket
) -> None:
    one = await sync_to_async(factories.conversation)(alice, "a", "b")
    two = await sync_to_async(factories.conversation)(alice, "c", "d")
    tab = await open_socket(alice)
    refused = await tab.send("x", conversation=one.pk, parent=two.leaf_id)
    assert refused["code"] == "not_found"
    assert await Conversation.objects.acount() == 2


async def test_a_reader_who_acknowledges_nothing_is_paused_and_then_closed(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "WINDOW", 2_000)
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=1]]")
    received = 0
    while (output := await tab.wire.receive_output(20))["type"] != "websocket.close":
        received += len(output["text"])
    assert output["code"] == 4409
    assert received < 10_000
    assert await Generation.objects.filter(pk=opened["generation"], status="running").aexists()


async def test_a_reader_who_acknowledges_gets_everything(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "WINDOW", 2_000)
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=3000 every_ms=0]]")
    generation = opened["generation"]
    while (frame := await tab.hear())["event"] != "ended":
        await tab.say(do="ack", generation=generation, seen=frame.get("to", 0))
    assert tab.parts[generation][0]["text"].endswith("3000 ")


async def test_people_are_answered_in_the_language_of_their_browser(
    alice: User, process: None
) -> None:
    tab = await opened_socket(alice, **{"accept-language": "zh-CN,zh;q=0.9"})
    await tab.say(do="stop", generation=uuid4())
    message = (await tab.hear_until("refused"))["message"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message)
    await tab.close()


async def test_a_title_is_made_although_no_socket_is_open(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings
) -> None:
    settings.TITLES = True
    tab, other = await open_socket(alice), await open_socket(alice)
    opened = await tab.send("[[script:count n=3 every_ms=20]] name me")
    await tab.close()
    await other.hear_until("hint", what="title", id=opened["conversation"])
    conversation = await Conversation.objects.aget(pk=opened["conversation"])
    assert conversation.title
    assert conversation.titled_at is not None
    async with asyncio.timeout(5):
        assert len(await asyncio.to_thread(standin.requests)) == 2
