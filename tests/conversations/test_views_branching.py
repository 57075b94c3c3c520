"""The addresses of forking, deleting a branch and bringing it back."""

import pytest
from django.test import Client

from conversations.models import Conversation, Message
from conversations.views.finding import find
from tests import factories
from tests.conversations.test_views_changes import signed_in
from zaichat.accounts.models import User


@pytest.fixture
def visitor(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def talk(alice: User) -> Conversation:
    """1 question - 2 answer one - 3 follow-up - 4 its answer; and 5 answer two beside 2."""
    made = factories.conversation(alice, "question", "answer one", "follow-up", "its answer")
    factories.answer(made, numbered(made, 1), "answer two")
    Message.objects.filter(pk=numbered(made, 1).pk).update(chosen_child=numbered(made, 2))
    return made


def numbered(conversation: Conversation, number: int) -> Message:
    return Message.objects.get(conversation=conversation, number=number)


def branch(message: Message, doing: str = "") -> str:
    return f"/c/{message.conversation_id}/branch/{message.pk}/{doing}"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "Removes 5 messages in 2 versions. You can bring them back from the trash"),
        (2, "Removes 3 messages. You can bring them back from the trash for 30 days."),
        (5, "Removes 1 message. You can bring it back from the trash for 30 days."),
        (4, "Removes 2 messages. The question goes with its only answer."),
    ],
)
def test_the_size_of_a_branch_is_said_before_it_is_deleted(
    talk: Conversation, visitor: Client, number: int, words: str
) -> None:
    html = visitor.get(branch(numbered(talk, number))).content.decode()
    assert words in html
    root = numbered(talk, 3 if number == 4 else number)
    assert f'data-root="{root.pk}"' in html


def test_the_size_is_said_in_chinese(talk: Conversation, visitor: Client) -> None:
    said = visitor.get(branch(numbered(talk, 1)), headers={"Accept-Language": "zh-CN"})
    assert "将删除 2 个版本中的 5 条消息" in said.content.decode()


def test_deleting_answers_with_what_remains_and_undo_with_what_was(
    talk: Conversation, visitor: Client
) -> None:
    remains = visitor.post(branch(numbered(talk, 2), "delete/")).content.decode()
    assert "answer two" in remains
    assert "answer one" not in remains
    assert "its answer" not in str(visitor.get(f"/c/{talk.pk}/").content, "utf-8")
    again = visitor.post(branch(numbered(talk, 2), "restore/")).content.decode()
    assert "its answer" in again
    assert "answer two" not in again


@pytest.mark.parametrize("doing", ["", "delete/"])
def test_a_message_of_another_conversation_is_not_found(
    alice: User, talk: Conversation, visitor: Client, doing: str
) -> None:
    other = factories.conversation(alice, "hi", "hello")
    place = f"/c/{talk.pk}/branch/{other.leaf_id}/{doing}"
    answer = visitor.post(place) if doing else visitor.get(place)
    assert answer.status_code == 404


def test_what_was_not_deleted_cannot_be_brought_back(talk: Conversation, visitor: Client) -> None:
    assert visitor.post(branch(numbered(talk, 2), "restore/")).status_code == 404


def test_a_fork_is_opened_at_its_address(talk: Conversation, visitor: Client) -> None:
    fields = {"message": numbered(talk, 2).pk, "extent": "path"}
    made = visitor.post(f"/c/{talk.pk}/fork/", fields)
    assert made.status_code == 201
    html = visitor.get(made.headers["Location"]).content.decode()
    assert "answer one" in html
    assert "its answer" not in html
    sidebar = visitor.get("/sidebar/").content.decode()
    assert sidebar.count('role="img" aria-label="Fork of another conversation"') == 1


def test_a_fork_is_found_as_soon_as_it_is_there(
    alice: User, talk: Conversation, visitor: Client
) -> None:
    talk.rename("Green tea")
    made = visitor.post(f"/c/{talk.pk}/fork/", {"message": numbered(talk, 4).pk})
    for words in ("Green tea", "answer one", "its answer"):
        found = [one.conversation.get_absolute_url() for one in find(alice, words).found]
        assert made.headers["Location"] in found


def test_a_fork_says_where_it_came_from_while_that_is_there(
    talk: Conversation, visitor: Client
) -> None:
    made = visitor.post(f"/c/{talk.pk}/fork/", {"message": numbered(talk, 2).pk})
    place = made.headers["Location"]
    link = f'<a class="link" href="/c/{talk.pk}/"'
    assert link in visitor.get(place).content.decode()
    talk.rename("<b>renamed</b>")
    assert "&lt;b&gt;renamed&lt;/b&gt;" in visitor.get(place).content.decode()
    visitor.post(f"/c/{talk.pk}/delete/")
    assert link not in visitor.get(place).content.decode()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"message": "nonsense"}, 404),
        ({}, 404),
        ({"extent": "half"}, 422),
    ],
)
def test_a_fork_that_makes_no_sense_is_refused(
    talk: Conversation, visitor: Client, fields: dict[str, str], status: int
) -> None:
    fields = {"message": str(talk.leaf_id), **fields} if "extent" in fields else fields
    refused = visitor.post(f"/c/{talk.pk}/fork/", fields)
    assert refused.status_code == status
    assert Conversation.objects.count() == 1


def test_choosing_a_version_is_told_to_the_other_tabs(
    talk: Conversation, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zaichat.accounts import hints

    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(hints, "hint", lambda *what: told.append(what))
    visitor.post(f"/c/{talk.pk}/leaf/", {"message": numbered(talk, 5).pk})
    assert told == [(talk.owner_id, "conversation", talk.pk)]
