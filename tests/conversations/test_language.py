"""The language of a text, by the cases that the page's scripts are tested with."""

import json
from pathlib import Path

import pytest
from django.test import Client

from conversations.language import language_of
from tests import factories
from zaichat.accounts.models import User

LANGUAGES = Path(__file__).parents[1] / "fixtures" / "languages.json"


@pytest.mark.parametrize(("name", "text", "language"), json.loads(LANGUAGES.read_text("utf-8")))
def test_a_text_is_in_the_language_that_most_of_it_is_in(
    name: str, text: str, language: str
) -> None:
    assert language_of(text) == language, name


def test_titles_in_another_language_than_the_page_say_so(alice: User, client: Client) -> None:
    """Else a Chinese page would draw their quotes and dashes as wide as Chinese ones."""
    client.force_login(alice)
    made = factories.conversation(alice, "is this “wide”?", "no … it is not", "“宽”吗？", "是")
    made.rename("The “long” way — and back")
    for address in ("/sidebar/", "/search/?q=way", "/search/?q=way&piece=palette"):
        html = client.get(address, headers={"Accept-Language": "zh-CN"}).content.decode()
        assert 'dir="auto" lang="en">' in html, address
    page = client.get(made.get_absolute_url()).content.decode()
    assert 'lang="en">is this' in page
    assert 'lang="zh-Hans">“宽”吗？' in page
