"""The passage that is most like what is looked for."""

import pytest

from zaichat.files.finding import passage

TEXT = """The lease begins on 1 May. Rent is due
on the third day of each month; it is
1,200 euros. The tenant pays for heat-
ing. 双方同意，租金每年调整一次。Either side may end it in writing."""


def found(wanted: str, text: str = TEXT) -> str | None:
    span = passage(text, wanted)
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    ("wanted", "hit"),
    [
        ("Rent is due on the third day", "Rent is due\non the third day"),
        ("“RENT IS DUE, on the third day”", "Rent is due\non the third day"),
        ("租金每年调整一次", "租金每年调整一次"),
        ("租金 每年，调整", "租金每年调整"),
        ("the tenant pays for heating", "The tenant pays for"),
        ("either party may end it in writing", "Either side may end it in writing"),
        ("1200 euros", "euros"),
    ],
)
def test_blanks_lines_case_and_a_word_or_two_do_not_matter(wanted: str, hit: str) -> None:
    assert found(wanted) == hit


@pytest.mark.parametrize("wanted", ["", "!?", "a cat sat on my mat", "苹果"])
def test_what_is_not_there_is_not_found(wanted: str) -> None:
    assert found(wanted) is None


def test_the_whole_passage_goes_before_an_earlier_part_of_it() -> None:
    text = "the red house and the old tree. " * 3 + "the red house by the river"
    assert found("red house by the river", text) == "red house by the river"


def test_a_long_page_is_searched_once_over() -> None:
    assert found("needle in it", "hay " * 100_000 + "a needle in it") == "needle in it"
