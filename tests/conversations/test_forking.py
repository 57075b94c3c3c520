"""A new conversation from any message of an old one; the old one is left as it is."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from conversations.engine import branches
from conversations.engine.forking import Extent, fork
from conversations.models import Conversation, Generation, Message, Status
from conversations.protocol import Refusal
from tests import factories
from tests.conversations.test_tree import broken_rules
from zaichat.accounts.models import LedgerEntry, User


@pytest.fixture
def tree(alice: User) -> Conversation:
    """1 q - 2 a - 3 follow-up - 4 its answer - 5 more - 6 last; beside 2: 7; beside 3: 8 - 9."""
    made = factories.conversation(alice, "q", "a", "follow-up", "its answer", "more", "last")
    factories.answer(made, numbered(made, 1), "other answer")
    other = factories.question(made, numbered(made, 2), "other follow-up")
    factories.answer(made, other, "answer to that")
    for child, parent in ((2, 1), (3, 2)):
        Message.objects.filter(pk=numbered(made, parent).pk).update(
            chosen_child=numbered(made, child)
        )
    return made


def numbered(conversation: Conversation, number: int) -> Message:
    return Message.objects.select_related("conversation").get(
        conversation=conversation, number=number
    )


def texts(conversation: Conversation) -> set[str]:
    rows = Message.objects.filter(conversation=conversation).with_generations()
    return {row.answer_text() for row in rows}


def path(user: User, conversation: Conversation) -> list[str]:
    assert conversation.leaf_id
    rows = Message.objects.visible_to(user).path_to(conversation.leaf_id).with_generations()
    return [row.answer_text() for row in rows]


def made(user: User, message: Message, extent: Extent) -> Conversation:
    copy = fork(user, message, extent)
    copy.refresh_from_db()
    assert broken_rules(copy) == []
    return copy


def test_only_the_path_leads_to_the_message_and_no_further(alice: User, tree: Conversation) -> None:
    copy = made(alice, numbered(tree, 4), Extent.PATH)
    assert path(alice, copy) == ["q", "a", "follow-up", "its answer"]
    assert copy.message_count == Message.objects.filter(conversation=copy).count() == 4


def test_branches_of_the_path_go_along_but_nothing_below(alice: User, tree: Conversation) -> None:
    copy = made(alice, numbered(tree, 4), Extent.BRANCHES)
    assert path(alice, copy) == ["q", "a", "follow-up", "its answer"]
    others = {"other answer", "other follow-up", "answer to that"}
    assert texts(copy) == {"q", "a", "follow-up", "its answer"} | others


def test_everything_goes_along_and_the_same_line_is_shown(alice: User, tree: Conversation) -> None:
    copy = made(alice, numbered(tree, 2), Extent.ALL)
    assert texts(copy) == texts(tree)
    assert path(alice, copy) == path(alice, tree)


def test_a_question_brings_its_shown_answer_along(alice: User, tree: Conversation) -> None:
    copy = made(alice, numbered(tree, 1), Extent.PATH)
    assert path(alice, copy) == ["q", "a"]


def test_the_old_conversation_is_left_as_it_is(alice: User, tree: Conversation) -> None:
    tree.refresh_from_db()
    before = [*Message.objects.filter(conversation=tree).order_by("number").values()]
    copy = made(alice, numbered(tree, 4), Extent.ALL)
    after = [*Message.objects.filter(conversation=tree).order_by("number").values()]
    leaf = tree.leaf_id
    tree.refresh_from_db()
    assert (before, leaf) == (after, tree.leaf_id)
    assert copy.forked_from == tree


def test_runs_are_copied_as_they_stand_and_money_is_not(alice: User, tree: Conversation) -> None:
    usage = {"prompt": 3, "completion": 4, "cost_nano": 5, "currency": "USD"}
    facts = {"usage": usage, "request_ids": ["r1"], "finish_reason": "length", "duration_ms": 9}
    old = factories.generation(numbered(tree, 2), "more", Status.STOPPED, **facts)
    copy = made(alice, numbered(tree, 2), Extent.PATH)
    first, second = Generation.objects.filter(message=copy.leaf).order_by("number")
    assert (first.text(), second.text(), second.status) == ("a", "more", Status.STOPPED)
    assert {name: getattr(second, name) for name in facts} == facts
    assert second.command_id != old.command_id
    assert second.created_at == old.created_at
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("status", [Status.RUNNING, Status.QUEUED])
def test_an_answer_that_is_being_written_is_copied_with_its_text_so_far(
    alice: User, tree: Conversation, status: Status
) -> None:
    running = factories.generation(
        numbered(tree, 6), "so far", status, process="p", stop_requested_at=now()
    )
    copy = made(alice, numbered(tree, 6), Extent.PATH)
    copied = Generation.objects.filter(message=copy.leaf).get(number=2)
    assert (copied.status, copied.text(), copied.process) == (Status.INTERRUPTED, "so far", "")
    assert copied.ended_at
    assert copied.stop_requested_at is None
    assert copied.parts[-1] == {"kind": "notice", "code": "interrupted"}
    assert copied.seq == 2
    running.refresh_from_db()
    assert running.status == status


def test_what_waits_or_was_deleted_stays_behind(alice: User, tree: Conversation) -> None:
    running = factories.generation(numbered(tree, 6), "so far", Status.RUNNING)
    waiting = factories.question(tree, numbered(tree, 6), "later")
    empty = factories.message(tree, waiting, "assistant", "")
    factories.generation(empty, "", Status.QUEUED, behind=running)
    branches.delete_branch(alice, numbered(tree, 8))
    copy = made(alice, numbered(tree, 2), Extent.ALL)
    assert not texts(copy) & {"later", "other follow-up", "answer to that"}
    assert Message.objects.filter(conversation=copy).count() == 7


def test_a_fork_has_the_title_of_the_old_one_in_whatever_language_it_is_read(
    alice: User, tree: Conversation
) -> None:
    """The sidebar marks it by a drawing; a word in the title would stay in one language."""
    tree.rename("Tea")
    copy = made(alice, numbered(tree, 2), Extent.PATH)
    assert (copy.title, bool(copy.titled_at)) == ("Tea", True)


def test_what_was_set_for_the_conversation_goes_along(alice: User, tree: Conversation) -> None:
    Conversation.objects.filter(pk=tree.pk).update(
        instructions="Be brief.", parameters={"temperature": 0.2}, pinned_at=now()
    )
    copy = made(alice, numbered(tree, 2), Extent.PATH)
    assert (copy.instructions, copy.parameters) == ("Be brief.", {"temperature": 0.2})
    assert copy.pinned_at is None


def test_a_stranger_forks_nothing(mallory: User, tree: Conversation) -> None:
    with pytest.raises(Refusal):
        fork(mallory, numbered(tree, 2), Extent.ALL)
    assert Conversation.objects.count() == 1


def test_a_fork_of_2000_messages_takes_few_statements(alice: User) -> None:
    small, large = line(alice, 500), line(alice, 2000)
    few, many = statements(alice, small), statements(alice, large)
    assert many - few <= 3 * few
    assert many < 130


def line(user: User, length: int) -> Conversation:
    """A conversation of so many messages, written at once."""
    where = factories.conversation(user)
    rows: list[Message] = []
    for place in range(length):
        role = "assistant" if place % 2 else "user"
        parent = rows[-1] if rows else None
        rows.append(
            Message(conversation=where, parent=parent, number=place + 1, depth=place, role=role)
        )
    Message.objects.bulk_create(rows)
    answers = [row for row in rows if row.role == "assistant"]
    run = factories.generation(answers[0], "x")
    Generation.objects.bulk_create(like(run, answer) for answer in answers[1:])
    where.leaf = rows[-1]
    where.save()
    return where


def like(run: Generation, answer: Message) -> Generation:
    return Generation(
        owner_id=run.owner_id,
        message=answer,
        command="send",
        command_id=uuid4(),
        model=run.model,
        status=Status.DONE,
        ended_at=now(),
        parts=run.parts,
    )


def statements(user: User, conversation: Conversation) -> int:
    assert conversation.leaf_id
    leaf = Message.objects.select_related("conversation").get(pk=conversation.leaf_id)
    with CaptureQueriesContext(connection) as seen:
        copy = fork(user, leaf, Extent.PATH)
    assert Generation.objects.filter(message__conversation=copy).count() == leaf.number // 2
    return len(seen)
