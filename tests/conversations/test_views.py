"""The pages: what is on them, who gets them, and what they cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from conversations.models import Conversation, Status
from tests import factories
from zaichat.accounts.models import User

PAGES = ("/", "/sidebar/", "/c/{pk}/", "/c/{pk}/?piece=state")


@pytest.fixture
def visitor(alice: User) -> Client:
    return signed_in(alice)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response
    return str(response.content, "utf-8")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        page(client, address)
    return len(seen)


@pytest.mark.parametrize("address", PAGES)
def test_whoever_is_signed_out_is_asked_to_sign_in(alice: User, address: str) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    response = Client().get(address.format(pk=conversation.pk))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/")


@pytest.mark.parametrize("query", ["", "?piece=state", "?before={message}"])
def test_a_stranger_finds_nothing(alice: User, mallory: User, query: str) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    address = f"/c/{conversation.pk}/{query.format(message=conversation.leaf_id)}"
    assert signed_in(mallory).get(address).status_code == 404


def test_a_deleted_conversation_is_not_found_even_by_its_owner(
    alice: User, visitor: Client
) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    Conversation.objects.filter(pk=conversation.pk).update(deleted_at=now())
    assert visitor.get(f"/c/{conversation.pk}/").status_code == 404


def test_the_start_page_offers_a_message_box_and_no_conversation(visitor: Client) -> None:
    html = page(visitor, "/")
    assert 'data-conversation=""' in html
    assert "<label" in html
    assert 'id="message"' in html
    assert "<article" not in html.split("<template", 1)[0]


def test_a_conversation_shows_what_was_said_with_names_that_readers_rely_on(
    alice: User, visitor: Client
) -> None:
    conversation = factories.conversation(alice, "What is 1 < 2?", "It is **true**.")
    html = page(visitor, f"/c/{conversation.pk}/")
    assert "What is 1 &lt; 2?" in html
    assert ">It is **true**.</markdown-body>" in html
    assert 'role="log" aria-live="off" aria-label="Conversation"' in html
    assert html.count('role="status"') == 1
    for name in ("Send", "Stop generating", "Attach files", "Deep thinking", "Web search"):
        assert f'aria-label="{name}"' in html
    assert f'data-message="{conversation.leaf_id}"' in html


def test_every_message_has_a_name_for_those_who_jump_from_one_to_the_next(
    alice: User, visitor: Client
) -> None:
    conversation = factories.conversation(
        alice, "Why\n<b> " + "and why " * 40, "So.", "", "", "为什么" * 40
    )
    html = page(visitor, f"/c/{conversation.pk}/")
    names = re.findall(r'<article class="message" aria-label="([^"]*)"', html)
    question, answer, wordless, _, chinese = names
    assert question.startswith("You said: Why &lt;b&gt; and why")
    assert question.endswith("…")
    assert len(question) < 100
    assert answer.endswith(" answered")
    assert wordless == "You said"
    assert chinese == f"You said: {'为什么' * 20}"[:-1] + "…"


def test_what_a_model_says_is_text_and_never_markup(alice: User, visitor: Client) -> None:
    attack = "</markdown-body><script>alert(1)</script><img src=x onerror=alert(1)>"
    conversation = factories.conversation(alice, attack, attack)
    Conversation.objects.filter(pk=conversation.pk).update(title=attack)
    html = page(visitor, f"/c/{conversation.pk}/")
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_reply_that_streams_says_how_far_the_page_is(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    running = factories.generation(answer, "so far", Status.RUNNING, seq=7)
    Conversation.objects.filter(pk=conversation.pk).update(leaf=answer)
    html = page(visitor, f"/c/{conversation.pk}/")
    assert 'data-status="streaming"' in html
    assert f'data-generation="{running.pk}" data-seq="7"' in html
    assert ">so far</markdown-body>" in html


def test_a_text_too_long_to_be_laid_out_twice_says_so(alice: User, visitor: Client) -> None:
    short, long = (factories.conversation(alice, "?", "word " * count) for count in (10, 10_001))
    assert "data-long" not in page(visitor, f"/c/{short.pk}/")
    assert "data-long" in page(visitor, f"/c/{long.pk}/")


def test_a_long_conversation_costs_as_many_queries_as_a_short_one(
    alice: User, visitor: Client
) -> None:
    short = factories.conversation(alice, "hi", "hello")
    long = factories.conversation(alice, *(f"message {n}" for n in range(120)))
    page(visitor, f"/c/{short.pk}/")
    assert queries(visitor, f"/c/{long.pk}/") == queries(visitor, f"/c/{short.pk}/") <= 11


def test_older_messages_come_in_pieces_until_the_first(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, *(f"message {n}" for n in range(120)))
    seen: list[str] = []
    address = f"/c/{conversation.pk}/"
    while address:
        html = page(visitor, address)
        seen = re.findall(r">message (\d+)</(?:div|markdown-body)>", html) + seen
        older = re.search(r'data-older href="([^"]+)"', html)
        address = older[1] if older else ""
    assert seen == [str(n) for n in range(120)]


def test_only_messages_of_the_shown_path_are_on_the_page(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, "question", "old answer")
    question = conversation.leaf.parent
    newer = factories.answer(conversation, question, "new answer")
    Conversation.objects.filter(pk=conversation.pk).update(leaf=newer)
    html = page(visitor, f"/c/{conversation.pk}/")
    assert "new answer" in html
    assert "old answer" not in html
    assert ">2/2<" in html


def test_questions_that_wait_stand_beside_the_message_box(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    running = factories.generation(answer, "so far", Status.RUNNING)
    Conversation.objects.filter(pk=conversation.pk).update(leaf=answer)
    waiting = factories.question(conversation, answer, "and this one later")
    empty = factories.message(conversation, waiting, "assistant", "")
    factories.generation(empty, "", Status.QUEUED, behind=running)
    html = page(visitor, f"/c/{conversation.pk}/")
    assert f'data-waiting="{waiting.pk}"' in html
    assert html.count(">and this one later<") == 1


def test_a_message_that_is_no_uuid_is_not_found(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    assert visitor.get(f"/c/{conversation.pk}/?before=nonsense").status_code == 404


def test_where_no_script_runs_the_page_says_what_it_cannot_do(visitor: Client, alice: User) -> None:
    conversation = factories.conversation(alice, "hi", "hello")
    for address in ("/", f"/c/{conversation.pk}/"):
        [said] = re.findall("<noscript>(.*?)</noscript>", page(visitor, address), re.DOTALL)
        assert "Asking needs it" in said
