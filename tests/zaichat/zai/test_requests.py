"""What goes out."""

import dataclasses

import pytest

from zaichat.zai import INTERNATIONAL, ChatRequest, ZaiClient

MESSAGES = [{"role": "user", "content": "Hello"}]
TOOL = {"type": "function", "function": {"name": "now", "parameters": {}}}


def test_what_was_not_chosen_is_not_sent() -> None:
    assert ChatRequest(model="glm-4.6", messages=MESSAGES).body(stream=True) == {
        "model": "glm-4.6",
        "messages": MESSAGES,
        "stream": True,
    }


def test_what_was_chosen_is_sent_in_the_vendors_words() -> None:
    request = ChatRequest(
        model="glm-5.2",
        messages=MESSAGES,
        thinking="disabled",
        reasoning_effort="low",
        max_tokens=10,
        temperature=0.0,
        top_p=0.5,
        stop=("END",),
        tools=(TOOL,),
        tool_stream=True,
        response_format={"type": "json_object"},
        user_id="person-1",
        request_id="request-1",
        extra={"do_sample": False, "model": "other"},
    )
    assert request.body(stream=True) == {
        "model": "other",
        "messages": MESSAGES,
        "stream": True,
        "thinking": {"type": "disabled"},
        "reasoning_effort": "low",
        "max_tokens": 10,
        "temperature": 0.0,
        "top_p": 0.5,
        "stop": ["END"],
        "tools": [TOOL],
        "tool_stream": True,
        "response_format": {"type": "json_object"},
        "user_id": "person-1",
        "request_id": "request-1",
        "do_sample": False,
    }


@pytest.mark.parametrize(("stream", "tools"), [(False, (TOOL,)), (True, ())])
def test_tool_streaming_needs_a_stream_and_tools(stream: bool, tools: tuple[object, ...]) -> None:
    request = ChatRequest(model="m", messages=MESSAGES, tools=tools, tool_stream=True)  # type: ignore[arg-type]
    assert "tool_stream" not in request.body(stream=stream)


def test_a_request_cannot_be_changed() -> None:
    request = ChatRequest(model="m", messages=MESSAGES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        request.model = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    "address", ["", "api.z.ai", "ftp://api.z.ai", "https://", "https://me:secret@api.z.ai"]
)
def test_an_address_that_cannot_work_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        ZaiClient("key", address)
    assert "secret" not in str(caught.value)


async def test_the_address_is_used_with_or_without_its_last_slash() -> None:
    async with ZaiClient("key") as first, ZaiClient("key", INTERNATIONAL + "/") as second:
        assert first.base_url == second.base_url == INTERNATIONAL
