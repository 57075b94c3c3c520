"""What the model is asked: the whole path, or the newest part that fits; and how hard to think."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.engine.prompt import (
    GO_ON,
    Prompt,
    build,
    fitted,
)
from conversations.models import Generation, Message
from zaichat.zai import catalog
from zaichat.zai.thinking import thinking_of
from zaichat.zai.tokens import tokens_in

GLM = catalog.find("glm-4.6")
SMALL = catalog.find("local-demo")


def said(*texts: str) -> tuple[dict, ...]:
    roles = ("user", "assistant")
    return tuple({"role": roles[n % 2], "content": text} for n, text in enumerate(texts))


def prompt(*texts: str, model: catalog.Model = SMALL) -> Prompt:
    asked = said(*texts)
    costs = [tokens_in(message["content"]) for message in asked]
    return fitted(Prompt(model, asked, {}, 0), costs)


def test_a_short_talk_is_sent_whole() -> None:
    asked = prompt("Hi", "Hello", "How are you?")
    assert len(asked.messages) == 3
    assert asked.left_out == 0


def test_what_does_not_fit_is_left_out_from_the_oldest_on_and_counted() -> None:
    asked = prompt("word " * 2000, "old answer", "new question")
    assert [message["content"] for message in asked.messages] == ["new question"]
    assert asked.left_out == 2


def test_the_last_question_stays_however_long_it_is() -> None:
    asked = prompt("first", "answer", "word " * 9000)
    assert len(asked.messages) == 1
    assert asked.messages[0]["content"].startswith("word")


def test_chinese_takes_more_of_the_window_than_english() -> None:
    assert tokens_in("你" * 100) > 2 * tokens_in("a" * 100)


@given(st.lists(st.text(max_size=3000), min_size=1, max_size=9))
def test_a_fitted_talk_begins_with_a_question_and_ends_with_the_last(texts: list[str]) -> None:
    texts = texts if len(texts) % 2 else texts[:-1]
    asked = prompt(*texts)
    assert asked.messages[0]["role"] == "user"
    assert asked.messages[-1]["content"] == texts[-1]
    assert asked.left_out == len(texts) - len(asked.messages)
    assert asked.tokens == sum(tokens_in(message["content"]) for message in asked.messages)


def test_a_small_window_limits_the_answer_and_a_large_one_does_not() -> None:
    limit = prompt("word " * 1200).answer_limit()
    assert limit is not None
    assert 0 < limit < SMALL.context
    assert prompt("Hi", model=GLM).answer_limit() is None


def test_a_question_longer_than_the_window_asks_for_a_short_answer_not_a_negative_one() -> None:
    assert prompt("word " * 9000).answer_limit() == 64


def test_continue_shows_the_answer_so_far_and_asks_to_go_on() -> None:
    question = Message(role="user", text="Count")
    answer = Message(role="assistant")
    done = Generation(number=1, parts=[{"kind": "text", "text": "1 2 3"}])
    answer.remember([done], [])
    asked = build(
        [question, answer], GLM, Generation(command="continue", options={"thinking": "on"})
    )
    assert [message["content"] for message in asked.messages] == ["Count", "1 2 3", GO_ON]
    assert asked.options["thinking"] == "off"


def test_thinking_is_not_sent_back_and_an_empty_answer_is_left_out() -> None:
    question = Message(role="user", text="Count")
    silent = Message(role="assistant")
    silent.remember([Generation(number=1, parts=[{"kind": "reasoning", "text": "hm"}])], [])
    again = Message(role="user", text="Please")
    asked = build([question, silent, again], GLM, Generation(command="send"))
    assert [message["content"] for message in asked.messages] == ["Count", "Please"]


@pytest.mark.parametrize(
    ("model", "wish", "sent"),
    [
        ("glm-4.6", "auto", (None, None)),
        ("glm-4.6", "on", ("enabled", None)),
        ("glm-4.6", "off", ("disabled", None)),
        ("glm-4.6", "high", ("enabled", None)),
        ("glm-5.2", "high", ("enabled", "high")),
        ("glm-5.2", "off", ("disabled", None)),
        ("glm-5.3", "off", ("enabled", "low")),
        ("glm-5.3", "auto", (None, None)),
        ("glm-5.3", "medium", ("enabled", None)),
        ("glm-5.3", "max", ("enabled", "max")),
        ("glm-4.7", "on", ("enabled", None)),
        ("glm-4.7", "off", ("disabled", None)),
        ("glm-4-plus", "on", (None, None)),
        ("somebody-elses-model", "on", (None, None)),
    ],
)
def test_models_are_told_to_think_only_in_ways_they_know(
    model: str, wish: str, sent: tuple[str | None, str | None]
) -> None:
    assert thinking_of(catalog.find(model), wish) == sent


def test_the_search_engine_is_the_one_of_the_platform() -> None:
    asked = Prompt(GLM, said("Hi"), {"web_search": True}, 5)
    for platform, engine in (("zai", "search_pro_jina"), ("bigmodel", "search_std")):
        (tool,) = asked.request(user_id="somebody", platform=platform).tools
        assert tool["web_search"]["search_engine"] == engine
        assert tool["web_search"]["search_result"] is True
