"""Edit, regenerate, continue, and sends that meet each other: the tree stays a tree."""

import asyncio
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.engine import branches
from conversations.engine.versions import choose
from conversations.models import Conversation, Generation, Message
from conversations.protocol import Edit, Regenerate, Send
from tests import factories
from tests.conftest import OpenSocket
from tests.socket_client import Socket, assert_law, said
from tests.standin import StandIn
from zaichat.accounts.models import User


async def asked(tab: Socket, **command: object) -> dict:
    command.setdefault("id", uuid4())
    await tab.say(**command)
    return await tab.answer_to(command["id"])


async def finished(tab: Socket, opened: dict) -> dict:
    return await tab.hear_until("ended", generation=opened["generation"])


def broken_rules(conversation: Conversation) -> list[str]:
    """What is wrong with the tree; empty for a tree as it should be."""
    rows = {m.pk: m for m in Message.objects.filter(conversation=conversation)}
    wrong = []
    for row in rows.values():
        parent = rows.get(row.parent_id)
        if row.depth != (parent.depth + 1 if parent else 0):
            wrong.append(f"{row}: depth {row.depth}")
        if parent and parent.role == row.role:
            wrong.append(f"{row}: follows its own kind")
        if row.chosen_child_id and rows[row.chosen_child_id].parent_id != row.pk:
            wrong.append(f"{row}: chose a child that is not its own")
    if len({m.number for m in rows.values()}) != len(rows):
        wrong.append("numbers twice")
    return wrong + broken_by_deletion(conversation, rows)


def broken_by_deletion(conversation: Conversation, rows: dict[UUID, Message]) -> list[str]:
    """What of the tree still leans on something that is deleted."""
    visible = [row for row in rows.values() if row.deleted_at is None]
    gone = {key for key, row in rows.items() if row.deleted_at}
    wrong = [f"{row}: hangs below what is deleted" for row in visible if row.parent_id in gone]
    wrong += [f"{row}: chose what is deleted" for row in visible if row.chosen_child_id in gone]
    leaf = rows.get(conversation.leaf_id) if conversation.leaf_id else None
    if leaf is None and visible:
        wrong.append("there is no leaf")
    if leaf and (leaf.is_question or leaf.deleted_at):
        wrong.append("the leaf is no answer that is there")
    return wrong


async def test_an_edited_question_is_a_new_version_answered_anew(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:count n=2 every_ms=1]] old")
    await finished(tab, first)
    edited = await asked(
        tab, do="edit", message=first["user_message"], text="[[script:count n=3 every_ms=1]] new"
    )
    await finished(tab, edited)

    assert edited["user_message"] != first["user_message"]
    assert said(tab.parts[edited["generation"]]) == "1 2 3 "
    old = await Message.objects.aget(pk=first["user_message"])
    versions = [message.text async for message in old.siblings()]
    assert len(versions) == 2
    assert [m["role"] for m in standin.asked("new")[0]["body"]["messages"]] == ["user"]
    conversation = await Conversation.objects.aget(pk=first["conversation"])
    assert str(conversation.leaf_id) == edited["message"]
    assert await sync_to_async(broken_rules)(conversation) == []


async def test_regenerate_adds_a_sibling_answer_with_another_model(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:count n=2 every_ms=1]] again")
    await finished(tab, first)
    again = await asked(tab, do="regenerate", message=first["message"], model="glm-4.5-air")
    await finished(tab, again)

    assert again["message"] != first["message"]
    assert again["user_message"] == first["user_message"]
    assert [r["body"]["model"] for r in standin.asked("again")] == ["glm-4.6", "glm-4.5-air"]
    await assert_law(tab, again["generation"])


async def test_continue_goes_on_in_the_same_message(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:cut after=3]]")
    await finished(tab, first)
    more = await asked(tab, do="continue", message=first["message"])
    ended = await finished(tab, more)

    assert more["message"] == first["message"]
    assert more["generation"] != first["generation"]
    assert ended["status"] == "done"
    roles = [m["role"] for m in standin.requests()[-1]["body"]["messages"]]
    assert roles == ["user", "assistant", "user"]
    message = await Message.objects.with_generations().aget(pk=first["message"])
    assert message.status == "done"
    assert message.answer_text().startswith(said(tab.parts[first["generation"]]))


async def test_continue_while_it_is_written_is_a_conflict(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:endless every_ms=5]]")
    refused = await asked(tab, do="continue", message=first["message"])
    assert (refused["event"], refused["code"]) == ("refused", "conflict")


async def test_a_send_to_a_parent_that_has_a_question_becomes_its_sibling(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    root = await tab.send("[[script:count n=1]]")
    await finished(tab, root)
    where = {"conversation": root["conversation"], "parent": root["message"]}
    one = await tab.send("[[script:count n=1]] one", **where)
    await finished(tab, one)
    two = await tab.send("[[script:count n=1]] two", **where)
    await finished(tab, two)

    questions = Message.objects.filter(parent=root["message"])
    assert await questions.acount() == 2
    conversation = await Conversation.objects.aget(pk=root["conversation"])
    assert str(conversation.leaf_id) == two["message"]


async def test_two_tabs_with_fifty_sends_each_lose_nothing(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    one, two = await open_socket(alice), await open_socket(alice)
    root = await one.send("[[script:count n=1]]")
    await finished(one, root)

    async def fifty(tab: Socket, name: str) -> None:
        for number in range(50):
            where = {"conversation": root["conversation"], "parent": root["message"]}
            opened = await tab.send(f"[[script:count n=1]] {name} {number}.", **where)
            assert opened["event"] == "opened"

    await asyncio.gather(fifty(one, "one"), fifty(two, "two"))
    again = await asked(one, do="regenerate", message=root["message"])
    edited = await asked(two, do="edit", message=root["user_message"], text="[[script:count n=1]]")
    for opened, tab in ((again, one), (edited, two)):
        await finished(tab, opened)

    questions = Message.objects.filter(parent=root["message"])
    assert await questions.acount() == 100
    conversation = await Conversation.objects.aget(pk=root["conversation"])
    assert await sync_to_async(broken_rules)(conversation) == []


KINDS = ["send", "edit", "regenerate", "choose", "delete", "restore"]
OPERATIONS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1000)), max_size=14)


@given(operations=OPERATIONS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_commands_keeps_one_tree(alice: User, operations: list) -> None:
    Conversation.objects.all().delete()
    conversation = factories.conversation(alice, "hello", "hi")
    for kind, pick in operations:
        Generation.objects.open().update(status="done", ended_at=conversation.created_at)
        leaf = obeyed(alice, conversation, kind, pick)
        conversation.refresh_from_db()
        assert broken_rules(conversation) == []
        assert leaf is None or conversation.leaf_id == leaf
        path = list(Message.objects.visible_to(alice).path_to(conversation.leaf_id or uuid4()))
        assert [m.depth for m in path] == list(range(len(path)))
        assert [m.pk for m in path[-1:]] == [conversation.leaf_id][: len(path)]


def obeyed(alice: User, conversation: Conversation, kind: str, pick: int) -> UUID | None:
    """Do one thing to a message that is there; the leaf that must come of it, where known."""
    rows = list(Message.objects.visible_to(alice).filter(conversation=conversation))
    if kind == "restore":
        roots = list(branches.deleted_branches(alice))
        return branches.restore_branch(alice, roots[pick % len(roots)]).pk if roots else None
    if kind in ("choose", "delete") and rows:
        chosen = rows[pick % len(rows)]
        if kind == "choose":
            return choose(alice, chosen).pk
        branches.delete_branch(alice, chosen)
        return None
    return opened(alice, conversation, rows, kind, pick)


def opened(
    alice: User, conversation: Conversation, rows: list[Message], kind: str, pick: int
) -> UUID | None:
    from conversations.engine.opening import open_turn

    if not rows or kind in ("choose", "delete"):
        command: Send | Edit | Regenerate = Send(uuid4(), "next", conversation.pk, model="glm-4.6")
    else:
        questions, answers = (
            [row for row in rows if row.is_question == wanted] for wanted in (True, False)
        )
        ask, told = questions[pick % len(questions)], answers[pick % len(answers)]
        command = {
            "send": Send(uuid4(), "next", conversation.pk, told.pk, model="glm-4.6"),
            "edit": Edit(uuid4(), ask.pk, "other"),
            "regenerate": Regenerate(uuid4(), told.pk),
        }[kind]
    return open_turn(alice, command, "process").message
