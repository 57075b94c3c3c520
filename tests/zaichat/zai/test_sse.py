"""Bytes to events, however they are written and however they are cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaichat.zai.errors import BadAnswer
from zaichat.zai.sse import SseParser

EXPECTED = ["你好🙂", "a\u2028b\u0085c", "[DONE]"]

FRAMINGS = {
    "plain": "data: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n",
    "carriage return and line feed": (
        "data: 你好🙂\r\n\r\ndata: a\u2028b\u0085c\r\n\r\ndata: [DONE]\r\n\r\n"
    ),
    "carriage return alone": "data: 你好🙂\r\rdata: a\u2028b\u0085c\r\rdata: [DONE]\r\r",
    "mixed line ends": "data: 你好🙂\r\n\ndata: a\u2028b\u0085c\r\r\ndata: [DONE]\n\r\n",
    "no space after the colon": "data:你好🙂\n\ndata:a\u2028b\u0085c\n\ndata:[DONE]\n\n",
    "byte order mark": "\ufeffdata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n",
    "comment first": ": hi\n\ndata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n",
    "comment inside an event": "data: 你好🙂\n: x\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n",
    "keep-alives between": (
        "data: 你好🙂\n\n:\n\n:\n\ndata: a\u2028b\u0085c\n\n:\n\ndata: [DONE]\n\n"
    ),
    "ids": "id: 1\ndata: 你好🙂\n\nid: 2\ndata: a\u2028b\u0085c\n\nid\ndata: [DONE]\n\n",
    "retry": "retry: 3000\n\ndata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n",
    "event named message": (
        "event: message\ndata: 你好🙂\n\nevent:message\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n"
    ),
    "unknown field": "foo: bar\ndata: 你好🙂\n\nfoo\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n",
    "many blank lines": "\n\n\ndata: 你好🙂\n\n\n\n\ndata: a\u2028b\u0085c\n\n\ndata: [DONE]\n\n\n",
    "event without data": (
        "event: ping\n\ndata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n"
    ),
    "unfinished event at the end": (
        "data: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\ndata: not complete"
    ),
    "unfinished line at the end": "data: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\ndat",
    "field in capitals is another field": (
        "DATA: no\n\ndata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n"
    ),
    "space before the field name": (
        " data: no\n\ndata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n"
    ),
    "comment that looks like data": (
        ":data: no\n\ndata: 你好🙂\n\ndata: a\u2028b\u0085c\n\ndata: [DONE]\n\n"
    ),
}

STRANGE = (
    '\ufeff: hello\r\ndata: {"a":"é🙂\u2028"}\r\n\r\ndata:one\rdata: two\r\revent: error\n'
    "data\ndata: x\n\n\r\ndata: 你好\n\n: bye\n\n"
)


def feed(*pieces: bytes) -> list[str]:
    parser = SseParser()
    return [event for piece in pieces for event in parser.feed(piece)]


@pytest.mark.parametrize("stream", FRAMINGS.values(), ids=FRAMINGS.keys())
def test_every_framing_gives_the_same_events(stream: str) -> None:
    assert feed(stream.encode()) == EXPECTED


@pytest.mark.parametrize("stream", FRAMINGS.values(), ids=FRAMINGS.keys())
def test_every_framing_survives_single_bytes(stream: str) -> None:
    assert feed(*(bytes([byte]) for byte in stream.encode())) == EXPECTED


def test_there_are_twenty_framings() -> None:
    assert len(FRAMINGS) >= 20


@given(cuts=st.lists(st.integers(0, len(STRANGE.encode())), max_size=12))
def test_bytes_cut_anywhere_equal_the_whole(cuts: list[int]) -> None:
    whole = STRANGE.encode()
    edges = [0, *sorted(cuts), len(whole)]
    pieces = [whole[start:end] for start, end in itertools.pairwise(edges)]
    assert feed(*pieces) == feed(whole)


@given(data=st.binary(max_size=200), cut=st.integers(0, 200))
def test_any_bytes_are_cut_alike(data: bytes, cut: int) -> None:
    assert feed(data[:cut], data[cut:]) == feed(data)


def test_several_data_lines_are_one_event() -> None:
    assert feed(b"data: a\ndata:\ndata\ndata:  b\n\n") == ["a\n\n\n b"]


def test_a_line_end_split_over_two_reads_is_one() -> None:
    assert feed(b"data: a\r", b"\ndata: b\r", b"\n\r", b"\n") == ["a\nb"]


def test_an_event_ends_at_a_carriage_return_without_waiting_for_more() -> None:
    assert feed(b"data: now\r\r") == ["now"]


def test_a_named_event_is_told_by_its_place() -> None:
    parser = SseParser()
    assert parser.feed(b"data: a\n\nevent: error\ndata: b\n\ndata: c\n\n") == ["a", "b", "c"]
    assert parser.named == {1: "error"}
    parser.feed(b"data: d\n\n")
    assert parser.named == {}


def test_broken_utf8_becomes_replacement_characters() -> None:
    assert feed(b"data: a\xffb\n\n") == ["a\ufffdb"]


def test_a_line_without_end_is_given_up() -> None:
    parser = SseParser()
    for _ in range(8):
        assert parser.feed(b"x" * 1024 * 1024) == []
    with pytest.raises(BadAnswer, match="larger than"):
        parser.feed(b"x")


def test_an_event_without_end_is_given_up() -> None:
    parser = SseParser(max_event=100)
    with pytest.raises(BadAnswer, match="larger than"):
        parser.feed(b"data: ten bytes!\n" * 11)


def test_a_large_event_below_the_cap_arrives_whole() -> None:
    megabytes = b"y" * (5 * 1024 * 1024)
    assert feed(b"data: ", megabytes, b"\n\n") == [megabytes.decode()]
