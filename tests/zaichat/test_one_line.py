"""What stands in one line leaves its surroundings alone."""

import pytest

from conversations.engine import titles
from conversations.models import Conversation
from zaichat.accounts.models import User
from zaichat.one_line import one_line


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("  two\n\twords ", "two words"),
        ("\u202eevil\u2066 \u200fturned\u202c", "evil turned"),
        ("a\u2028b\u0085c", "a b c"),
        ("\x00nul\x1b[31m", "nul[31m"),
        ("\u202e\u2066", ""),
        ("👨\u200d👩\u200d👧 می\u200cخواهم", "👨\u200d👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_it_keeps_the_words_and_what_joins_signs(said: str, shown: str) -> None:
    assert one_line(said) == shown


def test_no_title_turns_the_list_around_it(alice: User) -> None:
    made = Conversation.objects.create(owner=alice, title="old")
    made.rename("safe\u202egnp.exe")
    made.refresh_from_db()
    assert made.title == "safegnp.exe"
    assert titles.first_words("\u2067why is\u202e it so?") == "why is it so?"
    assert titles.cleaned("\u202e\n“Tea \u2066time”\u202c.") == "Tea time"
