"""Landing on a message: around it, on its own branch, without changing what is stored."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from conversations.models import Conversation, Message
from conversations.views.path import FIRST
from tests import factories
from zaichat.accounts.models import User

TEXTS = re.compile(r">message (\d+)</(?:div|markdown-body)>")


@pytest.fixture
def visitor(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return str(response.content, "utf-8")


def shown(html: str) -> list[int]:
    return [int(number) for number in TEXTS.findall(html)]


def numbered(conversation: Conversation, number: int) -> Message:
    return Message.objects.get(conversation=conversation, number=number + 1)


@pytest.fixture
def long(alice: User) -> Conversation:
    return factories.long_conversation(alice, 120)


def test_an_old_message_is_shown_with_what_stands_around_it(
    long: Conversation, visitor: Client
) -> None:
    wanted = numbered(long, 40)
    html = page(visitor, f"/c/{long.pk}/?at={wanted.pk}")
    assert shown(html) == list(range(25, 75))
    assert f'data-at="{wanted.pk}"' in html
    assert "data-older" in html
    assert "data-later" in html


def test_a_message_on_the_newest_page_is_shown_on_it(long: Conversation, visitor: Client) -> None:
    wanted = numbered(long, 119)
    html = page(visitor, f"/c/{long.pk}/?at={wanted.pk}")
    assert shown(html) == list(range(70, 120))
    assert f'data-at="{wanted.pk}"' in html
    assert "data-later" not in html


def test_a_long_conversation_opens_with_its_last_few_messages(
    long: Conversation, visitor: Client
) -> None:
    html = page(visitor, f"/c/{long.pk}/")
    assert shown(html) == list(range(120 - FIRST, 120))
    older = re.search(r'data-older href="([^"]+)"', html)
    assert older
    assert shown(page(visitor, older[1])) == list(range(70 - FIRST, 120 - FIRST))


def test_later_messages_come_in_pieces_until_the_last(long: Conversation, visitor: Client) -> None:
    html = page(visitor, f"/c/{long.pk}/?at={numbered(long, 0).pk}")
    assert "data-older" not in html
    seen = shown(html)
    while later := re.search(r'data-later href="([^"]+)"', html):
        html = page(visitor, later[1].replace("&amp;", "&"))
        seen += shown(html)
    assert seen == list(range(120))


@pytest.fixture
def forked(alice: User) -> Conversation:
    """A first answer with a follow-up, and a second one, which is shown."""
    made = factories.conversation(alice, *(f"message {n}" for n in range(4)))
    made.leaf = factories.answer(made, numbered(made, 0), "message 9")
    made.save(update_fields=["leaf"])
    return made


def test_a_message_on_another_branch_is_shown_there_and_nothing_is_stored(
    forked: Conversation, visitor: Client
) -> None:
    before = forked.leaf_id
    html = page(visitor, f"/c/{forked.pk}/?at={numbered(forked, 1).pk}")
    assert shown(html) == [0, 1, 2, 3]
    assert f'data-end="{numbered(forked, 3).pk}"' in html
    forked.refresh_from_db()
    assert forked.leaf_id == before
    assert shown(page(visitor, f"/c/{forked.pk}/")) == [0, 9]


def test_a_view_of_another_branch_is_caught_up_with_as_that(
    forked: Conversation, visitor: Client
) -> None:
    state = f"/c/{forked.pk}/?piece=state"
    assert shown(page(visitor, state)) == [0, 9]
    assert shown(page(visitor, f"{state}&end={numbered(forked, 3).pk}")) == [0, 1, 2, 3]


@pytest.mark.parametrize("name", ["at", "end"])
@pytest.mark.parametrize("wrong", ["nonsense", "01890000-0000-7000-8000-000000000000"])
def test_a_message_that_is_not_there_leads_to_the_newest(
    forked: Conversation, visitor: Client, name: str, wrong: str
) -> None:
    assert shown(page(visitor, f"/c/{forked.pk}/?{name}={wrong}")) == [0, 9]


@pytest.mark.parametrize("name", ["at", "end"])
def test_a_stranger_s_or_a_deleted_message_is_as_if_it_had_not_been_named(
    forked: Conversation, mallory: User, visitor: Client, name: str
) -> None:
    theirs = factories.conversation(mallory, "message 77", "message 78")
    Message.objects.filter(pk=numbered(forked, 3).pk).update(deleted_at=now())
    for message in (theirs.leaf_id, numbered(forked, 3).pk):
        assert shown(page(visitor, f"/c/{forked.pk}/?{name}={message}")) == [0, 9]


def test_a_stranger_s_message_is_no_place_to_go_on_from(
    forked: Conversation, mallory: User, visitor: Client
) -> None:
    theirs = factories.conversation(mallory, "message 77", "message 78")
    for name in ("before", "after"):
        assert visitor.get(f"/c/{forked.pk}/?{name}={theirs.leaf_id}").status_code == 404
    address = f"/c/{forked.pk}/?after={numbered(forked, 0).pk}&end={theirs.leaf_id}"
    assert shown(page(visitor, address)) == []


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        page(client, address)
    return len(seen)


@pytest.mark.parametrize("where", ["", "?at={middle}", "?before={middle}", "?after={middle}"])
def test_a_conversation_of_2000_messages_costs_as_many_queries_as_a_short_one(
    alice: User, visitor: Client, where: str
) -> None:
    counts = []
    for count in (4, 2000):
        made = factories.long_conversation(alice, count)
        address = f"/c/{made.pk}/" + where.format(middle=numbered(made, count // 2).pk)
        page(visitor, address)
        counts.append(queries(visitor, address))
    assert counts[0] == counts[1] <= 14, counts
