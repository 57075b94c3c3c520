"""What is said of an answer: its row of actions, its details, and the report about it."""

import json

import pytest
from django.test import Client
from django.utils import translation
from django.utils.timezone import now, timedelta

from conversations.models import Conversation, Generation, Message, Status
from conversations.rendering import message_html
from conversations.templatetags.usage import details, facts
from tests import factories
from tests.conversations.test_views_changes import signed_in
from zaichat.accounts.models import User

USAGE = {
    "prompt": 3410,
    "cached": 2048,
    "completion": 1284,
    "reasoning": 412,
    "cost_nano": 4_000_000,
    "currency": "USD",
}


@pytest.fixture
def talk(alice: User) -> Conversation:
    made = factories.conversation(alice, "a secret question", "a secret answer")
    began = now()
    Generation.objects.filter(message=made.leaf).update(
        usage=USAGE,
        request_ids=["20261123-7f3c"],
        started_at=began,
        first_token_at=began + timedelta(seconds=0.9),
        duration_ms=9400,
        options={"thinking": "on", "web_search": True, "instructions": "a secret instruction"},
    )
    return made


def answer(conversation: Conversation) -> Message:
    return Message.objects.with_generations().get(pk=conversation.leaf_id)


def test_details_tell_parts_of_tokens_and_cost_below_their_sums(talk: Conversation) -> None:
    with translation.override("en"):
        said = [(fact.name, fact.value, fact.is_part) for fact in facts(answer(talk))]
    assert said == [
        ("Model", "GLM-4.6", False),
        ("Asked", "3,410 tokens", False),
        ("from the cache", "2,048", True),
        ("Answered", "1,284 tokens", False),
        ("thinking", "412", True),
        ("First word", "0.9 s", False),
        ("In all", "9.4 s", False),
        ("Cost", "$0.0040", False),
        ("thinking", "$0.0009", True),
    ]


@pytest.mark.parametrize(
    ("language", "line", "asked", "cost"),
    [
        ("en", "about 1,284 tokens", "about 3,410 tokens", "about $0.0040"),
        ("zh-hans", "约 1,284 个词元", "约 3,410 个词元", "约 $0.0040"),
    ],
)
def test_what_nobody_counted_is_told_as_an_estimate(
    talk: Conversation, language: str, line: str, asked: str, cost: str
) -> None:
    """A stopped answer told more tokens than the whole one had, as if they had been counted."""
    Generation.objects.filter(message=talk.leaf).update(usage=USAGE | {"estimated": True})
    with translation.override(language):
        values = [fact.value for fact in facts(answer(talk))]
        assert details(answer(talk)).split(" · ")[1] == line
    assert {line, asked, cost} <= set(values)


def test_what_is_not_known_is_not_said(alice: User) -> None:
    with translation.override("en"):
        named = [fact.name for fact in facts(answer(factories.conversation(alice, "q", "a")))]
    assert named == ["Model"]


def test_the_cost_of_thinking_is_left_out_where_no_price_is_known(talk: Conversation) -> None:
    Generation.objects.filter(message=talk.leaf).update(model="somebody-elses")
    with translation.override("en"):
        names = [fact.name for fact in facts(answer(talk))]
    assert names[-1] == "Cost"


def test_an_answer_that_went_on_counts_all_its_runs(talk: Conversation) -> None:
    assert talk.leaf
    factories.generation(talk.leaf, "more", usage=USAGE)
    with translation.override("en"):
        said = {fact.name: fact.value for fact in facts(answer(talk)) if not fact.is_part}
    assert said["Asked"] == "6,820 tokens"


def test_the_report_says_numbers_and_no_words(talk: Conversation, alice: User) -> None:
    failed = {"error_code": "overloaded", "vendor_code": "1305"}
    assert talk.leaf
    factories.generation(talk.leaf, "more secrets", Status.FAILED, **failed)
    said = signed_in(alice).get(f"/c/{talk.pk}/report/{talk.leaf_id}/").content.decode()
    assert "secret" not in said
    report = json.loads(said)
    first, second = report["runs"]
    assert report["build"]
    assert (first["model"], first["status"]) == ("glm-4.6", "done")
    assert first["options"] == {"thinking": "on", "web_search": True}
    assert (first["usage"], first["request_ids"]) == (USAGE, ["20261123-7f3c"])
    assert first["parts"] == [{"kind": "text", "length": len("a secret answer")}]
    assert (second["error_code"], second["vendor_code"]) == ("overloaded", "1305")


def test_a_report_of_another_conversations_answer_is_not_found(
    talk: Conversation, alice: User
) -> None:
    other = factories.conversation(alice, "hi", "hello")
    visitor: Client = signed_in(alice)
    assert visitor.get(f"/c/{talk.pk}/report/{other.leaf_id}/").status_code == 404


def test_the_row_begins_with_the_versions_and_ends_with_the_details(
    talk: Conversation, alice: User
) -> None:
    question = Message.objects.get(conversation=talk, number=1)
    factories.answer(talk, question, "another answer")
    with translation.override("en"):
        html = message_html(alice, answer(talk))
    names = ["Previous version", "Next version", "Copy", "Regenerate", "Regenerate differently"]
    names += ["More for this answer", "Details: GLM-4.6"]
    places = [html.index(f'aria-label="{name}') for name in names]
    assert places == sorted(places)
    assert "Version 1 of 2" in html
    assert "Read aloud" not in html
