"""The place where something was found: short, marked, and never anything but text."""

from hypothesis import given
from hypothesis import strategies as st

from zaichat.textsearch.query import read
from zaichat.textsearch.snippets import snippet, whole


def shown(text: str, typed: str) -> str:
    pieces = snippet(text, read(typed).terms)
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


def test_the_hit_is_marked_and_stands_in_the_middle_of_what_is_around_it() -> None:
    text = f"{'Words before it. ' * 20}The tea house in Uji opens at ten. {'And after. ' * 40}"
    found = shown(text, "tea")
    assert found.startswith("…")
    assert "The [tea] house in Uji" in found
    assert found.endswith("…")
    assert len(found) < 200


def test_chinese_is_cut_anywhere_and_takes_half_as_many_signs() -> None:
    text = "天地玄黄宇宙洪荒" * 30 + "他喜欢喝绿茶。" + "日月盈昃辰宿列张" * 30
    found = shown(text, "绿茶")
    assert "他喜欢喝[绿茶]。" in found
    assert len(found) < 100


def test_a_hit_is_found_however_it_is_written() -> None:
    assert shown("Take ＴＥＡ now", "tea") == "Take [ＴＥＡ] now"
    assert shown("ﬁne Straße", "STRASSE") == "ﬁne [Straße]"
    assert shown("cafe\u0301 tea", "tea") == "cafe\u0301 [tea]"


def test_marks_of_markdown_do_not_stand_in_a_snippet() -> None:
    assert shown("## Plan\n\n- **green** tea\n- `code`", "tea") == "… green [tea] code"


def test_of_two_words_that_begin_alike_the_longer_is_marked() -> None:
    assert shown("a teapot", "tea teapot") == "a [teapot]"


def test_a_title_is_whole() -> None:
    pieces = whole("绿茶 and tea", read("tea 绿").terms)
    assert [(piece.text, piece.is_hit) for piece in pieces] == [
        ("绿", True),
        ("茶 and ", False),
        ("tea", True),
    ]


@given(st.text(max_size=200), st.text(min_size=1, max_size=10))
def test_no_text_and_no_query_break_a_snippet(text: str, typed: str) -> None:
    for piece in [*snippet(text, read(typed).terms), *whole(text, read(typed).terms)]:
        assert piece.text
