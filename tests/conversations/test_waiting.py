"""Messages sent while a reply streams, and turns over a person's limit: they wait, in order."""

from uuid import uuid4

from django.conf import LazySettings

from conversations.models import Conversation, Generation, Message, Status
from tests.conftest import OpenSocket
from tests.socket_client import assert_law, ended_row, said
from tests.standin import StandIn
from zaichat.accounts.models import User

SLOW = "[[script:count n=60 every_ms=10]]"
QUICK = "[[script:count n=2 every_ms=1]]"


async def test_a_message_sent_under_a_streaming_reply_waits_for_it(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send(SLOW)
    where = {"conversation": first["conversation"]}
    second = await tab.send(f"{QUICK} second", **where)
    third = await tab.send(f"{QUICK} third", **where)

    assert (second["event"], second["position"]) == ("queued", 1)
    assert (third["event"], third["position"]) == ("queued", 2)
    assert standin.asked("second") == []
    for answer in (second, third):
        turn = await tab.hear_until("opened", id=answer["id"])
        await tab.hear_until("ended", generation=turn["generation"])
        await assert_law(tab, turn["generation"])
    messages = standin.asked("third")[0]["body"]["messages"]
    assert [m["role"] for m in messages] == ["user", "assistant"] * 2 + ["user"]
    assert messages[1]["content"] == "".join(f"{n} " for n in range(1, 61))


async def test_what_waits_is_not_on_the_shown_path_yet(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=10]]")
    await tab.send(f"{QUICK} later", conversation=first["conversation"])
    conversation = await Conversation.objects.aget(pk=first["conversation"])
    assert str(conversation.leaf_id) == first["message"]


async def test_a_waiting_message_can_be_taken_back_and_the_next_moves_up(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send(SLOW)
    where = {"conversation": first["conversation"]}
    second = await tab.send(f"{QUICK} second", **where)
    third = await tab.send(f"{QUICK} third", **where)
    await tab.say(do="unqueue", message=second["message"])
    await tab.hear_until("unqueued", message=second["message"])
    opened = await tab.hear_until("opened", id=third["id"])
    await tab.hear_until("ended", generation=opened["generation"])

    assert standin.asked("second") == []
    assert len(standin.asked("third")[0]["body"]["messages"]) == 3
    question = await Message.objects.aget(pk=third["message"])
    assert str(question.parent_id) == first["message"]
    assert question.depth == 2


async def test_unqueue_of_a_started_message_is_a_conflict(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=10]]")
    await tab.say(do="unqueue", message=first["user_message"])
    assert (await tab.hear_until("refused"))["code"] == "conflict"


async def test_stopping_the_reply_lets_the_waiting_one_start(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=10]]")
    second = await tab.send(f"{QUICK} second", conversation=first["conversation"])
    await tab.text_of(first["generation"], 5)
    await tab.say(do="stop", generation=first["generation"])
    opened = await tab.hear_until("opened", id=second["id"])
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert ended["status"] == "done"


async def test_a_waiting_message_is_answered_although_its_tab_is_closed(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send(SLOW)
    second = await tab.send(f"{QUICK} second", conversation=first["conversation"])
    await tab.close()
    row = await Generation.objects.aget(message__parent=second["message"])
    assert (await ended_row(str(row.pk))).text() == "1 2 "


async def test_turns_over_the_limit_are_opened_at_once_and_say_their_place(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings
) -> None:
    settings.MAX_RUNNING_PER_PERSON = 1
    tab = await open_socket(alice)
    first = await tab.send(SLOW)
    second = await tab.send(f"{QUICK} second")
    third = await tab.send(f"{QUICK} third")

    assert "waiting" not in first
    assert (second["event"], second["waiting"]) == ("opened", 1)
    assert (third["event"], third["waiting"]) == ("opened", 2)
    for turn in (second, third):
        await tab.hear_until("ended", generation=turn["generation"])
        assert said(tab.parts[turn["generation"]]) == "1 2 "


async def test_stop_of_a_turn_that_waits_ends_it_without_a_request(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings
) -> None:
    settings.MAX_RUNNING_PER_PERSON = 1
    tab = await open_socket(alice)
    await tab.send("[[script:endless every_ms=10]]")
    second = await tab.send(f"{QUICK} second")
    await tab.say(do="stop", generation=second["generation"])
    ended = await tab.hear_until("ended", generation=second["generation"])
    assert ended["status"] == "stopped"
    assert standin.asked("second") == []


async def test_the_same_command_again_opens_no_second_turn(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab, other = await open_socket(alice), await open_socket(alice)
    command = {"id": uuid4()}
    first = await tab.send(f"{QUICK} once", **command)
    await tab.hear_until("ended", generation=first["generation"])
    for socket in (tab, other):
        again = await socket.send(f"{QUICK} once", **command)
        assert again | {"html": ""} == first | {"html": ""}
        await socket.hear_until("ended", generation=first["generation"])

    assert len(standin.asked("once")) == 1
    assert await Conversation.objects.acount() == 1


async def test_the_same_waiting_command_again_is_queued_once(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=10]]")
    command = {"id": uuid4(), "conversation": first["conversation"]}
    second = await tab.send(f"{QUICK} once", **command)
    again = await tab.send(f"{QUICK} once", **command)
    assert again == second
    assert await Generation.objects.filter(status=Status.QUEUED).acount() == 1


async def test_no_more_than_twenty_messages_wait(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=20]]")
    for _ in range(20):
        answer = await tab.send(QUICK, conversation=first["conversation"])
        assert answer["event"] == "queued"
    refused = await tab.send(QUICK, conversation=first["conversation"])
    assert (refused["event"], refused["code"]) == ("refused", "limit")
    assert "20" in refused["message"]
