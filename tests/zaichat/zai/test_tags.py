"""Markers inside the text, whole and in pieces."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaichat.zai.tags import TagFilter


def split(*pieces: str) -> tuple[str, str]:
    """(reasoning, content) of a text that arrives in pieces."""
    tags = TagFilter()
    said = {True: "", False: ""}
    for piece in pieces:
        if tags.leaves_alone(piece):
            said[False] += piece
        else:
            for is_reasoning, text in tags.feed(piece):
                said[is_reasoning] += text
    for is_reasoning, text in tags.flush():
        said[is_reasoning] += text
    return said[True], said[False]


CASES = {
    "plain": ("Hello, world", ("", "Hello, world")),
    "thinking first": ("<think>hm</think>Hello", ("hm", "Hello")),
    "thinking later": ("Well <think>hm</think>Hello", ("hm", "Well Hello")),
    "thinking twice": ("<think>a</think>b<think>c</think>d", ("ac", "bd")),
    "thinking without end": ("<think>hm < hm", ("hm < hm", "")),
    "box": ("It is <|begin_of_box|>42<|end_of_box|>.", ("", "It is 42.")),
    "box while thinking": ("<think>a<|begin_of_box|>b</think>c", ("ab", "c")),
    "end without begin": ("a</think>b", ("", "a</think>b")),
    "begin while thinking": ("<think>a<think>b</think>c", ("a<think>b", "c")),
    "comparison": ("1 < 2 <= 3 <th", ("", "1 < 2 <= 3 <th")),
    "other tag": ("<b>bold</b> <thinker>", ("", "<b>bold</b> <thinker>")),
    "almost": ("<<think>a</think>", ("a", "<")),
    "explained in code": ("Write `<think>` first.", ("", "Write `<think>` first.")),
    "fenced": ("```\n<think>\n```\n<think>a</think>b", ("a", "```\n<think>\n```\nb")),
    "backtick in thinking": ("<think>it`s</think><think>b</think>c", ("it`sb", "c")),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_markers_are_taken_out(text: str, expected: tuple[str, str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_markers_are_found_character_by_character(text: str, expected: tuple[str, str]) -> None:
    assert split(*text) == expected


PIECES = st.sampled_from(
    ["<think>", "</think>", "<|begin_of_box|>", "<|end_of_box|>", "<", "`", "a", "th", ">", "你好"]
)


@given(parts=st.lists(PIECES, max_size=12), data=st.data())
def test_text_cut_anywhere_equals_the_whole(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edges = [0, *cuts, len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    assert split(*pieces) == split(text)


def test_ordinary_text_is_not_held_back() -> None:
    tags = TagFilter()
    assert list(tags.feed("a < b")) == [(False, "a "), (False, "<"), (False, " b")]
