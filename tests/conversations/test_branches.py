"""Deleting a branch, seeing how large it is, and bringing it back as it was."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations.engine import branches
from conversations.engine.versions import choose
from conversations.models import Conversation, Message, Status
from conversations.protocol import Refusal
from tests import factories
from tests.conversations.test_tree import broken_rules
from zaichat.accounts.models import User


@pytest.fixture
def forked(alice: User) -> Conversation:
    """1 question - 2 answer one - 3 follow-up - 4 its answer; and 5 answer two, which is shown."""
    made = factories.conversation(alice, "question", "answer one", "follow-up", "its answer")
    made.leaf = factories.answer(made, numbered(made, 1), "answer two")
    made.save(update_fields=["leaf"])
    return made


def numbered(conversation: Conversation, number: int) -> Message:
    return Message.objects.select_related("parent").get(conversation=conversation, number=number)


def shown(user: User, conversation: Conversation) -> list[int]:
    """The numbers of the messages on the path that is shown."""
    conversation.refresh_from_db()
    assert broken_rules(conversation) == []
    if conversation.leaf_id is None:
        return []
    path = Message.objects.visible_to(user).path_to(conversation.leaf_id)
    return [message.number for message in path]


def state(conversation: Conversation) -> list[tuple[object, ...]]:
    conversation.refresh_from_db()
    rows = Message.objects.filter(conversation=conversation).order_by("number")
    facts = [(row.number, row.deleted_at, row.chosen_child_id) for row in rows]
    return [(conversation.leaf_id,), *facts]


def test_a_deleted_version_makes_way_for_the_one_before_it(
    alice: User, forked: Conversation
) -> None:
    branches.delete_branch(alice, numbered(forked, 5))
    assert shown(alice, forked) == [1, 2, 3, 4]


def test_without_other_versions_the_conversation_ends_before_the_branch(
    alice: User, forked: Conversation
) -> None:
    choose(alice, numbered(forked, 2))
    branches.delete_branch(alice, numbered(forked, 3))
    assert shown(alice, forked) == [1, 2]


def test_the_only_answer_takes_its_question_along(alice: User, forked: Conversation) -> None:
    choose(alice, numbered(forked, 2))
    root = branches.delete_branch(alice, numbered(forked, 4))
    assert root == numbered(forked, 3)
    assert shown(alice, forked) == [1, 2]


def test_a_branch_elsewhere_leaves_the_shown_path_alone(alice: User, forked: Conversation) -> None:
    branches.delete_branch(alice, numbered(forked, 2))
    assert shown(alice, forked) == [1, 5]


def test_everything_can_be_deleted_and_the_conversation_goes_on(
    alice: User, forked: Conversation
) -> None:
    branches.delete_branch(alice, numbered(forked, 1))
    assert forked.leaf is not None
    assert shown(alice, forked) == []
    branches.restore_branch(alice, numbered(forked, 1))
    assert shown(alice, forked) == [1, 5]


@pytest.mark.parametrize("number", [1, 2, 3, 5])
@pytest.mark.parametrize("looking_at", [2, 5])
def test_bringing_it_back_restores_exactly_what_was_shown(
    alice: User, forked: Conversation, number: int, looking_at: int
) -> None:
    choose(alice, numbered(forked, looking_at))
    before, path = state(forked), shown(alice, forked)
    root = branches.delete_branch(alice, numbered(forked, number))
    branches.restore_branch(alice, root)
    if number in path:
        assert state(forked) == before
    else:
        assert number in shown(alice, forked)


def test_a_branch_deleted_earlier_stays_deleted_when_a_larger_one_returns(
    alice: User, forked: Conversation
) -> None:
    inner = branches.delete_branch(alice, numbered(forked, 3))
    outer = branches.delete_branch(alice, numbered(forked, 1))
    assert list(branches.deleted_branches(alice)) == [outer]
    with pytest.raises(Refusal):
        branches.restore_branch(alice, inner)
    branches.restore_branch(alice, outer)
    assert list(branches.deleted_branches(alice)) == [inner]
    assert shown(alice, forked) == [1, 5]


def test_what_runs_in_a_branch_is_stopped_and_what_waits_is_not_asked(
    alice: User, forked: Conversation
) -> None:
    running = factories.generation(numbered(forked, 5), "more", Status.RUNNING)
    waiting = factories.question(forked, numbered(forked, 5), "later")
    empty = factories.message(forked, waiting, "assistant", "")
    queued = factories.generation(empty, "", Status.QUEUED, behind=running)
    elsewhere = factories.generation(numbered(forked, 4), "more", Status.RUNNING)
    branches.delete_branch(alice, numbered(forked, 5))
    for row in (running, queued, elsewhere):
        row.refresh_from_db()
    assert running.stop_requested_at
    assert (queued.status, queued.started_at) == (Status.STOPPED, None)
    assert elsewhere.stop_requested_at is None


def test_the_size_counts_messages_and_the_lines_they_make(
    alice: User, forked: Conversation
) -> None:
    whole = branches.size_of(alice, numbered(forked, 1))
    assert (whole.messages, whole.versions) == (5, 2)
    line = branches.size_of(alice, numbered(forked, 2))
    assert (line.messages, line.versions) == (3, 1)
    last = branches.size_of(alice, numbered(forked, 4))
    assert (last.root, last.messages) == (numbered(forked, 3), 2)


def test_deleted_branches_tell_how_much_they_hold_and_where(
    alice: User, forked: Conversation
) -> None:
    first = branches.delete_branch(alice, numbered(forked, 5))
    second = branches.delete_branch(alice, numbered(forked, 3))
    rows = list(branches.deleted_branches(alice))
    assert rows == [second, first]
    assert [row.count for row in rows] == [2, 1]  # type: ignore[attr-defined]
    assert {row.conversation for row in rows} == {forked}


def test_a_question_that_was_taken_back_is_no_deleted_branch(
    alice: User, forked: Conversation
) -> None:
    from conversations.engine import queue

    running = factories.generation(numbered(forked, 5), "more", Status.RUNNING)
    later = factories.question(forked, numbered(forked, 5), "later")
    empty = factories.message(forked, later, "assistant", "")
    factories.generation(empty, "", Status.QUEUED, behind=running)
    queue.unqueue(alice, later.pk)
    assert not branches.deleted_branches(alice).exists()


def test_what_is_gone_is_not_deleted_twice(alice: User, forked: Conversation) -> None:
    inner = numbered(forked, 3)
    branches.delete_branch(alice, numbered(forked, 2))
    with pytest.raises(Refusal):
        branches.delete_branch(alice, inner)


def test_a_stranger_deletes_sees_and_restores_nothing(
    alice: User, mallory: User, forked: Conversation
) -> None:
    with pytest.raises(Refusal):
        branches.delete_branch(mallory, numbered(forked, 5))
    root = branches.delete_branch(alice, numbered(forked, 5))
    assert not branches.deleted_branches(mallory).exists()
    with pytest.raises(Refusal):
        branches.restore_branch(mallory, root)


def test_a_long_branch_takes_no_more_queries_than_a_short_one(alice: User) -> None:
    short = factories.conversation(alice, "q", "a", "q", "a")
    long = factories.conversation(alice, *["q", "a"] * 30)
    assert queries_to_delete(alice, short) == queries_to_delete(alice, long)


def queries_to_delete(user: User, conversation: Conversation) -> int:
    with CaptureQueriesContext(connection) as seen:
        branches.size_of(user, numbered(conversation, 2))
        root = branches.delete_branch(user, numbered(conversation, 3))
        branches.restore_branch(user, root)
    return len(seen)
