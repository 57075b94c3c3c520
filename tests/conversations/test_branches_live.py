"""Deleting, forking and choosing while answers are written: what runs is stopped at the vendor, the
state of every run stays the fold of its events, and nothing is asked below what is deleted."""

from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async

from conversations.engine import branches
from conversations.engine.forking import Extent, fork
from conversations.models import Conversation, Generation, Message, Status
from tests.conftest import OpenSocket
from tests.conversations.test_tree import asked, broken_rules, finished
from tests.socket_client import Socket, assert_law, ended_row, said
from tests.standin import StandIn
from zaichat.accounts.models import User


async def message(key: str) -> Message:
    rows = Message.objects.select_related("conversation", "parent")
    return await rows.aget(pk=UUID(key))


async def deleted(user: User, key: str) -> Message:
    return await sync_to_async(branches.delete_branch)(user, await message(key))


async def talk(tab: Socket) -> tuple[dict, dict]:
    """A question, and a follow-up below its answer; both answered."""
    first = await tab.send("[[script:count n=2 every_ms=1]] first")
    await finished(tab, first)
    where = {"conversation": first["conversation"], "parent": first["message"]}
    second = await tab.send("[[script:count n=3 every_ms=1]] second", **where)
    await finished(tab, second)
    return first, second


async def sound(conversation: str) -> Conversation:
    row = await Conversation.objects.aget(pk=conversation)
    assert await sync_to_async(broken_rules)(row) == []
    return row


async def test_an_answer_in_a_deleted_branch_is_stopped_at_the_vendor(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first, second = await talk(tab)
    where = {"conversation": first["conversation"], "parent": second["message"]}
    endless = await tab.send("[[script:endless every_ms=5]] third", **where)
    await tab.text_of(endless["generation"], at_least=5)
    root = await deleted(alice, second["user_message"])
    await tab.hear_until("ended", generation=endless["generation"])
    row = await ended_row(endless["generation"])
    assert (row.status, row.text()) == (Status.STOPPED, said(tab.parts[endless["generation"]]))
    assert list(tab.parts[endless["generation"]]) == row.parts
    await sync_to_async(branches.restore_branch)(alice, root)
    await assert_law(tab, endless["generation"])
    assert str((await sound(first["conversation"])).leaf_id) == endless["message"]


@pytest.mark.parametrize("kind", ["send", "edit", "regenerate", "continue"])
async def test_nothing_is_asked_below_what_is_deleted(
    alice: User, open_socket: OpenSocket, standin: StandIn, kind: str
) -> None:
    tab = await open_socket(alice)
    first, second = await talk(tab)
    await deleted(alice, second["user_message"])
    before = len(standin.requests())
    command = {
        "send": {
            "conversation": first["conversation"],
            "parent": second["message"],
            "text": "more",
            "model": "glm-4.6",
        },
        "edit": {"message": second["user_message"], "text": "other"},
        "regenerate": {"message": second["message"]},
        "continue": {"message": second["message"]},
    }[kind]
    refused = await asked(tab, do=kind, **command)
    assert (refused["event"], refused["code"]) == ("refused", "not_found")
    await tab.say(do="watch", generation=second["generation"], after=0)
    assert (await tab.hear_until("refused"))["code"] == "not_found"
    assert len(standin.requests()) == before


async def test_after_a_deletion_the_talk_goes_on_at_the_line_that_remains(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first, second = await talk(tab)
    await deleted(alice, second["user_message"])
    third = await tab.send("[[script:count n=1]] third", conversation=first["conversation"])
    await finished(tab, third)
    question = await message(third["user_message"])
    assert str(question.parent_id) == first["message"]
    body = standin.asked("third")[0]["body"]
    assert "second" not in str(body["messages"])
    await sound(first["conversation"])


async def test_an_emptied_conversation_begins_anew(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    first, _second = await talk(tab)
    await deleted(alice, first["user_message"])
    again = await tab.send("[[script:count n=1]] again", conversation=first["conversation"])
    await finished(tab, again)
    assert (await message(again["user_message"])).parent_id is None
    await assert_law(tab, again["generation"])
    await sound(first["conversation"])


async def test_an_edit_after_a_deletion_is_answered_like_what_is_still_there(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:count n=2 every_ms=1]] first")
    await finished(tab, first)
    other = await asked(tab, do="regenerate", message=first["message"], model="glm-4.5-air")
    await finished(tab, other)
    await deleted(alice, other["message"])
    edited = await asked(
        tab, do="edit", message=first["user_message"], text="[[script:count n=1]] edited"
    )
    await finished(tab, edited)
    assert standin.asked("edited")[0]["body"]["model"] == "glm-4.6"


async def test_editing_a_question_ends_the_answer_that_nobody_will_see(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=5]] first")
    await tab.text_of(first["generation"], at_least=5)
    waits = {"conversation": first["conversation"], "parent": None}
    held = await tab.send("[[script:count n=1]] later", **waits)
    edit = {"message": first["user_message"], "text": "[[script:count n=2 every_ms=1]] other"}
    edited = await asked(tab, do="edit", **edit)
    old = await ended_row(first["generation"])
    assert (old.status, bool(old.text())) == (Status.STOPPED, True)
    assert (await ended_row(edited["generation"])).status == Status.DONE
    talk = await sound(first["conversation"])
    assert str(talk.leaf_id) == edited["message"]
    waiting = await Generation.objects.aget(message__parent=UUID(held["message"]))
    assert (waiting.status, waiting.is_held) == (Status.QUEUED, True)
    listed = Conversation.objects.visible_to(alice).with_state()
    assert not (await listed.aget(pk=talk.pk)).running
    assert not standin.asked("later")


async def test_editing_a_question_ends_what_is_answered_further_below(
    alice: User, open_socket: OpenSocket
) -> None:
    tab, other = await open_socket(alice), await open_socket(alice)
    first, second = await talk(tab)
    where = {"conversation": first["conversation"], "parent": second["message"]}
    below = await tab.send("[[script:endless every_ms=5]] third", **where)
    await tab.text_of(below["generation"], at_least=5)
    command = {"message": first["user_message"], "text": "[[script:endless every_ms=5]] anew"}
    edited = await asked(other, do="edit", **command)
    assert (await ended_row(below["generation"])).status == Status.STOPPED
    await other.text_of(edited["generation"], at_least=5)
    row = await Generation.objects.aget(pk=edited["generation"])
    assert row.is_open
    await other.say(do="stop", generation=edited["generation"])
    await finished(other, edited)
    await assert_law(other, edited["generation"])


async def test_a_fork_goes_on_by_itself_while_the_old_answer_is_still_written(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=5]] first")
    await tab.text_of(first["generation"], at_least=5)
    copy = await sync_to_async(fork)(alice, await message(first["message"]), Extent.PATH)
    copied = await Generation.objects.aget(message__conversation=copy)
    assert copied.status == Status.INTERRUPTED
    await tab.say(do="watch", generation=copied.pk, after=0)
    await tab.hear_until("ended", generation=copied.pk)
    await assert_law(tab, str(copied.pk))
    more = await asked(tab, do="continue", message=copied.message_id, id=uuid4())
    assert more["event"] == "opened"
    await tab.say(do="stop", generation=first["generation"])
    await tab.hear_until("ended", generation=first["generation"])
    await assert_law(tab, first["generation"])
    await tab.say(do="stop", generation=more["generation"])
    await ended_row(more["generation"])
    await sound(str(copy.pk))
