"""What must not happen although something else goes wrong."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from conversations.engine import lifecycle
from conversations.engine.events import New
from conversations.engine.reading import Clock, Places, Reply
from conversations.models import Conversation, Generation, Message, Status
from conversations.sockets import sockets
from tests import factories
from tests.conftest import OpenSocket
from tests.socket_client import assert_law, ended_row, opened_socket, row_of
from tests.standin import StandIn
from zaichat.accounts.models import LedgerEntry, User
from zaichat.zai import Content, WebSearch


async def test_a_reply_that_cannot_be_written_stops_no_other(
    alice: User, open_socket: OpenSocket
) -> None:
    tab, other = await open_socket(alice), await open_socket(alice)
    poisoned = await tab.send("[[script:count n=200 every_ms=10]]")
    healthy = await other.send("[[script:count n=30 every_ms=10]]")
    live = tab.engine.runner.live((await row_of(poisoned["generation"])).pk)
    live.extend([New({"kind": "tool", "result": object()})])

    assert (await ended_row(healthy["generation"])).status == Status.DONE
    failed = await ended_row(poisoned["generation"])
    assert (failed.status, failed.error_code) == (Status.FAILED, "internal")
    assert (await other.send("[[script:count n=2]]"))["event"] == "opened"


@pytest.mark.parametrize("client", ["nowhere.at_all", "os.getcwd"])
async def test_wrong_settings_of_the_client_end_the_turn(
    alice: User, open_socket: OpenSocket, settings: LazySettings, client: str
) -> None:
    settings.ZAI_HTTP_CLIENT = client
    tab = await open_socket(alice)
    opened = await tab.send("Hi")
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert (ended["status"], ended["error"]["code"]) == ("failed", "internal")
    assert not await Generation.objects.open().aexists()


async def test_an_orderly_end_starts_nothing_that_waits(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=5]]")
    second = await tab.send("later", conversation=first["conversation"])
    await tab.text_of(first["generation"], 3)
    await lifecycle.shutdown()

    waiting = await Generation.objects.aget(message__parent=second["message"])
    assert waiting.status == Status.QUEUED
    assert standin.asked("later") == []
    lines = LedgerEntry.objects.filter(subject=waiting.pk)
    assert not await lines.aexists()


async def test_a_send_to_a_server_that_ends_is_refused_and_not_paid(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    tab.engine.closing = True
    assert (await tab.send("too late"))["code"] == "unavailable"
    assert standin.requests() == []
    assert not await Generation.objects.aexists()


async def test_continue_leaves_what_followed_on_the_screen(
    alice: User, open_socket: OpenSocket
) -> None:
    made = await sync_to_async(factories.conversation)(alice, "q1", "a1", "q2", "a2")
    first = await Message.objects.aget(conversation=made, number=2)
    tab = await open_socket(alice)
    command = "018f0000-0000-7000-8000-000000000003"
    await tab.say(do="continue", id=command, message=first.pk)
    opened = await tab.answer_to(command)
    await tab.hear_until("ended", generation=opened["generation"])
    assert (await Conversation.objects.aget(pk=made.pk)).leaf_id == made.leaf_id


async def test_deleting_a_conversation_asks_nothing_that_waits_in_it(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=5]]")
    await tab.send("never asked", conversation=first["conversation"])
    await sync_to_async(delete_as)(alice, first["conversation"])

    assert (await ended_row(first["generation"])).status == Status.STOPPED
    assert not await Generation.objects.open().aexists()
    assert standin.asked("never asked") == []


def delete_as(person: User, conversation: str) -> None:
    browser = Client()
    browser.force_login(person)
    path = reverse("conversations:delete", args=[conversation])
    assert browser.post(path, HTTP_HOST="localhost").status_code == 302


async def test_a_refused_request_costs_nothing(
    alice: User, open_socket: OpenSocket, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zaichat.vendor.currency", lambda: "USD")
    tab = await open_socket(alice)
    opened = await tab.send("[[script:refuse status=429 code=1113 times=9]]")
    ended = await tab.hear_until("ended", generation=opened["generation"])
    lines = [line async for line in LedgerEntry.objects.order_by("created_at")]
    assert [(line.kind, line.amount_nano) for line in lines[1:]] == [("refund", 0)]
    assert ended["usage"].get("cost_nano") == 0


async def test_a_reader_who_claims_to_be_ahead_gets_a_snapshot_and_no_busy_loop(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=60 every_ms=10]]")
    await tab.text_of(opened["generation"], 3)
    other = await open_socket(alice)
    await other.say(do="watch", generation=opened["generation"], after=99_999)
    assert (await other.hear_until("snapshot"))["to"] < 1000
    await other.hear_until("ended", generation=opened["generation"])
    await assert_law(other, opened["generation"])


async def test_a_socket_that_breaks_gives_its_place_back(alice: User, process: None) -> None:
    tab = await opened_socket(alice)
    assert len(sockets().all()) == 1
    await tab.wire.send_input({"type": "websocket.nonsense"})
    with pytest.raises(AttributeError):
        await tab.wire.wait(5)
    assert sockets().all() == []


async def test_an_open_tab_hears_of_a_turn_when_it_is_opened_elsewhere(
    alice: User, open_socket: OpenSocket
) -> None:
    tab, other = await open_socket(alice), await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=10]]")
    await other.hear_until("hint", what="conversation", id=opened["conversation"])
    assert (await row_of(opened["generation"])).status == Status.RUNNING


async def test_stopping_a_question_that_waits_keeps_it_on_the_screen(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=10]]")
    second = await tab.send("waits", conversation=first["conversation"])
    waiting = await Generation.objects.aget(message__parent=second["message"])
    await tab.say(do="stop", generation=waiting.pk)
    await tab.hear_until("ended", generation=waiting.pk)
    conversation = await Conversation.objects.aget(pk=first["conversation"])
    assert conversation.leaf_id == waiting.message_id


def test_what_postgresql_cannot_hold_never_reaches_a_row() -> None:
    reply = Reply(Places(), Clock())
    events = reply.read([Content("a\x00b"), WebSearch([{"title": "\x00t", "tags": ["\x00"]}])])
    assert "\\u0000" not in json.dumps([getattr(event, "part", "") for event in events])


async def test_a_command_of_a_tab_that_left_still_starts_its_turn(
    alice: User, open_socket: OpenSocket
) -> None:
    from uuid import uuid4

    from conversations.protocol import Send

    tab = await open_socket(alice)
    command = Send(uuid4(), "[[script:count n=2]]", model="glm-4.6")
    opening = asyncio.ensure_future(tab.engine.open(alice, command))
    await asyncio.sleep(0)
    opening.cancel()
    async with asyncio.timeout(10):
        while not await Generation.objects.filter(status=Status.DONE).aexists():
            await asyncio.sleep(0.02)
