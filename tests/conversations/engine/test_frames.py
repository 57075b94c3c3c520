"""The last frame of an answer, as several tabs get it."""

import pytest

from conversations.engine import frames
from conversations.models import Generation
from tests import factories
from zaichat.accounts.models import User

pytestmark = pytest.mark.django_db


def test_every_tab_that_reads_a_continued_answer_is_told_its_end() -> None:
    alice: User = factories.person("alice")
    answer = factories.conversation(alice, "hi", "hello").leaf
    assert answer
    held = Generation.objects.select_related("message__conversation").get(
        pk=factories.generation(answer, "and more").pk
    )
    first, second = (frames.ended_here(alice, held) for _ in range(2))
    assert first == second
    assert "hello" in first["html"]
    assert "and more" in first["html"]
