"""What an answer says about how it came to be: thought only, ended too early and gone on with."""

import pytest
from django.test import Client

from conversations.models import Message, Status
from tests import factories
from zaichat.accounts.models import User

THOUGHT = {"kind": "reasoning", "text": "Let me see.", "started": 1.0, "ended": 13.0}


@pytest.fixture
def visitor(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def answered(owner: User, *runs: tuple[Status, list[dict[str, object]]]) -> Message:
    made = factories.conversation(owner, "question", "")
    Message.objects.get(pk=made.leaf_id).generations.all().delete()
    for number, (status, parts) in enumerate(runs, 1):
        factories.generation(made.leaf, "", status, parts=parts, number=number)
    return made.leaf


def page(client: Client, message: Message) -> str:
    html = str(client.get(f"/c/{message.conversation_id}/").content, "utf-8")
    return html[html.index('role="log"') :].split("<template", 1)[0]


def said(text: str) -> dict[str, object]:
    return {"kind": "text", "text": text}


def test_an_answer_of_thoughts_alone_says_so_and_offers_to_go_on(
    alice: User, visitor: Client
) -> None:
    html = page(visitor, answered(alice, (Status.DONE, [THOUGHT])))
    assert "The model has thought, but written no answer." in html
    assert 'data-action="continue"' in html
    assert "Thought for 12 s" in html


def test_an_answer_of_nothing_says_so(alice: User, visitor: Client) -> None:
    assert "The model has written nothing." in page(visitor, answered(alice, (Status.DONE, [])))


def test_a_whole_answer_says_nothing_of_the_kind(alice: User, visitor: Client) -> None:
    html = page(visitor, answered(alice, (Status.DONE, [THOUGHT, said("Here it is.")])))
    assert "written no answer" not in html
    assert "continued" not in html


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.INTERRUPTED, "Interrupted here, then continued"),
        (Status.STOPPED, "Stopped here, then continued"),
        (Status.DONE, ">Continued<"),
    ],
)
def test_where_an_answer_is_gone_on_with_stands_between_its_parts(
    alice: User, visitor: Client, status: Status, words: str
) -> None:
    going_on = (Status.RUNNING, [said("second half")])
    message = answered(alice, (status, [said("first half")]), going_on)
    html = page(visitor, message)
    assert html.index("first half") < html.index(words) < html.index("second half")


def test_a_sentence_that_was_cut_is_whole_again_when_it_was_gone_on_with(
    alice: User, visitor: Client
) -> None:
    """People saw a line between two halves of a sentence, for ever."""
    cut, again = {"kind": "notice", "code": "length"}, {"kind": "notice", "code": "documents"}
    message = answered(
        alice,
        (Status.DONE, [THOUGHT, said("Once upon "), cut]),
        (Status.STOPPED, [again, said("a ti")]),
        (Status.DONE, [said("me.")]),
    )
    html = page(visitor, message)
    assert ">Once upon a time.</markdown-body>" in html
    assert html.count("<markdown-body") == 1
    assert "length limit" not in html
    assert "notice--resumed" not in html
    assert "after its end, after it was stopped" in html
    again_read = Message.objects.with_generations().get(pk=message.pk)
    assert [part.get("text") for run in again_read.all_generations() for part in run.parts] == [
        "Let me see.", "Once upon ", None, None, "a ti", "me.",
    ]  # fmt: skip


def test_thinking_and_sources_stay_between_the_texts_they_stood_between(
    alice: User, visitor: Client
) -> None:
    message = answered(
        alice, (Status.STOPPED, [said("first")]), (Status.DONE, [THOUGHT, said("second")])
    )
    html = page(visitor, message)
    assert html.index(">first<") < html.index("Let me see.") < html.index(">second<")


@pytest.mark.parametrize(("shown", "open_ones"), [("closed", 0), ("live", 0), ("open", 1)])
def test_finished_thinking_stands_open_only_for_those_who_wish_it(
    alice: User, visitor: Client, shown: str, open_ones: int
) -> None:
    User.objects.filter(pk=alice.pk).update(thinking_shown=shown)
    html = page(visitor, answered(alice, (Status.DONE, [THOUGHT, said("Here it is.")])))
    assert html.count('class="step reasoning" open') == open_ones
