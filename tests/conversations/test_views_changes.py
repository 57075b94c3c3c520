"""The small changes without a socket: versions, names, putting away."""

import pytest
from django.test import Client

from conversations.models import Conversation, Message, Status
from tests import factories
from zaichat.accounts.models import User


@pytest.fixture
def visitor(alice: User) -> Client:
    return signed_in(alice)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def forked(alice: User) -> Conversation:
    """question - answer one - follow-up - its answer; and answer two, which is shown."""
    made = factories.conversation(alice, "question", "answer one", "follow-up", "its answer")
    question = Message.objects.get(conversation=made, number=1)
    made.leaf = factories.answer(made, question, "answer two")
    made.save(update_fields=["leaf"])
    return made


def numbered(conversation: Conversation, number: int) -> Message:
    return Message.objects.get(conversation=conversation, number=number)


def test_choosing_a_version_shows_it_with_what_followed_it(
    forked: Conversation, visitor: Client
) -> None:
    chosen = numbered(forked, 2)
    response = visitor.post(f"/c/{forked.pk}/leaf/", {"message": chosen.pk})
    html = str(response.content, "utf-8")
    assert "its answer" in html
    assert "answer two" not in html
    forked.refresh_from_db()
    assert forked.leaf == numbered(forked, 4)
    assert numbered(forked, 1).chosen_child == chosen


def test_choosing_back_and_forth_ends_where_it_began(forked: Conversation, visitor: Client) -> None:
    before = forked.leaf
    for number in (2, 5):
        visitor.post(f"/c/{forked.pk}/leaf/", {"message": numbered(forked, number).pk})
    forked.refresh_from_db()
    assert forked.leaf == before


def test_a_waiting_question_is_never_the_leaf(forked: Conversation, visitor: Client) -> None:
    end = numbered(forked, 4)
    running = factories.generation(end, "more", Status.RUNNING)
    waiting = factories.question(forked, end, "later")
    empty = factories.message(forked, waiting, "assistant", "")
    factories.generation(empty, "", Status.QUEUED, behind=running)
    visitor.post(f"/c/{forked.pk}/leaf/", {"message": numbered(forked, 2).pk})
    forked.refresh_from_db()
    assert forked.leaf == end


@pytest.mark.parametrize("message", ["", "nonsense", "01890000-0000-7000-8000-000000000000"])
def test_a_version_that_does_not_exist_is_not_found(
    forked: Conversation, visitor: Client, message: str
) -> None:
    response = visitor.post(f"/c/{forked.pk}/leaf/", {"message": message})
    assert response.status_code == 404


def test_a_message_of_another_conversation_is_no_version(
    alice: User, forked: Conversation, visitor: Client
) -> None:
    other = factories.conversation(alice, "hi", "hello")
    response = visitor.post(f"/c/{forked.pk}/leaf/", {"message": other.leaf_id})
    assert response.status_code == 404


def test_a_conversation_gets_the_name_that_was_typed(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    response = visitor.post(f"/c/{conversation.pk}/rename/", {"title": "  苏州   trip "})
    assert response.status_code == 204
    conversation.refresh_from_db()
    assert conversation.title == "苏州 trip"


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_bad_name_is_refused_with_the_reason(alice: User, visitor: Client, title: str) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    response = visitor.post(f"/c/{conversation.pk}/rename/", {"title": title})
    assert response.status_code == 422
    assert "Name" in str(response.content, "utf-8")
    conversation.refresh_from_db()
    assert conversation.title == "hi"


def test_a_deleted_conversation_leaves_the_list_and_its_reply_is_asked_to_stop(
    alice: User, visitor: Client
) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    running = factories.generation(conversation.leaf, "more", Status.RUNNING)
    visitor.post(f"/c/{conversation.pk}/delete/")
    conversation.refresh_from_db()
    running.refresh_from_db()
    assert conversation.deleted_at
    assert running.stop_requested_at
    assert f"/c/{conversation.pk}/" not in str(visitor.get("/sidebar/").content, "utf-8")


@pytest.mark.parametrize("change", ["leaf", "rename", "read", "delete"])
def test_a_stranger_changes_nothing(alice: User, mallory: User, change: str) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    fields = {"title": "stolen", "message": str(conversation.leaf_id)}
    response = signed_in(mallory).post(f"/c/{conversation.pk}/{change}/", fields)
    assert response.status_code == 404
    conversation.refresh_from_db()
    assert (conversation.title, conversation.deleted_at) == ("hi", None)


@pytest.mark.parametrize("change", ["leaf", "rename", "read", "delete"])
def test_looking_changes_nothing(alice: User, visitor: Client, change: str) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    assert visitor.get(f"/c/{conversation.pk}/{change}/").status_code == 405


@pytest.mark.parametrize("change", ["leaf", "rename", "read", "delete"])
def test_a_form_from_elsewhere_is_refused(alice: User, change: str) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(f"/c/{conversation.pk}/{change}/").status_code == 403
