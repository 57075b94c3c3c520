"""A turn from the question to its end: rows, frames, state, and what the vendor was asked."""

from conversations.models import Conversation, Message, Status
from tests.conftest import OpenSocket
from tests.socket_client import assert_law, ended_row, row_of, said, thought
from tests.standin import StandIn
from zaichat.accounts.models import User


async def test_a_question_is_answered_word_by_word(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=30 every_ms=1]]")
    ended = await tab.hear_until("ended", generation=opened["generation"])

    assert ended["status"] == "done"
    assert ended["error"] is None
    assert said(tab.parts[opened["generation"]]) == "".join(f"{n} " for n in range(1, 31))
    row = await assert_law(tab, opened["generation"])
    assert row.status == Status.DONE
    assert row.finish_reason == "stop"
    assert row.request_ids


async def test_rows_stand_before_the_first_word(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:silent]]")

    question = await Message.objects.aget(pk=opened["user_message"])
    assert question.text == "[[script:silent]]"
    row = await row_of(opened["generation"])
    assert row.status == Status.RUNNING
    conversation = await Conversation.objects.aget(pk=opened["conversation"])
    assert conversation.leaf_id == row.message_id


async def test_thinking_and_text_keep_their_true_order(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:think n=5 then=5 every_ms=1]]")
    await tab.hear_until("ended", generation=opened["generation"])

    parts = tab.parts[opened["generation"]]
    assert [part["kind"] for part in parts] == ["reasoning", "text"]
    assert thought(parts).startswith("t1 ")
    assert parts[0]["ended"] >= parts[0]["started"]
    await assert_law(tab, opened["generation"])


async def test_the_vendor_is_asked_once_with_the_whole_path(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:count n=2 every_ms=1]] one")
    await tab.hear_until("ended", generation=first["generation"])
    second = await tab.send(
        "[[script:count n=2 every_ms=1]] two", conversation=first["conversation"]
    )
    await tab.hear_until("ended", generation=second["generation"])

    (request,) = standin.asked("two")
    roles = [message["role"] for message in request["body"]["messages"]]
    assert roles == ["user", "assistant", "user"]
    assert request["body"]["messages"][1]["content"] == "1 2 "
    assert len(standin.requests()) == 2


async def test_a_reply_goes_on_when_every_tab_is_closed(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=40 every_ms=5]]")
    await tab.text_of(opened["generation"], 5)
    await tab.close()

    row = await ended_row(opened["generation"])
    assert row.status == Status.DONE
    assert row.text() == "".join(f"{n} " for n in range(1, 41))
