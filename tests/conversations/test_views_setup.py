"""The dialog for instructions and parameters: what it shows, keeps and refuses."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from conversations.models import Conversation, Draft
from tests import factories
from tests.conversations.test_views import page, queries, signed_in
from zaichat.accounts.models import User

FILLED = {
    "instructions": "  Rhyme.  ",
    "temperature": "0,7",
    "top_p": "0.5",
    "max_tokens": "4,096",
    "stop": "END\n\nHALT\n",
    "response_format": "on",
}


@pytest.fixture
def visitor(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def hers(alice: User) -> Conversation:
    return factories.conversation(alice, "hi", "hello")


def said(visitor: Client, address: str, **fields: str) -> tuple[int, dict[str, Any]]:
    answer = visitor.post(address, fields)
    return answer.status_code, json.loads(answer.content)


def test_what_the_form_says_is_kept_and_told(visitor: Client, hers: Conversation) -> None:
    status, told = said(visitor, f"/c/{hers.pk}/setup/", **FILLED)
    hers.refresh_from_db()
    assert status == 200
    assert hers.instructions == "Rhyme."
    assert hers.parameters == {
        "temperature": 0.7,
        "top_p": 0.5,
        "max_tokens": 4096,
        "stop": ["END", "HALT"],
        "do_sample": False,
        "response_format": "json_object",
        "stream": False,
    }
    assert told == {"instructions": hers.instructions, "parameters": hers.parameters}


def test_an_emptied_form_leaves_everything_to_the_model(
    visitor: Client, hers: Conversation
) -> None:
    address = f"/c/{hers.pk}/setup/"
    said(visitor, address, **FILLED)
    assert said(visitor, address, stream="on", do_sample="on")[1]["parameters"] == {}
    hers.refresh_from_db()
    assert (hers.instructions, hers.parameters) == ("", {})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("temperature", "3", "Temperature: it must be a number from 0 to 1."),
        ("temperature", "warm", "Temperature: it must be a number from 0 to 1."),
        ("temperature", "nan", "Temperature: it must be a number from 0 to 1."),
        ("top_p", "0", "Top P: it must be a number from 0.01 to 1."),
        ("max_tokens", "0", "Longest answer: it must be a whole number from 1 to 131,072."),
        ("max_tokens", "1.5", "Longest answer: it must be a whole number from 1 to 131,072."),
        ("stop", "a\nb\nc\nd\ne", "Stop words: at most 4 are allowed."),
        ("stop", "x" * 65, "Stop words: each must be text of 1 to 64 characters."),
        (
            "instructions",
            "x" * 20_001,
            "Instructions: it has 20,001 characters; at most 20,000 are allowed.",
        ),
    ],
)
@pytest.mark.parametrize("where", ["/setup/", "/c/{pk}/setup/"])
def test_each_field_says_what_is_wrong_with_it_and_nothing_is_kept(
    visitor: Client, hers: Conversation, where: str, field: str, value: str, words: str
) -> None:
    fields = {"instructions": "fine", field: value}
    status, told = said(visitor, where.format(pk=hers.pk), **fields)
    assert (status, told) == (422, {"errors": {field: words}})
    hers.refresh_from_db()
    assert (hers.instructions, hers.parameters) == ("", {})


def test_every_wrong_field_is_named_at_once(visitor: Client) -> None:
    _status, told = said(visitor, "/setup/", temperature="x", top_p="2", max_tokens="no")
    assert told["errors"].keys() == {"temperature", "top_p", "max_tokens"}


def test_the_setup_of_a_new_chat_is_there_in_another_browser(visitor: Client, alice: User) -> None:
    status, told = said(visitor, "/setup/", instructions="Rhyme.", stream="on", do_sample="on")
    assert (status, told) == (200, {"instructions": "Rhyme.", "parameters": {}})
    assert not Conversation.objects.filter(owner=alice).exists()
    other = signed_in(alice)
    assert "Rhyme.</textarea>" in page(other, "/setup/")
    html = page(other, "/")
    assert '<conversation-setup class="setup" data-own' in html
    assert other.get("/draft/").json()["setup"] == {"instructions": "Rhyme.", "parameters": {}}
    assert "&quot;instructions&quot;: &quot;Rhyme.&quot;" in html
    Draft.objects.visible_to(alice).sent(None)
    assert "data-own" not in page(other, "/")


def test_setting_up_a_new_chat_leaves_what_is_written_there(visitor: Client, alice: User) -> None:
    said(visitor, "/setup/", instructions="Rhyme.")
    assert Draft.objects.get().stamp == "", "nothing was written yet"
    visitor.put("/draft/", {"text": "half"}, content_type="application/json")
    before = Draft.objects.get()
    assert before.setup["instructions"] == "Rhyme."
    assert said(visitor, "/setup/", temperature="7")[0] == 422
    said(visitor, "/setup/", do_sample="on", stream="on")
    after = Draft.objects.get()
    assert (after.text, after.stamp, after.setup) == ("half", before.stamp, {})


def test_empty_fields_show_what_the_model_does_by_itself(
    visitor: Client, hers: Conversation
) -> None:
    html = page(visitor, f"/c/{hers.pk}/setup/?model=glm-4.5")
    assert 'placeholder="0.6"' in html
    assert 'placeholder="0.95"' in html
    assert 'placeholder="65,536"' in html
    assert "at most 98,304" in html


def test_the_form_shows_what_is_kept_as_text(visitor: Client, hers: Conversation) -> None:
    Conversation.objects.filter(pk=hers.pk).update(
        instructions="</textarea><script>alert(1)</script>",
        parameters={"temperature": 0.0, "stop": ["<b>"], "stream": False},
    )
    html = page(visitor, f"/c/{hers.pk}/setup/")
    assert "<script>alert" not in html
    assert 'name="temperature" inputmode="decimal" autocomplete="off" value="0.0"' in html
    assert re.search(r'name="stream"[^>]*-hint">', html)
    assert re.search(r'name="do_sample"[^>]* checked>', html)


def test_a_page_tells_quietly_that_its_conversation_is_set_up(
    visitor: Client, hers: Conversation
) -> None:
    address = f"/c/{hers.pk}/"
    assert '<conversation-setup class="setup" data-own' not in page(visitor, address)
    plain = queries(visitor, address)
    Conversation.objects.filter(pk=hers.pk).update(parameters={"stream": False})
    assert '<conversation-setup class="setup" data-own' in page(visitor, address)
    assert queries(visitor, address) == plain


def test_people_are_told_in_their_language(visitor: Client) -> None:
    with translation.override("zh-hans"):
        answer = visitor.post("/setup/", {"temperature": "3"}, headers={"accept-language": "zh-CN"})
    assert json.loads(answer.content)["errors"]["temperature"].startswith("温度：")
