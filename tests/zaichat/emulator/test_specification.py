"""Requests and answers held against the official OpenAPI files and our own closed schema."""

from typing import Any

import jsonschema
import pytest

from tests.zaichat.emulator.running import Running, events_of, question
from tests.zaichat.emulator.sdk import Clients
from tests.zaichat.emulator.specification import FILES, Judge, judges, without_nulls

JUDGES = judges()
SCRIPTS = [
    "count n=3 every_ms=0",
    "think n=2 then=2 every_ms=0",
    "search n=2",
    "tools pieces=5 parallel=2",
    "call name=add",
    "length after=2",
    "sensitive after=2",
    "network_error after=1",
    "context_exceeded after=1",
]


@pytest.fixture(params=sorted(JUDGES))
def judge(request: pytest.FixtureRequest) -> Judge:
    return JUDGES[request.param]


def test_the_official_files_judge_wherever_they_are_at_hand() -> None:
    assert set(JUDGES) == {"own", *(name for name, path in FILES.items() if path.exists())}


@pytest.mark.parametrize("script", SCRIPTS)
def test_complete_replies_are_as_specified(stand_in: Running, judge: Judge, script: str) -> None:
    judge("reply", stand_in.post(question(f"[[script:{script}]]")).json())


@pytest.mark.parametrize("script", SCRIPTS)
def test_chunks_are_as_specified(stand_in: Running, judge: Judge, script: str) -> None:
    *chunks, done = events_of(stand_in.wire(script).to_end())
    assert done == "[DONE]"
    for chunk in chunks:
        judge("chunk", chunk)


def test_the_default_answer_is_as_specified(stand_in: Running, judge: Judge) -> None:
    for text in ("hello", "你好"):
        judge("reply", stand_in.post(question(text)).json())


@pytest.mark.parametrize("code", ["1301", "1302", "1113", "1214", "1234"])
def test_errors_are_as_specified(stand_in: Running, judge: Judge, code: str) -> None:
    judge("error", stand_in.post(question(f"[[script:refuse code={code}]]")).json())


def test_a_refused_request_is_as_specified(stand_in: Running, judge: Judge) -> None:
    for body in ({}, question("x", temperature=9), question("x", model="none")):
        judge("error", stand_in.post(body).json())


def test_tasks_are_as_specified(stand_in: Running, judge: Judge) -> None:
    path = "/api/paas/v4/async/chat/completions"
    task = stand_in.post(question("[[script:silent]]"), path=path).json()
    judge("task", task)


def test_what_the_sdk_sends_is_as_specified(stand_in: Running, sdk: Clients, judge: Judge) -> None:
    sdk().chat.completions.create(
        model="glm-4.5",
        messages=[{"role": "system", "content": "x"}, {"role": "user", "content": "hi"}],
        temperature=0.7,
        max_tokens=1000,
        thinking={"type": "enabled"},
    )
    part = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
    sdk().chat.completions.create(
        model="glm-4.6v",
        messages=[{"role": "user", "content": [{"type": "text", "text": "what?"}, part]}],
    )
    words, picture = (seen["body"] for seen in stand_in.control("GET", "requests"))
    judge("request", without_nulls(words))
    judge("picture_request", without_nulls(picture))


def broken(reply: dict[str, Any], **choice: Any) -> dict[str, Any]:
    return {**reply, "choices": [{**reply["choices"][0], **choice}]}


def test_the_judges_have_teeth(stand_in: Running, judge: Judge) -> None:
    reply = stand_in.post(question("hi")).json()
    wrong = [
        broken(reply, finish_reason=7),
        broken(reply, message={"role": "assistant", "content": 7}),
        {**reply, "created": "yesterday"},
        {**reply, "usage": []},
    ]
    for value in wrong:
        with pytest.raises(jsonschema.ValidationError):
            judge("reply", value)
    with pytest.raises(jsonschema.ValidationError):
        judge("error", {"code": 1302, "message": "flat"})
