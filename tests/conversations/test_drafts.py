"""What is written and not sent: kept for its person alone, until it is sent."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from conversations.models import Draft
from tests import factories
from tests.conftest import OpenSocket
from zaichat.accounts.models import User

pytestmark = pytest.mark.django_db

QUICK = "[[script:count n=2 every_ms=1]]"


@pytest.fixture
def ada(client: Client) -> User:
    person = factories.person("ada")
    client.force_login(person)
    return person


def save(client: Client, address: str = "/draft/", **fields: Any) -> HttpResponse:
    answer: HttpResponse = client.put(address, fields, content_type="application/json")
    return answer


def box(page: bytes) -> str:
    found = re.search(r'<textarea id="message"[^>]*>\n(.*?)</textarea>', page.decode(), re.S)
    assert found
    return found[1]


def test_a_saved_draft_stands_in_the_box_without_scripts(client: Client, ada: User) -> None:
    answer = save(client, text="\nhalf a <b>question</b>")
    assert (answer.status_code, answer.content) == (204, b"")
    assert box(client.get("/").content) == "\nhalf a &lt;b&gt;question&lt;/b&gt;"


def test_a_draft_with_half_an_emoji_is_kept(client: Client, ada: User) -> None:
    answer = client.put("/draft/", r'{"text": "half \ud83d"}', content_type="application/json")
    assert answer.status_code == 204
    assert box(client.get("/").content) == "half \ufffd"


def test_each_conversation_has_its_own_draft_and_so_has_the_next_new_one(
    client: Client, ada: User
) -> None:
    conversation = factories.conversation(ada, "hi", "hello")
    save(client, text="for a new one")
    save(client, f"/c/{conversation.pk}/draft/", text="for this one")
    assert box(client.get("/").content) == "for a new one"
    assert box(client.get(f"/c/{conversation.pk}/").content) == "for this one"
    save(client, text="")
    assert box(client.get("/").content) == ""
    assert Draft.objects.count() == 2


def test_model_and_options_ride_along(client: Client, ada: User, settings: LazySettings) -> None:
    settings.LOCAL_DEMO = False
    options = {"thinking": "off", "web_search": True}
    save(client, text="", model="glm-4.5-air", options=options)
    said = client.get("/draft/").json()
    assert (said["model"], said["options"]) == ("glm-4.5-air", options)
    page = client.get("/").content.decode()
    assert re.search(r'aria-selected="true"[^>]*data-model="glm-4.5-air"', page)
    assert "&quot;thinking&quot;: &quot;off&quot;" in page


def test_every_save_has_a_later_stamp(client: Client, ada: User) -> None:
    stamps = [save(client, text=text).headers["ETag"].strip('"') for text in ("a", "b")]
    assert stamps[0] < stamps[1]
    assert client.get("/draft/").json()["stamp"] == stamps[1]


REFUSED = [
    ({"text": 7}, "text"),
    ({"text": "x" * 500_001}, "500,000"),
    ({"model": "a b"}, "model"),
    ({"options": {"thinking": "hard"}}, "options.thinking"),
    ({"attachments": ["no id"]}, "attachments"),
]


@pytest.mark.parametrize(("fields", "named"), REFUSED)
def test_a_draft_that_cannot_be_kept_says_why(
    client: Client, ada: User, fields: dict[str, Any], named: str
) -> None:
    save(client, text="kept")
    answer = save(client, **fields)
    assert answer.status_code == 422
    assert named in answer.content.decode()
    assert Draft.objects.get().text == "kept"


def test_words_of_an_address_stand_in_the_box_and_are_not_sent(client: Client, ada: User) -> None:
    assert box(client.get("/", {"q": "from <outside>"}).content) == "from &lt;outside&gt;"
    save(client, text="written before")
    assert box(client.get("/", {"q": "more"}).content) == "written before\n\nmore"
    assert Draft.objects.get().text == "written before"


def test_somebody_elses_draft_is_not_shown_on_the_same_browser(client: Client, ada: User) -> None:
    save(client, text="private")
    client.force_login(factories.person("bob"))
    assert box(client.get("/").content) == ""
    assert client.get("/draft/").json()["text"] == ""


async def test_sending_empties_the_draft_with_the_question(
    alice: User, open_socket: OpenSocket
) -> None:
    kept = await Draft.objects.acreate(owner=alice, text="almost", options={"thinking": "off"})
    tab = await open_socket(alice)
    await tab.send(f"{QUICK} almost done")
    sent = await Draft.objects.aget()
    assert (sent.text, sent.options) == ("", {})
    assert sent.saved_at > kept.saved_at


async def test_a_refused_question_leaves_the_draft(alice: User, open_socket: OpenSocket) -> None:
    await Draft.objects.acreate(owner=alice, text="almost")
    tab = await open_socket(alice)
    assert (await tab.send("almost", model="embedding-3"))["event"] == "refused"
    assert (await Draft.objects.aget()).text == "almost"
