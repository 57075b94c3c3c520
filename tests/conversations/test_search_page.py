"""The page of what was found, and the same list for the dialog."""

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from conversations.engine.indexing import index_the_rest
from conversations.models import Conversation
from tests import factories
from zaichat.accounts.models import User


@pytest.fixture
def visitor(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return str(response.content, "utf-8")


def test_a_hit_leads_to_its_message_and_a_title_to_the_conversation(
    alice: User, visitor: Client
) -> None:
    made = factories.conversation(alice, "weekend", "green tea in Hangzhou")
    index_the_rest()
    for piece in ("", "palette"):
        shown = page(visitor, q="hangzhou", piece=piece)
        assert f'href="/c/{made.pk}/?at={made.leaf_id}&amp;find=hangzhou"' in shown
        assert "<mark>Hangzhou</mark>" in shown
    assert f'href="/c/{made.pk}/"' in page(visitor, q="in:title weekend", piece="palette")


def test_a_hit_says_which_words_led_to_it_without_the_filters(alice: User, visitor: Client) -> None:
    made = factories.conversation(alice, "weekend", "green tea in Hangzhou, 明前绿茶")
    index_the_rest()
    for piece in ("", "palette"):
        shown = page(visitor, q='after:2020-01-01 明前 "green tea" #&', piece=piece)
        link = re.search(r'href="(/c/[^"]+at=[^"]+)"', shown)
        assert link, shown
        landed = str(visitor.get(unescape(link[1])).content, "utf-8")
        assert json.loads(unescape(re.findall(r'data-find="([^"]+)"', landed)[0])) == [
            ["明前"],
            ["green", "tea"],
        ]
    plain = str(visitor.get(f"/c/{made.pk}/?at={made.leaf_id}").content, "utf-8")
    assert "data-find" not in plain


def test_no_text_becomes_an_element(alice: User, visitor: Client) -> None:
    factories.conversation(alice, "<b>tea</b>", "<img src=x onerror=alert(1)> tea <script>")
    index_the_rest()
    for piece in ("", "palette"):
        shown = page(visitor, q="tea <script>", piece=piece)
        assert "<img src=x" not in shown
        assert "<b>tea" not in shown
        assert "<script>" not in shown
        assert "<mark>tea</mark>" in shown


def test_the_dialog_shows_the_newest_conversations_before_anything_is_typed(
    alice: User, visitor: Client
) -> None:
    old = factories.conversation(alice, "archived one")
    Conversation.objects.filter(pk=old.pk).update(archived_at=now())
    factories.conversation(alice, "newest one")
    shown = page(visitor, piece="palette")
    assert "newest one" in shown
    assert "archived one" not in shown


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "", "²"])
def test_a_page_that_is_no_number_is_the_first(alice: User, visitor: Client, number: str) -> None:
    factories.conversation(alice, "tea")
    index_the_rest()
    assert "/c/" in page(visitor, q="tea", page=number) or number == "99999"


@pytest.mark.parametrize("asked", [{}, {"piece": "palette"}])
def test_a_page_costs_the_same_however_much_is_found(
    alice: User, visitor: Client, asked: dict[str, str]
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(visitor, q="tea", **asked)
        return len(seen)

    factories.conversation(alice, "tea", "tea")
    index_the_rest()
    cost()
    few = cost()
    for number in range(9):
        factories.conversation(alice, f"tea {number}", "tea", "tea", "tea")
    index_the_rest()
    assert cost() == few


def test_what_was_looked_for_stays_in_the_links_to_further_pages(
    alice: User, visitor: Client
) -> None:
    for number in range(21):
        factories.conversation(alice, f"tea {number}")
    index_the_rest()
    first = page(visitor, q="tea")
    assert "?q=tea&amp;page=2" in first
    assert re.search(r'finds__count" tabindex="-1" autofocus>\d+\+ conversations<', first)
    second = page(visitor, q="tea", page=2)
    assert second.count('class="find"') == 1
    assert "?q=tea&amp;page=1" in second


def test_the_palette_leads_to_every_room_of_the_sidebar(visitor: Client) -> None:
    shown = str(visitor.get("/").content, "utf-8")
    rooms = {"/", "/search/", "/studio/", "/gallery/"}
    assert rooms <= set(re.findall(r'class="side__link[^"]*" href="([^"]+)"', shown))
    assert rooms <= set(re.findall(r'id="palette-[a-z]+"[^>]* href="([^"]+)"', shown))
