"""The list beside every page: its groups, what is new in it, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import now

from conversations import listing
from conversations.models import Conversation, Generation, Status
from tests import factories
from zaichat.accounts.models import User

LIST = "/sidebar/"


@pytest.fixture
def visitor(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def page(client: Client, address: str = LIST) -> str:
    return str(client.get(address).content, "utf-8")


def talk(owner: User, title: str, **fields: object) -> Conversation:
    """A conversation its person has read."""
    made = factories.conversation(owner, title, "yes")
    values = {"read_at": now() + timedelta(seconds=1)} | fields
    Conversation.objects.filter(pk=made.pk).update(**values)
    return made


def ask_again(conversation: Conversation, **fields: object) -> Generation:
    """An answer that was asked for after the conversation was read."""
    later = now() + timedelta(seconds=2)
    Conversation.objects.filter(pk=conversation.pk).update(last_active_at=later)
    status = fields.pop("status", Status.DONE)
    ended = {} if status == Status.RUNNING else {"ended_at": later + timedelta(seconds=3)}
    return factories.generation(conversation.leaf, "more", Status(str(status)), **ended | fields)


def test_today_begins_at_midnight_where_the_person_is(
    alice: User, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    monkeypatch.setattr(listing, "localdate", lambda at=noon: timezone.localdate(at))
    talk(alice, "last night", last_active_at=datetime(2026, 11, 19, 17, tzinfo=UTC))
    assert 'data-group="yesterday"' in page(visitor)
    User.objects.filter(pk=alice.pk).update(time_zone="Asia/Shanghai")
    assert 'data-group="today"' in page(visitor)


def test_pinned_ones_stand_first_whatever_their_age(alice: User, visitor: Client) -> None:
    talk(alice, "new")
    talk(alice, "first pinned", pinned_at=now(), last_active_at=now() - timedelta(days=90))
    talk(alice, "pinned last", pinned_at=now() + timedelta(seconds=1))
    html = page(visitor)
    places = [html.index(words) for words in (">Pinned<", "pinned last", "first pinned", ">new<")]
    assert places == sorted(places)
    assert html.count("first pinned</span>") == 1


def test_archived_and_deleted_ones_are_not_in_the_list(alice: User, visitor: Client) -> None:
    talk(alice, "archived", archived_at=now())
    talk(alice, "deleted", deleted_at=now())
    talk(alice, "pinned and archived", archived_at=now(), pinned_at=now())
    assert 'class="entry"' not in page(visitor)


def test_an_answer_that_ended_after_the_conversation_was_read_is_new(
    alice: User, visitor: Client
) -> None:
    conversation = talk(alice, "read")
    assert "data-state" not in page(visitor)
    answer = ask_again(conversation)
    html = page(visitor)
    assert f'data-state="unread" data-ended="{answer.pk}" data-outcome="done"' in html
    assert html.count('aria-label="new answer"') == 1


def test_an_answer_that_failed_is_news_too_and_one_that_was_stopped_is_not(
    alice: User, visitor: Client
) -> None:
    ask_again(talk(alice, "stopped"), status=Status.STOPPED)
    assert "data-state" not in page(visitor)
    ask_again(talk(alice, "failed"), status=Status.FAILED)
    assert 'data-outcome="failed"' in page(visitor)
    assert 'aria-label="the answer failed"' in page(visitor)


def test_an_answer_in_a_deleted_branch_is_no_news(alice: User, visitor: Client) -> None:
    conversation = talk(alice, "hi")
    message = ask_again(conversation).message
    message.deleted_at = now()
    message.save()
    assert "data-state" not in page(visitor)


def test_reading_it_takes_the_dot_away_in_every_tab(alice: User, visitor: Client) -> None:
    conversation = talk(alice, "hi", read_at=now() - timedelta(hours=1))
    assert 'data-state="unread"' in page(visitor)
    assert visitor.post(f"/c/{conversation.pk}/read/").status_code == 204
    assert "data-state" not in page(visitor)


def test_an_answer_seen_only_at_its_beginning_is_new_when_it_has_ended(
    alice: User, visitor: Client
) -> None:
    conversation = talk(alice, "hi", read_at=now() - timedelta(hours=1))
    running = ask_again(conversation, status=Status.RUNNING)
    visitor.post(f"/c/{conversation.pk}/read/")
    assert 'data-state="running"' in page(visitor)
    Generation.objects.filter(pk=running.pk).update(status=Status.DONE, ended_at=now())
    assert 'data-state="unread"' in page(visitor)


def test_a_conversation_whose_questions_are_held_is_not_being_answered(
    alice: User, visitor: Client
) -> None:
    conversation = talk(alice, "hi")
    held = ask_again(conversation, status=Status.QUEUED, ended_at=None)
    Generation.objects.filter(pk=held.pk).update(behind=held)
    assert 'data-state="running"' not in page(visitor)


def test_a_long_list_costs_as_many_queries_as_a_short_one(alice: User, visitor: Client) -> None:
    talk(alice, "one")
    page(visitor)
    few = queries(visitor)
    for number in range(12):
        ask_again(talk(alice, f"unread {number}"))
        talk(alice, f"pinned {number}", pinned_at=now())
    assert queries(visitor) == few <= 4


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        page(client)
    return len(seen)


def test_no_list_is_longer_than_anybody_reads(alice: User, visitor: Client) -> None:
    assert listing.more_than(listing.MOST_LISTED, [0] * (listing.MOST_LISTED + 1)) == 0
    assert listing.more_than(50, [0] * 51) == 50 + listing.LISTED
    assert listing.more_than(50, [0] * 50) == 0


def test_a_title_is_never_markup(alice: User, visitor: Client) -> None:
    talk(alice, '"><script>alert(1)</script>')
    assert "<script>" not in page(visitor)
