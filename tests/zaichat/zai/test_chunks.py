"""What one stream's bytes become, kind by kind."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zaichat.zai.asking import text, thought
from tests.zaichat.zai.loopback import DONE, event, finishes, says
from zaichat.zai import (
    Content,
    ContentFilter,
    Delta,
    Finish,
    Reasoning,
    Started,
    ToolCallDelta,
    Usage,
    WebSearch,
    errors,
)
from zaichat.zai.chunks import AnswerReader

COUNTS = {
    "prompt_tokens": 275,
    "completion_tokens": 112,
    "prompt_tokens_details": {"cached_tokens": 43},
    "completion_tokens_details": {"reasoning_tokens": 64},
}


def read(*events: str, reader: AnswerReader | None = None) -> list[Delta]:
    """The deltas of a whole stream that came in one piece."""
    reader = reader or AnswerReader()
    return reader.feed("".join(events).encode()) + reader.end()


def with_delta(**delta: object) -> str:
    return event(id="1", model="m", choices=[{"index": 0, "delta": delta}])


def call(index: int | None, arguments: object, **more: object) -> dict[str, object]:
    names = {"name": more.pop("name")} if "name" in more else {}
    place = {} if index is None else {"index": index}
    return {**place, **more, "function": {**names, "arguments": arguments}}


def test_a_stream_begins_with_its_name_and_ends_with_usage_and_reason() -> None:
    assert read(says("Hel"), says("lo"), finishes(usage=COUNTS), DONE) == [
        Started("1", "glm-4.6"),
        Content("Hello"),
        Usage(prompt=275, completion=112, reasoning=64, cached=43),
        Finish("stop"),
    ]


def test_thinking_and_text_keep_their_order() -> None:
    events = says("a", "reasoning_content"), says("b"), says("c", "reasoning_content"), says("d")
    assert read(*events, finishes())[1:-1] == [
        Reasoning("a"),
        Content("b"),
        Reasoning("c"),
        Content("d"),
    ]


def test_the_same_text_twice_is_said_twice() -> None:
    assert text(read(says("ha"), says("ha"), finishes())) == "haha"


def test_text_is_joined_per_read_and_never_across_reads() -> None:
    reader = AnswerReader()
    assert reader.feed((says("a") + says("b")).encode())[1:] == [Content("ab")]
    assert reader.feed(says("c").encode()) == [Content("c")]


def test_think_tags_become_reasoning_even_when_split() -> None:
    events = (says(piece) for piece in ("<th", "ink>why</thi", "nk>42", " <|begin", "_of_box|>!"))
    deltas = read(*events, finishes())
    assert (thought(deltas), text(deltas)) == ("why", "42 !")


def test_text_held_back_as_a_possible_tag_comes_before_the_finish() -> None:
    assert read(says("a <"), finishes())[1:] == [Content("a <"), Finish("stop")]


def test_text_held_back_survives_a_cut() -> None:
    assert text(read(says("a <"))) == "a <"


def test_tool_calls_come_in_fragments_by_index() -> None:
    deltas = read(
        with_delta(tool_calls=[call(0, "", id="call_1", type="function", name="add")]),
        with_delta(tool_calls=[call(0, '{"a"')]),
        with_delta(tool_calls=[call(2, "{}", id="call_2", name="now"), call(0, ":1}")]),
        finishes("tool_calls"),
    )
    assert deltas[1:] == [
        ToolCallDelta(0, "call_1", "add", ""),
        ToolCallDelta(0, "", "", '{"a"'),
        ToolCallDelta(2, "call_2", "now", "{}"),
        ToolCallDelta(0, "", "", ":1}"),
        Finish("tool_calls"),
    ]


def test_a_tool_call_without_index_continues_or_follows_the_last_one() -> None:
    deltas = read(
        with_delta(tool_calls=[call(None, "{", id="a", name="x"), call(None, "}")]),
        with_delta(tool_calls=[call(None, "{}", id="b", name="y")]),
    )
    assert [delta.index for delta in deltas if isinstance(delta, ToolCallDelta)] == [0, 0, 1]


def test_arguments_that_are_an_object_or_missing_become_text() -> None:
    deltas = read(with_delta(tool_calls=[call(0, {"city": "北京"}), call(1, None)]))
    assert [delta.arguments for delta in deltas if isinstance(delta, ToolCallDelta)] == [
        '{"city":"北京"}',
        "",
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_search_results_count_in_any_chunk(place: int) -> None:
    pages = [{"title": "t", "link": "", "refer": "ref_1"}]
    chunks: list[dict[str, object]] = [
        {"choices": [{"index": 0, "delta": {"content": "a"}}]},
        {"choices": [{"index": 0, "delta": {"content": "b"}}]},
        {"choices": [{"index": 0, "finish_reason": "stop", "delta": {}}]},
    ]
    chunks[place]["web_search"] = pages
    assert WebSearch(pages) in read(*(event(**chunk) for chunk in chunks))


def test_moderation_is_told_before_the_finish() -> None:
    levels = [{"role": "user", "level": 1}]
    assert read(says("x"), finishes("sensitive", content_filter=levels))[2:] == [
        ContentFilter(levels),
        Finish("sensitive"),
    ]


def test_usage_may_come_alone_after_the_finish() -> None:
    last = event(id="1", choices=[], usage={"prompt_tokens": 1, "completion_tokens": 2})
    assert read(finishes(), last, DONE)[-1] == Usage(1, 2, None, None)


def test_usage_counted_along_is_told_once_per_read() -> None:
    counted = [
        event(choices=[{"delta": {"content": word}}], usage={"completion_tokens": number})
        for number, word in enumerate("abc", 1)
    ]
    assert read(*counted)[1:] == [Content("abc"), Usage(0, 3)]


@pytest.mark.parametrize(
    "reason", ["length", "tool_calls", "network_error", "model_context_window_exceeded", "new"]
)
def test_every_finish_reason_is_kept_as_it_came(reason: str) -> None:
    assert read(finishes(reason))[-1] == Finish(reason)


@pytest.mark.parametrize(
    "odd",
    [
        ": keep-alive\n\n",
        "data: {oops\n\n",
        "data:\n\n",
        'data: {"choices":[]}\n\n',
        "data: {}\n\n",
        "data: null\n\n",
        "data: [1]\n\n",
        'data: {"choices":[{"index":0}],"news":{"deep":[1]}}\n\n',
        'data: {"choices":[{"index":0,"delta":null,"finish_reason":null}]}\n\n',
        'data: {"choices":[{"delta":{"role":"assistant","content":null}}],"usage":null}\n\n',
        'data: {"choices":[{"delta":{"content":7}}]}\n\n',
        'data: {"choices":"none"}\n\n',
        'data: {"error":null,"choices":[]}\n\n',
        "event: ping\ndata: {}\n\n",
    ],
)
def test_odd_events_are_passed_over(odd: str) -> None:
    reader = AnswerReader()
    assert text(read(odd, says("a"), odd, says("b"), odd, finishes(), DONE, reader=reader)) == "ab"
    assert reader.failure is None


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "image_url"}, {"type": "text", "text": "b"}]
    assert text(read(with_delta(content=parts))) == "ab"


def test_three_unreadable_events_in_a_row_are_no_answer() -> None:
    reader = AnswerReader()
    assert text(read(says("a"), "data: {x\n\n" * 3, says("b"), reader=reader)) == "a"
    assert isinstance(reader.failure, errors.BadAnswer)


def test_unreadable_events_with_good_ones_between_are_only_counted() -> None:
    reader = AnswerReader()
    read(*["data: {x\n\n" * 2, says("a")] * 2, finishes(), reader=reader)
    assert (reader.failure, reader.skipped) == (None, 4)


@pytest.mark.parametrize(
    "error",
    [
        'data: {"error":{"code":"1302","message":"busy"}}\n\n',
        'data: {"error":{"code":1302,"message":"busy"},"choices":[]}\n\n',
        'data: {"code":1302,"message":"busy"}\n\n',
        'data: {"code":1302,"msg":"busy","success":false}\n\n',
        'event: error\ndata: {"error":{"code":"1302","message":"busy"}}\n\n',
        'event: error\ndata: {"code":"1302","message":"busy"}\n\n',
    ],
)
def test_an_error_in_the_stream_comes_after_the_text_before_it(error: str) -> None:
    reader = AnswerReader()
    assert text(read(says("a"), says("b"), error, says("c"), reader=reader)) == "ab"
    assert isinstance(reader.failure, errors.RateLimited)
    assert (reader.failure.vendor_code, reader.failure.detail) == ("1302", "busy")


def test_an_error_event_of_prose_is_an_error() -> None:
    reader = AnswerReader()
    read("event: error\ndata: out of memory\n\n", reader=reader)
    assert isinstance(reader.failure, errors.Refused)


@pytest.mark.parametrize("last", ["", DONE, says("b"), finishes(reason="")])
def test_a_stream_that_never_said_it_finished_is_cut(last: str) -> None:
    reader = AnswerReader()
    assert text(read(says("a"), last, reader=reader)).startswith("a")
    assert isinstance(reader.failure, errors.StreamCut)


def test_a_stream_that_finished_without_the_end_mark_is_whole() -> None:
    reader = AnswerReader()
    read(says("a"), finishes(), reader=reader)
    assert reader.failure is None


def test_a_last_event_without_its_blank_line_counts() -> None:
    reader = AnswerReader()
    assert read(says("a"), finishes().rstrip(), reader=reader)[-1] == Finish("stop")
    assert reader.failure is None


def test_comments_and_empty_deltas_are_no_progress() -> None:
    reader = AnswerReader()
    reader.feed((": x\n\n" + with_delta(role="assistant", content="")).encode())
    assert reader.steps == 0
    reader.feed(says("a").encode())
    assert reader.steps == 1


WHOLE = "".join(
    (says("思", "reasoning_content"), says("<think>é</think>🙂"), says("\u2028"), finishes(), DONE)
).encode()


@given(cuts=st.lists(st.integers(0, len(WHOLE)), max_size=10))
def test_a_stream_cut_anywhere_says_the_same(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(WHOLE)]
    reader = AnswerReader()
    deltas = [delta for start, end in pairwise(edges) for delta in reader.feed(WHOLE[start:end])]
    assert (thought(deltas), text(deltas)) == ("思é", "🙂\u2028")
    assert (reader.end(), reader.failure) == ([], None)
