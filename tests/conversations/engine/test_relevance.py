"""Which pages a question is about."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.engine.relevance import named_pages, scores, weights_of

PAGES = [
    (1, "Annual report of the tea company. Contents and preface."),
    (2, "Green tea grows in the hills. Harvests rose by four percent."),
    (3, "The dividend per share is 1.20, paid in May to all who hold shares."),
    (4, "Risks: weather, prices and the port of Hamburg."),
    (5, "绿茶的产量在春天增加了百分之四，主要来自浙江。"),
    (6, "The auditors found nothing to object to."),
]


def best(question: str, *earlier: str) -> int:
    found = scores(PAGES, weights_of(question, *earlier))
    return max(found, key=lambda number: found[number])


def test_rare_words_find_their_page_in_either_language() -> None:
    assert best("How high is the dividend?") == 3
    assert best("绿茶产量增加了多少？") == 5
    assert best("What do the auditors say?") == 6


def test_endings_of_english_words_make_no_difference() -> None:
    assert best("which risk is there") == 4
    assert best("was there a harvest") == 2


def test_the_question_counts_more_than_what_was_said_before() -> None:
    assert best("and the dividend?", "Tell me of the auditors") == 3
    assert best("and what else do they say?", "Tell me of the auditors") == 6


def test_a_page_beside_a_hit_is_worth_more_than_one_elsewhere() -> None:
    found = scores(PAGES, weights_of("auditors"))
    assert found[6] > found[5] > found.get(2, 0)


def test_pages_are_named_by_their_numbers() -> None:
    assert named_pages("What stands on page 7 and pp. 10–12?") == [7, 10, 11, 12]
    assert named_pages("第 3 页和第5至6页说了什么") == [3, 5, 6]
    assert named_pages("In 2024 it cost 7") == []


@given(st.lists(st.text(max_size=80), max_size=8), st.text(max_size=60))
def test_any_text_has_scores_for_pages_beside_hits_only(texts: list[str], question: str) -> None:
    found = scores(list(enumerate(texts, start=1)), weights_of(question))
    assert all(score >= 0 and 0 < number <= len(texts) + 1 for number, score in found.items())
