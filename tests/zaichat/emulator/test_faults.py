"""Every way a stream can go wrong, seen as bytes on a plain socket."""

import json

import pytest

from tests.zaichat.emulator.running import Running, Wire, body_of, content_of, events_of, question


def reasons(received: bytes) -> list[str]:
    choices = [event["choices"][0] for event in events_of(received) if isinstance(event, dict)]
    return [choice["finish_reason"] for choice in choices if "finish_reason" in choice]


def test_a_cut_stream_ends_with_neither_reason_nor_done(stand_in: Running) -> None:
    received = stand_in.wire("cut after=3").to_end()
    assert content_of(received) == "1 2 3 "
    assert b"finish_reason" not in received
    assert b"[DONE]" not in received
    assert not received.endswith(b"0\r\n\r\n")


def test_a_stream_can_be_cut_in_the_middle_of_its_json(stand_in: Running) -> None:
    body = body_of(stand_in.wire("cut after=1 mid=1").to_end())
    with pytest.raises(json.JSONDecodeError):
        json.loads(body.rpartition(b"data: ")[2])


def test_a_stream_can_end_well_framed_and_say_nothing_about_it(stand_in: Running) -> None:
    received = stand_in.wire("early after=2").to_end()
    assert received.endswith(b"0\r\n\r\n")
    assert content_of(received) == "1 2 "
    assert b"[DONE]" not in received


def test_a_stream_can_be_reset(stand_in: Running) -> None:
    wire = stand_in.wire("rst after=2 wait_ms=50")
    wire.until(b'"2 "')
    with pytest.raises(ConnectionResetError):
        wire.to_end()


def test_a_request_can_be_lost_after_its_body_was_taken(stand_in: Running) -> None:
    wire = stand_in.wire("drop")
    with pytest.raises(ConnectionResetError):
        wire.to_end()
    assert wire.received == b""
    assert [seen["ended"] for seen in stand_in.control("GET", "requests")] == ["cut"]


def test_a_lost_request_can_be_answered_the_second_time(stand_in: Running) -> None:
    with pytest.raises(ConnectionResetError):
        stand_in.wire("drop times=1").to_end()
    assert b"[DONE]" in stand_in.wire("drop times=1").to_end()


def test_done_can_follow_a_null_finish_reason(stand_in: Running) -> None:
    received = stand_in.wire("no_finish after=2").to_end()
    assert reasons(received) == [None]
    assert events_of(received)[-1] == "[DONE]"


def test_done_can_be_missing_after_a_finish_reason(stand_in: Running) -> None:
    received = stand_in.wire("no_done after=2").to_end()
    assert reasons(received) == ["stop"]
    assert b"[DONE]" not in received


def test_a_connection_can_linger_after_done(stand_in: Running) -> None:
    wire = stand_in.wire("lingering after=1")
    wire.until(b"[DONE]")
    assert wire.is_silent()
    wire.close()


@pytest.mark.parametrize(
    ("script", "mark"),
    [("stall after=2", b'"2 "'), ("hang_body", b"\r\n\r\n"), ("stall after=0", b"\r\n\r\n")],
)
def test_a_stream_can_stall(stand_in: Running, script: str, mark: bytes) -> None:
    wire = stand_in.wire(script)
    wire.until(mark)
    assert wire.is_silent()
    wire.close()


def test_a_request_can_be_met_with_utter_silence(stand_in: Running) -> None:
    wire = stand_in.wire("silent")
    assert wire.is_silent()
    assert wire.received == b""
    wire.close()


@pytest.mark.parametrize(
    ("kind", "mark"), [("comments", b": keep-alive"), ("empty", b'"content":""')]
)
def test_a_stalled_stream_can_look_alive(stand_in: Running, kind: str, mark: bytes) -> None:
    wire = stand_in.wire(f"stall after=1 every_ms=1 {kind}=1")
    while wire.received.count(mark) < 20:
        wire.until(mark)
        wire.received += wire.socket.recv(65536)
    assert "2 " not in content_of(wire.received[: wire.received.rindex(b"\r\n\r\n") + 4])
    wire.close()


def test_the_first_byte_can_be_late(stand_in: Running) -> None:
    wire = stand_in.wire("slow_first ms=600 n=1")
    assert wire.is_silent()
    assert content_of(wire.to_end()) == "1 "


def test_an_endless_stream_ends_when_its_reader_leaves(stand_in: Running) -> None:
    wire = stand_in.wire("endless every_ms=1")
    wire.until(b'"50 "')
    assert stand_in.open() == 1
    wire.close()
    left(stand_in)


def test_an_unthrottled_endless_stream_waits_for_its_reader(stand_in: Running) -> None:
    wire = stand_in.wire("endless every_ms=0")
    wire.until(b'"500 "')
    wire.reset()
    left(stand_in)


def left(stand_in: Running) -> None:
    """Wait until the stand-in noticed; each look is a request, so this does not spin."""
    for _ in range(2000):
        if stand_in.open() == 0:
            break
    [seen] = stand_in.control("GET", "requests")
    assert seen["ended"] == "client_closed"


@pytest.mark.parametrize("event", [0, 1])
def test_an_error_object_can_come_mid_stream(stand_in: Running, event: int) -> None:
    received = stand_in.wire(f"error after=3 code=1302 event={event}").to_end()
    assert (b"event: error\n" in body_of(received)) is bool(event)
    error = json.loads(body_of(received).rpartition(b"data: ")[2])["error"]
    assert error["code"] == "1302"
    assert b"[DONE]" not in received
    assert content_of(received) == "1 2 3 "


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("length after=2", "length"),
        ("sensitive after=2", "sensitive"),
        ("network_error after=2", "network_error"),
        ("context_exceeded after=2", "model_context_window_exceeded"),
        ("finish after=2 reason=mystery", "mystery"),
    ],
)
def test_every_finish_reason_can_be_had(stand_in: Running, script: str, reason: str) -> None:
    received = stand_in.wire(script).to_end()
    assert reasons(received) == [reason]
    assert events_of(received)[-1] == "[DONE]"


def test_moderation_says_whose_words_were_at_fault(stand_in: Running) -> None:
    received = stand_in.wire("sensitive after=2 role=user level=0").to_end()
    *_, last, _ = events_of(received)
    assert last["content_filter"] == [{"role": "user", "level": 0}]


def test_a_delta_can_come_twice_and_out_of_order(stand_in: Running) -> None:
    assert content_of(stand_in.wire("duplicate n=2").to_end()) == "1 1 2 2 "
    assert content_of(stand_in.wire("reorder n=3").to_end()) == "3 2 1 "


def test_thinking_and_box_markers_can_stand_in_content(stand_in: Running) -> None:
    assert content_of(stand_in.wire("think_tags").to_end()) == (
        "<think>let me see</think>the answer."
    )
    assert "<|begin_of_box|>42<|end_of_box|>" in content_of(stand_in.wire("box").to_end())


def test_an_answer_can_be_empty(stand_in: Running) -> None:
    assert content_of(stand_in.wire("empty").to_end()) == ""
    assert stand_in.wire("empty body=0").to_end().endswith(b"\r\n\r\n")


def test_what_breaks_a_stream_breaks_a_complete_reply(stand_in: Running) -> None:
    assert stand_in.wire("cut after=3", stream=False).to_end() == b""
    received = stand_in.wire("error code=1305", stream=False).to_end()
    assert received.startswith(b"HTTP/1.1 429 ")


def test_an_old_client_gets_an_unframed_stream(stand_in: Running) -> None:
    body = question("x [[script:count n=2 every_ms=1]]", stream=True)
    received = Wire(stand_in.port, body, version="1.0").to_end()
    assert b"chunked" not in received
    assert received.endswith(b"\n\ndata: [DONE]\n\n")
