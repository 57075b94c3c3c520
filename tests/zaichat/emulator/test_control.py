"""The control plane: scripts of a test's own, the record, and what is open."""

import subprocess
import sys

import httpx

from tests.zaichat.emulator.running import ROOT, Running, Wire, content_of, question


def test_the_next_requests_get_the_script_they_are_given(stand_in: Running) -> None:
    stand_in.control("POST", "next", {"script": "refuse code=1305", "n": 2})
    statuses = [stand_in.post(question("plain")).status_code for _ in range(3)]
    assert statuses == [429, 429, 200]


def test_a_next_script_can_wait_for_its_question(stand_in: Running) -> None:
    stand_in.control("POST", "next", {"script": "refuse code=1305", "match": "second"})
    assert stand_in.post(question("first")).status_code == 200
    assert stand_in.post(question("second")).status_code == 429


def test_a_test_can_write_a_script_step_by_step(stand_in: Running) -> None:
    steps = [
        {"think": "hm"},
        {"say": "a "},
        {"wait": 1},
        {"raw": ": hello\n\n"},
        {"hex": "0a"},
        {"chunk": {"choices": []}},
        {"finish": {"reason": "stop", "extra": {"web_search": []}}},
        {"done": True},
    ]
    stand_in.control("PUT", "scripts/mine", {"steps": steps})
    received = stand_in.wire("mine").to_end()
    assert b'"reasoning_content":"hm"' in received
    assert b": hello\n\n" in received
    assert b'"web_search":[]' in received
    assert stand_in.post(question("x", model="mock-mine")).json()["choices"][0]["message"] == {
        "content": "a ",
        "reasoning_content": "hm",
        "role": "assistant",
    }


def test_a_script_can_be_given_another_name(stand_in: Running) -> None:
    stand_in.control("PUT", "scripts/short", {"script": "count n=2 every_ms=0"})
    assert content_of(stand_in.wire("short").to_end()) == "1 2 "
    assert content_of(stand_in.wire("short n=4").to_end()) == "1 2 3 4 "


def test_every_script_can_be_looked_up(stand_in: Running) -> None:
    listed = stand_in.control("GET", "scripts")
    assert {"count", "think", "stall", "cut", "rst", "refuse", "bytes1", "tools"} <= set(listed)
    assert all(listed.values())


def test_a_broken_script_is_refused(stand_in: Running) -> None:
    for body in ({"steps": [{"shout": 1}]}, {"steps": [1]}, {"script": ""}, {}):
        answer = stand_in.http.put("/__control/scripts/bad", json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "1214")


def test_the_record_tells_what_was_asked_and_how_it_ended(stand_in: Running) -> None:
    stand_in.post(question("hello", model="nonsense"))
    stand_in.wire("count n=1").to_end()
    refused, finished = stand_in.control("GET", "requests")
    assert (refused["ended"], refused["status"]) == ("refused", 400)
    assert refused["body"]["messages"][0]["content"] == "hello"
    assert (finished["ended"], finished["status"]) == ("finished", 200)
    assert finished["script"] == "count"
    assert finished["path"] == "/api/paas/v4/chat/completions"
    assert finished["at"] <= finished["ended_at"]


def test_open_streams_are_counted_until_they_end(stand_in: Running) -> None:
    wires = [stand_in.wire("stall after=1") for _ in range(3)]
    for wire in wires:
        wire.until(b'"1 "')
    listed = stand_in.control("GET", "open")
    assert listed["open"] == 3
    assert {stream["script"] for stream in listed["streams"]} == {"stall"}
    for wire in wires:
        wire.close()
    for _ in range(2000):
        if stand_in.open() == 0:
            break
    assert stand_in.open() == 0


def test_a_model_named_mock_plays_its_script(stand_in: Running) -> None:
    body = question("x", model="mock-count?n=3&every_ms=0", stream=True)
    assert content_of(Wire(stand_in.port, body).to_end()) == "1 2 3 "


def test_the_status_says_which_brain_serves_without_a_key(stand_in: Running) -> None:
    status = stand_in.http.get("/__status").json()
    assert status == {
        "brain": "scripted",
        "model": "scripted",
        "languages": ["en", "zh"],
        "own_model": False,
        "reason": "asked for",
        "ready": True,
    }


def test_without_the_flag_there_is_no_control_plane() -> None:
    command = [sys.executable, "-m", "zaichat.emulator", "--port", "0", "--brain", "scripted"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    origin = process.stdout.readline().strip().removeprefix("listening on ")
    with httpx.Client(base_url=origin, trust_env=False) as http:
        assert http.get("/__control/requests").status_code == 400
        assert http.get("/__status").json()["ready"] is True
    process.terminate()
    assert process.wait(timeout=5) == 0
    process.stdout.close()
