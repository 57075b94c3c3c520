"""The real small model behind the stand-in: it streams, it is honest, it can be lost."""

import os
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from tests.zaichat.emulator.running import Running, Wire, deltas_of, events_of, question

pytestmark = pytest.mark.local_model
PATIENCE = 45.0  # seconds for a model to load while others use the machine


@pytest.fixture(scope="module")
def local() -> Iterator[Running]:
    with Running(brain="embedded") as running:
        wait(lambda: running.http.get("/__status").json()["ready"])
        running.http.timeout = PATIENCE
        yield running


def wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def sidecar(running: Running) -> psutil.Process:
    [child] = psutil.Process(running.process.pid).children()
    return child


def streamed(running: Running, text: str, **fields: object) -> Wire:
    body = question(text, model="local-demo", stream=True, **fields)
    wire = Wire(running.port, body)
    wire.socket.settimeout(PATIENCE)
    return wire


def words(running: Running, text: str, **fields: object) -> str:
    reply = running.post(question(text, **{"model": "local-demo", **fields})).json()
    return reply["choices"][0]["message"]["content"]


def test_the_status_names_the_model(local: Running) -> None:
    status = local.http.get("/__status").json()
    assert status["brain"] == "embedded"
    assert status["model"] == "SmolLM2-135M-Instruct"
    assert status["languages"] == ["en"]
    assert status["own_model"] is False


def test_an_english_question_streams_many_tokens(local: Running) -> None:
    events = events_of(streamed(local, "Tell me about the ocean.", max_tokens=40).to_end())
    assert len([delta for delta in deltas_of(events) if delta.get("content")]) > 5
    last = events[-2]
    assert last["choices"][0]["finish_reason"] == "length"
    assert last["usage"]["completion_tokens"] == 40
    assert last["usage"]["prompt_tokens"] > 10


def test_a_question_of_fact_is_answered_in_english(local: Running) -> None:
    assert "Paris" in words(local, "What is the capital of France? Answer in two sentences.")


def test_every_documented_model_is_answered_by_it(local: Running) -> None:
    thinking = {"type": "disabled"}
    reply = words(local, "Say hello.", model="glm-4.6", thinking=thinking, max_tokens=20)
    assert reply
    assert "scripted" not in reply


def test_a_chinese_question_is_told_the_truth(local: Running) -> None:
    reply = words(local, "用中文介绍一下北京，好吗？")
    assert "只懂英文" in reply
    assert "ZAI_API_KEY" in reply
    assert "only English" in reply


def test_it_says_who_it_is(local: Running) -> None:
    assert "small local demo model of ZaiChat" in words(local, "Who are you?")


def test_a_title_is_made_at_once_of_what_was_asked(local: Running) -> None:
    prompt = "Write a title of at most six words.\n\n---\nhow tall is Mount Fuji?\n\nVery."
    assert words(local, prompt, max_tokens=40) == "How tall is Mount Fuji"


def test_thinking_is_a_labelled_first_pass(local: Running) -> None:
    wire = streamed(local, "Why is the sky blue?", thinking={"type": "enabled"}, max_tokens=120)
    events = events_of(wire.to_end())
    kinds = ["r" if "reasoning_content" in delta else "c" for delta in deltas_of(events)]
    assert "".join(kinds).lstrip("r").lstrip("c") == ""
    assert kinds[0] == "r"
    assert deltas_of(events)[0]["reasoning_content"].startswith("Local demo thinking: ")
    usage = events[-2]["usage"]
    assert 0 < usage["completion_tokens_details"]["reasoning_tokens"] <= 80


def test_a_long_conversation_is_trimmed_to_what_fits(local: Running) -> None:
    messages = [
        {"role": role, "content": f"{role} talks about number {number}. " * 40}
        for number in range(40)
        for role in ("user", "assistant")
    ]
    messages.append({"role": "user", "content": "Say hello."})
    body = {"model": "local-demo", "messages": messages, "max_tokens": 10}
    reply = local.post(body).json()
    assert 0 < reply["usage"]["prompt_tokens"] < 2000


def test_a_reader_who_leaves_stops_the_model(local: Running) -> None:
    wire = streamed(local, "Write a very long story about a ship.", max_tokens=1024)
    wire.until(b'"content":"')
    assert local.open() == 1
    wire.close()
    wait(lambda: local.open() == 0)
    process = sidecar(local)
    wait(lambda: is_idle(process))


def is_idle(process: psutil.Process) -> bool:
    """Less than a tenth of a core over a fifth of a second."""
    before = process.cpu_times()
    time.sleep(0.2)
    after = process.cpu_times()
    return after.user - before.user < 0.02


def test_a_crash_of_the_model_leaves_the_stand_in_and_comes_back(local: Running) -> None:
    wire = streamed(local, "Write a very long story about a train.", max_tokens=1024)
    wire.until(b'"content":"')
    sidecar(local).kill()
    events = events_of(wire.to_end())
    assert events[-2]["choices"][0]["finish_reason"] == "network_error"
    assert words(local, "Say hello.", max_tokens=10)
    assert local.http.get("/__status").json()["brain"] == "embedded"


def test_the_model_does_not_outlive_a_killed_stand_in() -> None:
    running = Running(brain="embedded")
    wait(lambda: running.http.get("/__status").json()["ready"])
    child = sidecar(running)
    running.process.kill()
    running.stop()
    child.wait(timeout=PATIENCE)
    assert not child.is_running()


def test_an_owners_model_is_used_for_chinese_too(local: Running) -> None:
    gguf = sidecar(local).cmdline()
    path = gguf[gguf.index("--gguf") + 1]
    with Running(brain="auto", env={**os.environ, "EMBEDDED_GGUF": path}) as running:
        running.http.timeout = PATIENCE
        reply = words(running, "你好，请说你好。", max_tokens=8)
        status = running.http.get("/__status").json()
    assert reply
    assert "只懂英文" not in reply
    assert (status["brain"], status["own_model"]) == ("embedded", True)
    assert status["model"] == "SmolLM2-135M-Instruct.Q4_1"


def test_a_file_that_only_looks_like_a_model_lets_scripted_words_serve(tmp_path) -> None:
    (tmp_path / "false.gguf").write_bytes(b"GGUF" + b"\0" * 100)
    env = {**os.environ, "EMBEDDED_GGUF": str(tmp_path / "false.gguf")}
    with Running(brain="auto", env=env) as running:
        running.http.timeout = PATIENCE
        assert "**hello**" in words(running, "hello")
        status = running.http.get("/__status").json()
    assert status["brain"] == "scripted"
    assert "did not load" in status["reason"]
