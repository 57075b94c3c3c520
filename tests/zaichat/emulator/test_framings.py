"""The same answer in every framing a client must read, and events it must survive."""

import gzip
import json
import time

import pytest

from tests.zaichat.emulator.running import Running, body_of, content_of, events_of
from zaichat.emulator.scripts.framings import KINDS, TEXT


def read(body: bytes) -> str:
    """The text of a stream, read by the rules of WHATWG's event streams."""
    lines = body.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text, data = "", []
    for line in lines:
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line:
            text += spoken("\n".join(data))
            data = []
    return text


def spoken(data: str) -> str:
    if not data or data == "[DONE]":
        return ""
    return json.loads(data)["choices"][0]["delta"].get("content") or ""


@pytest.mark.parametrize("kind", [*KINDS, "bom", "crlf_split"])
def test_every_framing_says_the_same(stand_in: Running, kind: str) -> None:
    body = body_of(stand_in.wire(f"framing kind={kind} every_ms=1").to_end())
    assert read(body) == TEXT


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("crlf", b"}\r\n\r\n"),
        ("cr", b"}\r\rdata"),
        ("nospace", b"data:{"),
        ("multiline", b"\ndata: ,"),
        ("bom", b"\xef\xbb\xbfdata"),
        ("id", b"id: 7\n"),
        ("retry", b"retry: 3000\n"),
        ("event", b"event: message\n"),
    ],
)
def test_a_framing_is_what_its_name_says(stand_in: Running, kind: str, sign: bytes) -> None:
    assert sign in body_of(stand_in.wire(f"framing kind={kind}").to_end())


def test_a_line_end_can_fall_between_two_chunks(stand_in: Running) -> None:
    received = stand_in.wire("framing kind=crlf_split every_ms=2").to_end()
    assert b"}\r\n\r\r\n1\r\n\n\r\n" in received


def test_an_answer_can_come_one_byte_at_a_time(stand_in: Running) -> None:
    received = stand_in.wire("bytes1").to_end()
    body = body_of(received)
    assert received.count(b"\r\n1\r\n") >= len(body)
    assert content_of(received) == TEXT


def test_a_sign_can_be_split_between_two_chunks(stand_in: Running) -> None:
    received = stand_in.wire("split every_ms=1").to_end()
    assert "🙂".encode() not in received
    assert content_of(received) == "🙂"


def test_unicode_line_separators_stand_raw_inside_json(stand_in: Running) -> None:
    received = stand_in.wire("separators").to_end()
    for separator in ("\u2028", "\u2029", "\u0085"):
        assert separator.encode() in received
    assert content_of(received) == "a\u2028bc\u2029de\u0085f"


def test_a_thousand_comments_can_stand_between_deltas(stand_in: Running) -> None:
    body = body_of(stand_in.wire("comments n=1000 words=2").to_end())
    assert body.count(b": keep-alive\n\n") == 2000
    assert read(body) == "1 2 "


@pytest.mark.parametrize("n", [1, 3])
def test_json_can_be_broken(stand_in: Running, n: int) -> None:
    body = body_of(stand_in.wire(f"malformed n={n}").to_end())
    assert body.count(b"data: {oops\n\n") == n
    assert read(body.replace(b"data: {oops\n\n", b"")) == "1 2 3 4 "


def test_harmless_oddities_surround_an_answer(stand_in: Running) -> None:
    body = body_of(stand_in.wire("odd").to_end())
    for oddity in (b'"choices":[]', b'"choices":null', b'"content":null', b'"delta":null'):
        assert oddity in body
    assert b"event: execute" in body
    assert body.count(b'"1 "') == body.count(b'"2 "') == 1


def test_usage_can_come_in_a_chunk_of_its_own(stand_in: Running) -> None:
    *_, usage, done = events_of(stand_in.wire("usage_alone").to_end())
    assert usage["choices"] == []
    assert usage["usage"]["total_tokens"] == 3
    assert done == "[DONE]"


def test_one_delta_can_be_huge(stand_in: Running) -> None:
    received = stand_in.wire("huge mb=5").to_end()
    assert len(content_of(received)) == 5 * 1024 * 1024


def test_a_line_can_be_endless(stand_in: Running) -> None:
    body = body_of(stand_in.wire("huge mb=8 line=0").to_end())
    assert len(body) == 8 * 1024 * 1024 + len(b"data: ")
    assert b"\n" not in body


def test_a_stream_can_be_zipped_unasked(stand_in: Running) -> None:
    received = stand_in.wire("zipped").to_end()
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"Content-Encoding: gzip" in head
    assert read(gzip.decompress(body)) == "你好 café"


def test_a_stream_can_claim_the_wrong_charset(stand_in: Running) -> None:
    head, _, body = stand_in.wire("charset").to_end().partition(b"\r\n\r\n")
    assert b"charset=iso-8859-1" in head
    assert read(body) == "你好 café"


def test_fragments_of_parallel_calls_are_interleaved(stand_in: Running) -> None:
    events = events_of(stand_in.wire("tools pieces=50 parallel=2").to_end())
    fragments = [
        fragment for event in events[:-2] for fragment in event["choices"][0]["delta"]["tool_calls"]
    ]
    assert len(fragments) == 2 + 2 * 50
    assert all(isinstance(fragment["function"]["arguments"], str) for fragment in fragments)
    assert [fragment["index"] for fragment in fragments[:4]] == [0, 1, 0, 1]
    for index in (0, 1):
        own = [fragment for fragment in fragments if fragment["index"] == index]
        assert own[0]["id"].startswith("call_")
        joined = "".join(fragment["function"]["arguments"] for fragment in own)
        assert json.loads(joined)["location"] == "北京"
    assert events[-2]["choices"][0]["finish_reason"] == "tool_calls"


@pytest.mark.parametrize("kind", ["bad", "noid", "gap", "again"])
def test_calls_can_be_broken_in_four_ways(stand_in: Running, kind: str) -> None:
    reply = stand_in.post(
        {
            "model": f"mock-tools?pieces=5&{kind}=1",
            "messages": [{"role": "user", "content": "call"}],
        }
    ).json()
    first, second = reply["choices"][0]["message"]["tool_calls"]
    assert first["function"]["arguments"].endswith("}") is (kind != "bad")
    assert bool(first["id"]) is (kind != "noid")
    assert second["index"] == (2 if kind == "gap" else 1)


def test_a_call_is_followed_by_words_about_its_result(stand_in: Running) -> None:
    asked = {"role": "user", "content": "[[script:call name=add arguments='{\"a\": 1}']]"}
    reply = stand_in.post({"model": "glm-4.6", "messages": [asked]}).json()["choices"][0]
    assert reply["finish_reason"] == "tool_calls"
    [call] = reply["message"]["tool_calls"]
    assert call["function"] == {"arguments": '{"a": 1}', "name": "add"}
    result = {"role": "tool", "tool_call_id": call["id"], "content": "2"}
    messages = [asked, reply["message"], result]
    final = stand_in.post({"model": "glm-4.6", "messages": messages}).json()["choices"][0]
    assert final["message"]["content"] == "The tool said: 2"


def test_a_slow_task_takes_its_time(stand_in: Running) -> None:
    started = time.monotonic()
    assert stand_in.wire("slow_task ms=100", stream=False).to_end()
    assert time.monotonic() - started >= 0.1
