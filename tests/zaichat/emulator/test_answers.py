"""Good answers, byte by byte: chunks, ids, usage, and the words of the scripted brain."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.zaichat.emulator.running import (
    Running,
    content_of,
    deltas_of,
    events_of,
    question,
)

BEIJING = timezone(timedelta(hours=8))


def test_count_sends_one_number_per_chunk_and_ends_well(stand_in: Running) -> None:
    received = stand_in.wire("count n=3 every_ms=1").to_end()
    assert b"Content-Type: text/event-stream;charset=UTF-8" in received
    *chunks, last, done = events_of(received)
    assert [chunk["choices"][0]["delta"]["content"] for chunk in chunks] == ["1 ", "2 ", "3 "]
    assert done == "[DONE]"
    assert last["choices"][0]["finish_reason"] == "stop"
    assert last["usage"]["completion_tokens"] == 3
    assert last["usage"]["total_tokens"] == last["usage"]["prompt_tokens"] + 3


def test_a_chunk_has_the_recorded_keys_in_the_recorded_order(stand_in: Running) -> None:
    first, last, _ = events_of(stand_in.wire("count n=1 every_ms=0").to_end())
    assert list(first) == ["id", "created", "object", "model", "choices"]
    assert first["object"] == "chat.completion.chunk"
    assert first["choices"][0] == {"index": 0, "delta": {"role": "assistant", "content": "1 "}}
    assert list(last) == ["id", "created", "object", "model", "choices", "usage"]
    assert last["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert last["id"] == first["id"]


def test_ids_carry_the_time_of_beijing(stand_in: Running) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    id = stand_in.post(question("hi")).json()["id"]
    assert re.fullmatch(r"\d{14}[0-9a-f]{16}", id)
    stamp = datetime.strptime(id[:14], "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)
    assert before <= stamp <= datetime.now(UTC) + timedelta(seconds=1)


def test_thinking_comes_before_the_answer_in_its_own_field(stand_in: Running) -> None:
    *deltas, _ = deltas_of(events_of(stand_in.wire("think n=2 then=2 every_ms=0").to_end()))
    assert [list(delta)[1] for delta in deltas] == ["reasoning_content"] * 2 + ["content"] * 2
    assert deltas[1]["reasoning_content"] == "t2 "


@pytest.mark.parametrize("every", [0, 2])
def test_a_thousand_tokens_arrive_whole_and_in_order(stand_in: Running, every: int) -> None:
    words = content_of(stand_in.wire(f"token n=1000 every_ms={every}").to_end()).split()
    assert words == [f"tok{number:06d}" for number in range(1, 1001)]


def test_stamped_tokens_have_one_width_and_the_time_of_sending(stand_in: Running) -> None:
    before = datetime.now(UTC).timestamp()
    text = content_of(stand_in.wire("token n=20 every_ms=1 stamp=1").to_end())
    assert len(text) == 20 * 18
    sent = [int(word.split("|")[1], 36) / 1e6 for word in text.split()]
    assert sent == sorted(sent)
    assert before <= sent[0] <= sent[-1] <= datetime.now(UTC).timestamp()


def test_chunks_are_not_joined_when_they_are_paced(stand_in: Running) -> None:
    received = stand_in.wire("count n=5 every_ms=1").to_end()
    sizes = re.findall(rb"\r\n([0-9a-f]+)\r\n", received)
    assert len(sizes) == 5 + 2 + 1  # numbers, last chunk, [DONE], end of body


def test_many_chunks_share_a_write_when_nothing_paces_them(stand_in: Running) -> None:
    received = stand_in.wire("count n=500 every_ms=0").to_end()
    assert len(re.findall(rb"\r\n[0-9a-f]+\r\n", received)) < 50
    assert content_of(received).split()[-1] == "500"


def test_a_complete_reply_has_the_recorded_shape(stand_in: Running) -> None:
    body = question("x [[script:think n=2 then=3 every_ms=0]]", request_id="my-request")
    reply = stand_in.post(body).json()
    assert list(reply) == [
        "choices", "created", "id", "model", "object", "request_id", "usage",
    ]  # fmt: skip
    assert reply["request_id"] == "my-request"
    assert reply["choices"][0] == {
        "finish_reason": "stop",
        "index": 0,
        "message": {"content": "1 2 3 ", "reasoning_content": "t1 t2 ", "role": "assistant"},
    }
    assert reply["usage"]["completion_tokens_details"] == {"reasoning_tokens": 2}


def test_the_default_answer_echoes_the_question_and_never_varies(stand_in: Running) -> None:
    body = question("What is a **monad**?", thinking={"type": "disabled"})
    first, second = (stand_in.post(body).json()["choices"][0]["message"] for _ in range(2))
    assert first == second
    assert "What is a **monad**?" in first["content"]
    assert "```python" in first["content"]
    assert "reasoning_content" not in first


def test_a_chinese_question_is_answered_in_chinese(stand_in: Running) -> None:
    words = stand_in.post(question("你好，请介绍一下自己")).json()["choices"][0]["message"][
        "content"
    ]
    assert words.startswith("你问的是：**你好，请介绍一下自己**")


@pytest.mark.parametrize(
    ("fields", "thinks"),
    [
        ({"model": "glm-4.6"}, True),
        ({"model": "glm-4.6", "thinking": {"type": "disabled"}}, False),
        ({"model": "glm-5.2", "reasoning_effort": "none"}, False),
        ({"model": "glm-5.2", "reasoning_effort": "high"}, True),
        ({"model": "glm-4-plus", "thinking": {"type": "enabled"}}, False),
        ({"model": "local-demo"}, False),
        ({"model": "local-demo", "thinking": {"type": "enabled"}}, True),
    ],
)
def test_models_think_as_documented(stand_in: Running, fields: dict, thinks: bool) -> None:
    message = stand_in.post({**question("hi"), **fields}).json()["choices"][0]["message"]
    assert ("reasoning_content" in message) is thinks


def test_the_token_limit_ends_an_answer_with_length(stand_in: Running) -> None:
    body = question("hello there", max_tokens=5, thinking={"type": "disabled"})
    reply = stand_in.post(body).json()
    assert reply["choices"][0]["finish_reason"] == "length"
    assert reply["usage"]["completion_tokens"] == 5


def test_thinking_counts_against_the_token_limit(stand_in: Running) -> None:
    reply = stand_in.post(question("hello", max_tokens=3)).json()
    assert reply["choices"][0]["message"]["content"] == ""
    assert reply["choices"][0]["finish_reason"] == "length"


def test_an_answer_stops_before_a_stop_string(stand_in: Running) -> None:
    body = question("hello", stop=["```"], thinking={"type": "disabled"})
    choice = stand_in.post(body).json()["choices"][0]
    assert "```" not in choice["message"]["content"]
    assert choice["finish_reason"] == "stop"


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        (
            "Write a title.\n\n---\nhow do I bake bread at home?\n\nTake flour",
            "How do I bake bread at…",
        ),
        ("请为对话写一个标题\n---\n怎样烤面包，要多久？\n先和面", "怎样烤面包"),
        ("请写标题\n---\n你好，请用一句话介绍杭州。", "请用一句话介绍杭州"),
        ("请写标题\n---\n你好！", "你好"),
        ("请写标题\n---\n请给房东写一封关于暖气报修的信", "请给房东写一封关于暖气报…"),
        ("Title for: [[script:cut]]", "Title for script cut"),
    ],
)
def test_a_title_is_made_of_what_was_asked(stand_in: Running, prompt: str, name: str) -> None:
    reply = stand_in.post(question(prompt, max_tokens=40, thinking={"type": "disabled"})).json()
    assert reply["choices"][0]["message"]["content"] == name


@pytest.mark.parametrize("prefix", ["/api/paas/v4", "/api/coding/paas/v4"])
def test_both_prefixes_answer_with_and_without_a_slash(stand_in: Running, prefix: str) -> None:
    for slash in ("", "/"):
        answer = stand_in.post(question("hi"), path=f"{prefix}/chat/completions{slash}?a=1")
        assert answer.status_code == 200


def test_every_chat_model_that_is_listed_answers(stand_in: Running) -> None:
    listed = stand_in.http.get("/api/paas/v4/models").json()
    assert listed["object"] == "list"
    names = [model["id"] for model in listed["data"]]
    assert {"glm-5.3", "glm-4.6", "glm-4.5", "glm-4.6v", "glm-4v", "local-demo"} <= set(names)
    for name in names:
        reply = stand_in.post(question("hi", model=name, max_tokens=4)).json()
        assert reply["model"] == name


def test_web_search_results_stand_beside_the_last_chunk(stand_in: Running) -> None:
    *_, last, _ = events_of(stand_in.wire("search n=2").to_end())
    assert [result["refer"] for result in last["web_search"]] == ["ref_1", "ref_2"]
    assert last["web_search"][1]["link"] == ""
