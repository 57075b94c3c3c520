"""The language of a text, by the cases that the page's scripts are tested with."""

import json
from pathlib import Path

import pytest

from conversations.language import language_of

LANGUAGES = Path(__file__).parents[1] / "fixtures" / "languages.json"


@pytest.mark.parametrize(("name", "text", "language"), json.loads(LANGUAGES.read_text("utf-8")))
def test_a_text_is_in_the_language_that_most_of_it_is_in(
    name: str, text: str, language: str
) -> None:
    assert language_of(text) == language, name
