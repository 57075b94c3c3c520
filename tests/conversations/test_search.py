"""Search: what is found of whose, in which order, and what it costs. Also on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from conversations.engine.indexing import index_the_rest
from conversations.models import Conversation, Generation, Message, SearchEntry, Status
from conversations.views.finding import Found, Results, find
from tests import factories
from zaichat.accounts.models import User


def talk(owner: User, *said: str) -> Conversation:
    """A conversation that the sweep has put into the index."""
    made = factories.conversation(owner, *said)
    index_the_rest()
    return made


def titles(results: Results) -> list[str]:
    return [found.conversation.title for found in results.found]


def hits(found: Found) -> list[str]:
    return ["".join(piece.text for piece in hit.pieces) for hit in found.hits]


def test_two_chinese_signs_inside_a_sentence_are_found(alice: User) -> None:
    talk(alice, "周末去哪里", "可以去杭州的龙井村喝绿茶，再坐船游西湖。")
    talk(alice, "别的事情", "绿色的衣服和红茶。")
    (found,) = find(alice, "绿茶").found
    assert found.conversation.title == "周末去哪里"
    assert [(piece.text, piece.is_hit) for piece in found.hits[0].pieces][1] == ("绿茶", True)


@pytest.mark.parametrize("typed", ["茶", "ＴＥＡ", "tea hou", '"house in"', "“绿 茶”", "Uj"])
def test_signs_beginnings_widths_and_quotes_are_found(alice: User, typed: str) -> None:
    talk(alice, "Kyoto", "The Tea house in Uji. 绿 茶")
    assert titles(find(alice, typed)) == ["Kyoto"]


@pytest.mark.parametrize("typed", ["ouse", "tea coffee", '"house Uji"', "茶绿", "t_a", "%"])
def test_what_is_not_there_is_not_found(alice: User, typed: str) -> None:
    talk(alice, "Kyoto", "The Tea house in Uji. 绿茶")
    assert not find(alice, typed).found


@pytest.mark.parametrize(
    "typed", ['"', '""', "*", "a*b", "NEAR(a b)", "AND OR NOT", "in:", "before:x", "from:", "' --"]
)
def test_bad_input_is_never_an_error(alice: User, typed: str) -> None:
    talk(alice, "Kyoto", "tea")
    find(alice, typed)


def test_titles_come_first_and_then_what_was_said_last(alice: User) -> None:
    talk(alice, "oldest", "about tea")
    talk(alice, "tea", "something else")
    talk(alice, "newest", "about tea too")
    assert titles(find(alice, "tea")) == ["tea", "newest", "oldest"]


def test_nobody_finds_what_is_somebody_elses(alice: User, mallory: User) -> None:
    talk(alice, "tea", "green tea")
    for typed in ("tea", "is:pinned", "from:glm", "in:title tea", "after:2000"):
        assert not find(mallory, typed).found


def test_what_was_put_away_is_found_again_when_it_comes_back(alice: User) -> None:
    away = talk(alice, "one", "green tea")
    branch = talk(alice, "two", "black tea")
    Conversation.objects.filter(pk=away.pk).update(deleted_at=now())
    Message.objects.filter(conversation=branch).update(deleted_at=now())
    assert not find(alice, "tea").found
    Conversation.objects.filter(pk=away.pk).update(deleted_at=None)
    Message.objects.filter(conversation=branch).update(deleted_at=None)
    assert titles(find(alice, "tea")) == ["two", "one"]


def test_what_is_removed_for_good_leaves_the_index(alice: User) -> None:
    talk(alice, "one", "green tea").delete()
    assert not SearchEntry.objects.exists()
    talk(alice, "two", "nothing")
    assert not find(alice, "tea").found


def test_thinking_and_notices_are_not_found(alice: User) -> None:
    made = factories.conversation(alice, "one", "green")
    parts = [{"kind": "reasoning", "text": "secretly tea"}, {"kind": "text", "text": "green"}]
    Generation.objects.update(parts=parts)
    index_the_rest()
    assert not find(alice, "secretly").found
    assert find(alice, "green").found[0].conversation == made


def test_filters_narrow_down_what_is_found(alice: User) -> None:
    asked = talk(alice, "tea?", "coffee")
    answered = talk(alice, "plain", "tea")
    Conversation.objects.filter(pk=answered.pk).update(pinned_at=now())
    Conversation.objects.filter(pk=asked.pk).update(archived_at=now())
    assert titles(find(alice, "in:title tea")) == ["tea?"]
    assert hits(find(alice, "from:me tea").found[0]) == ["tea?"]
    assert titles(find(alice, "tea from:GLM")) == titles(find(alice, "tea from:glm-4")) == ["plain"]
    assert titles(find(alice, "is:pinned")) == titles(find(alice, "tea is:pinned")) == ["plain"]
    assert titles(find(alice, "is:archived tea")) == ["tea?"]
    assert not find(alice, "tea from:gpt").found


def test_a_day_is_before_and_after(alice: User) -> None:
    talk(alice, "old", "tea")
    talk(alice, "new", "tea")
    SearchEntry.objects.filter(conversation__title="old").update(
        at=datetime(2025, 12, 31, 23, tzinfo=UTC)
    )
    assert titles(find(alice, "tea before:2026-01-01")) == ["old"]
    assert titles(find(alice, "tea before：2026")) == ["old"]
    assert titles(find(alice, "tea after:2026/01/01")) == ["new"]
    assert titles(find(alice, "tea after:2025-12 before:2026.1")) == ["old"]


def test_pages_follow_each_other_and_nothing_stands_twice(alice: User) -> None:
    for number in range(5):
        talk(alice, f"tea {number}", "x")
    first, second, third = (find(alice, "tea", page=page, size=2) for page in (1, 2, 3))
    assert first.more
    assert second.more
    assert not third.more
    found = [title for results in (first, second, third) for title in titles(results)]
    assert sorted(found) == [f"tea {number}" for number in range(5)]


def test_of_many_hits_in_a_conversation_the_newest_are_shown(alice: User) -> None:
    made = talk(alice, "x", "tea 1", "y", "tea 2", "z", "tea 3")
    start = now()
    for number, entry in enumerate(SearchEntry.objects.filter(text__startswith="tea")):
        SearchEntry.objects.filter(pk=entry.pk).update(at=start + timedelta(minutes=number))
    (found,) = find(alice, "tea", hits=2).found
    assert found.conversation == made
    assert len(found.hits) == 2
    assert found.more == 1
    assert found.hits[0].at > found.hits[1].at


def test_the_number_of_queries_does_not_grow(alice: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            find(alice, "tea green")
        return len(seen)

    talk(alice, "one", "green tea")
    few = cost()
    for number in range(12):
        talk(alice, f"tea {number}", "green tea", "and", "more green tea")
    assert cost() == few == 3


def test_a_very_long_text_is_found_to_its_end(alice: User) -> None:
    talk(alice, "long", "字典" * 60_000 + "绿茶" + "词" * 90_000 + "最后一句")
    assert titles(find(alice, "典绿茶词")) == ["long"]
    assert titles(find(alice, "最后一句")) == ["long"]


def test_a_word_longer_than_any_index_takes_does_no_harm(alice: User) -> None:
    talk(alice, "key", f"the key {'k' * 70_000} and an end")
    assert titles(find(alice, "k" * 300)) == ["key"]
    assert titles(find(alice, "an end")) == ["key"]


def test_a_second_sweep_changes_nothing(alice: User) -> None:
    talk(alice, "one", "green tea")
    before = list(SearchEntry.objects.values_list("pk", flat=True))
    index_the_rest()
    assert list(SearchEntry.objects.values_list("pk", flat=True)) == before


def test_what_is_copied_is_found_after_the_sweep_and_open_answers_after_their_end(
    alice: User,
) -> None:
    made = factories.conversation(alice, "one", "two")
    assert made.leaf is not None
    run = factories.generation(made.leaf, "half a tea", Status.RUNNING)
    index_the_rest()
    assert not find(alice, "tea").found
    Generation.objects.filter(pk=run.pk).update(status=Status.INTERRUPTED, ended_at=now())
    index_the_rest()
    assert titles(find(alice, "tea")) == ["one"]


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(alice: User) -> None:
    made = talk(alice, "coffee", "x")
    Message.objects.filter(conversation=made).delete()
    made.rename("绿茶 tea")
    assert titles(find(alice, "绿茶")) == ["绿茶 tea"]
    assert not find(alice, "coffee").found


class EveryPiece(TestCase):
    """With the real index: each piece of a text leads to that text."""

    @settings(max_examples=25)
    @given(st.text(alphabet="绿茶喝好的。 a", min_size=2, max_size=12), st.data())
    def test_every_piece_of_a_text_is_found(self, text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text) - 1))
        piece = text[start : data.draw(st.integers(start + 1, len(text)))]
        if not any(sign in "绿茶喝好的" for sign in piece) or piece.startswith("a"):
            return
        with transaction.atomic():
            owner = factories.person(f"p{User.objects.count()}")
            made = factories.conversation(owner, text)
            index_the_rest()
            assert [found.conversation for found in find(owner, piece).found] == [made]
            assert [found.conversation for found in find(owner, f'"{piece}"').found] == [made]
