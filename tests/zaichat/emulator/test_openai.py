"""The `openai` package as a second, stricter reader of plain chat."""

from collections.abc import Iterator

import httpx
import pytest
from openai import OpenAI, RateLimitError

from tests.zaichat.emulator.running import Running


@pytest.fixture
def client(stand_in: Running) -> Iterator[OpenAI]:
    with httpx.Client(trust_env=False) as http:
        yield OpenAI(
            api_key="id.secret", base_url=stand_in.base_url, max_retries=0, http_client=http
        )


def ask(script: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": f"[[script:{script}]]"}]


def test_a_complete_reply_is_read(client: OpenAI) -> None:
    reply = client.chat.completions.create(model="glm-4.6", messages=ask("count n=3 every_ms=0"))
    assert reply.choices[0].message.content == "1 2 3 "
    assert reply.usage.completion_tokens == 3


def test_a_stream_is_read_chunk_by_chunk(client: OpenAI) -> None:
    stream = client.chat.completions.create(
        model="glm-4.6", messages=ask("count n=3 every_ms=1"), stream=True,
        stream_options={"include_usage": True},
    )  # fmt: skip
    chunks = list(stream)
    assert [chunk.choices[0].delta.content for chunk in chunks] == ["1 ", "2 ", "3 ", ""]
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert chunks[-1].usage.completion_tokens == 3


def test_a_refusal_is_the_right_exception(client: OpenAI) -> None:
    with pytest.raises(RateLimitError) as raised:
        client.chat.completions.create(model="glm-4.6", messages=ask("refuse code=1302"))
    assert raised.value.code == "1302"


def test_the_models_can_be_listed(client: OpenAI) -> None:
    assert "glm-4.6" in {model.id for model in client.models.list()}
