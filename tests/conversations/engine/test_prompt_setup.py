"""What a conversation's own instructions and parameters make of a request."""

from typing import Any

import pytest

from conversations.engine.prompt import Prompt, build, fitted, room_for_talk
from conversations.models import Conversation, Generation, Message
from zaichat.zai import ChatRequest, catalog
from zaichat.zai.tokens import tokens_in

GLM = catalog.find("glm-4.6")
SMALL = catalog.find("local-demo")


def asked(model: catalog.Model = GLM, instructions: str = "", **parameters: Any) -> Prompt:
    question = Message(role="user", text="Hi")
    own = Conversation(instructions=instructions, parameters=parameters)
    return build([question], model, Generation(command="send"), own)


def request(prompt: Prompt, platform: str = "bigmodel") -> ChatRequest:
    return prompt.request(user_id="somebody", platform=platform)


def test_instructions_come_first_and_take_their_place_in_the_window() -> None:
    prompt = asked(instructions="Rhyme.")
    assert [m["role"] for m in request(prompt).messages] == ["system", "user"]
    assert prompt.tokens == tokens_in("Rhyme.") + tokens_in("Hi")


def test_long_instructions_leave_less_room_for_what_was_said() -> None:
    said = tuple({"role": role, "content": "word " * 300} for role in ("user", "assistant", "user"))
    costs = [tokens_in("word " * 300)] * len(said)
    whole = fitted(Prompt(SMALL, said, {}, 0), costs)
    short = fitted(Prompt(SMALL, said, {}, 0, instructions="word " * 400), costs)
    assert (whole.left_out, short.left_out) == (0, 2)


@pytest.mark.parametrize(
    ("model", "wanted", "sent"),
    [
        (GLM, 300, 300),
        (GLM, 131_072, 131_072),
        (catalog.find("glm-4.5v"), 100_000, 16_384),
        (SMALL, 100_000, 1_024),
        (catalog.find("somebody/llama"), 100_000, 100_000),
    ],
)
def test_a_longest_answer_is_kept_within_what_the_model_writes(
    model: catalog.Model, wanted: int, sent: int
) -> None:
    prompt = asked(model, max_tokens=wanted)
    assert request(prompt).max_tokens == sent
    assert prompt.most_tokens() == sent


def test_a_short_answer_leaves_more_room_for_what_was_said() -> None:
    assert room_for_talk(GLM, 1_000) == 199_000
    assert room_for_talk(GLM) == 200_000 - 65_536
    assert room_for_talk(SMALL) == 2_048 - 512
    assert room_for_talk(GLM, 190_000) == 100_000


def test_only_models_of_text_are_asked_for_json() -> None:
    form = {"type": "json_object"}
    assert request(asked(response_format="json_object")).response_format == form
    sees = asked(catalog.find("glm-4.6v"), response_format="json_object")
    assert request(sees).response_format is None


def test_a_platform_that_takes_one_stop_word_gets_the_first() -> None:
    prompt = asked(stop=["END", "HALT"])
    assert list(request(prompt, "zai").stop) == ["END"]
    assert list(request(prompt, "bigmodel").stop) == ["END", "HALT"]
