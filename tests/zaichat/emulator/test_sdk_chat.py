"""The official SDK as a judge: every chat sample of its own introduction."""

import importlib.metadata

import httpx
import pytest
from zai import ZaiClient, ZhipuAiClient

from tests.zaichat.emulator.running import Running
from tests.zaichat.emulator.sdk import FORMS, Clients


def test_the_judge_is_the_release_the_stand_in_was_written_for() -> None:
    assert importlib.metadata.version("zai-sdk") == "0.2.3"


@pytest.mark.parametrize(("form", "raw"), FORMS)
class TestSamples:
    """Each sample in both client classes, with the raw key and with a signed token."""

    def test_basic_conversation(
        self, stand_in: Running, sdk: Clients, form: type, raw: bool
    ) -> None:
        client = sdk(form, raw=raw)
        response = client.chat.completions.create(
            model="glm-4.5", messages=[{"role": "user", "content": "你好，请介绍一下自己, Z.ai!"}]
        )
        assert "请介绍一下自己" in response.choices[0].message.content
        assert response.choices[0].finish_reason == "stop"
        assert response.usage.total_tokens > 0
        [seen] = stand_in.control("GET", "requests")
        assert seen["auth"] == ("key" if raw else "jwt")

    def test_streaming(self, stand_in: Running, sdk: Clients, form: type, raw: bool) -> None:
        response = sdk(form, raw=raw).chat.completions.create(
            model="glm-4.5",
            messages=[
                {"role": "system", "content": "你是一个 AI 作家."},
                {"role": "user", "content": "讲一个关于 AI 的故事."},
            ],
            stream=True,
        )
        pieces = [
            chunk.choices[0].delta.content for chunk in response if chunk.choices[0].delta.content
        ]
        assert len(pieces) > 5
        assert "讲一个关于 AI 的故事." in "".join(pieces)

    def test_several_turns(self, stand_in: Running, sdk: Clients, form: type, raw: bool) -> None:
        words = [
            "作为一名营销专家，请为我的产品创作一个口号",
            "请告诉我一些信息",
            "智谱AI 开放平台",
        ]
        words += ["点燃未来，让创新触手可及！", "创作一个更精准且吸引人的口号"]
        messages = [
            {"role": "assistant" if number % 2 else "user", "content": text}
            for number, text in enumerate(words)
        ]
        response = sdk(form, raw=raw).chat.completions.create(model="glm-4.5", messages=messages)
        assert "创作一个更精准且吸引人的口号" in response.choices[0].message.content
        assert "消息数：5" in response.choices[0].message.content

    def test_a_whole_chat_robot(
        self, stand_in: Running, sdk: Clients, form: type, raw: bool
    ) -> None:
        client = sdk(form, raw=raw)
        conversation = [{"role": "system", "content": "你是一个友好的 AI 助手"}]
        typed = iter(["hello", "and again", "QUIT", "never asked"])
        while (line := next(typed)).lower() != "quit":
            conversation.append({"role": "user", "content": line})
            response = client.chat.completions.create(
                model="glm-4.5", messages=conversation, temperature=0.7, max_tokens=1000
            )
            conversation.append(
                {"role": "assistant", "content": response.choices[0].message.content}
            )
        assert [message["role"] for message in conversation] == [
            "system", "user", "assistant", "user", "assistant",
        ]  # fmt: skip
        assert "**and again**" in conversation[-1]["content"]

    def test_thinking(self, stand_in: Running, sdk: Clients, form: type, raw: bool) -> None:
        response = sdk(form, raw=raw).chat.completions.create(
            model="glm-4.5",
            messages=[
                {"role": "system", "content": "you are a helpful assistant"},
                {"role": "user", "content": "what is the revolution of llm?"},
            ],
            stream=True,
            thinking={"type": "enabled"},
        )
        order = ""
        for chunk in response:
            if chunk.choices[0].delta.reasoning_content:
                order += "r"
            if chunk.choices[0].delta.content:
                order += "c"
        assert order.strip("r").strip("c") == ""
        assert order.startswith("r")
        assert order.endswith("c")

    def test_a_stream_processor(
        self, stand_in: Running, sdk: Clients, form: type, raw: bool
    ) -> None:
        full, heard = "", []
        stream = sdk(form, raw=raw).chat.completions.create(
            model="glm-4.5",
            messages=[{"role": "user", "content": "写一个 Python 函数来计算斐波那契数列"}],
            stream=True,
        )
        for chunk in stream:
            if chunk.choices[0].delta.content is not None:
                full += chunk.choices[0].delta.content
                heard.append(full)
        assert heard[-1] == full
        assert "斐波那契数列" in full

    def test_asynchronous_chat(
        self, stand_in: Running, sdk: Clients, form: type, raw: bool
    ) -> None:
        chat = sdk(form, raw=raw).chat.asyncCompletions
        task = chat.create(model="glm-4.7", messages=[{"role": "user", "content": "hello"}])
        assert task.task_status in ("PROCESSING", "SUCCESS")
        result = chat.retrieve_completion_result(id=task.id)
        while result.task_status == "PROCESSING":
            result = chat.retrieve_completion_result(id=task.id)
        assert "hello" in result.choices[0].message.content


def test_the_environment_configures_the_client(
    stand_in: Running, sdk: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZAI_API_KEY", "abc123.def456")
    monkeypatch.setenv("ZAI_BASE_URL", stand_in.base_url)
    for form in (ZaiClient, ZhipuAiClient):
        reply = sdk(form, api_key=None, base_url=None).chat.completions.create(
            model="glm-4.5", messages=[{"role": "user", "content": "hi"}]
        )
        assert reply.choices[0].message.content


def test_the_advanced_configuration(stand_in: Running, sdk: Clients) -> None:
    limits = httpx.Limits(max_keepalive_connections=20, max_connections=100)
    with httpx.Client(limits=limits, timeout=30.0, trust_env=False) as http:
        client = sdk(
            base_url=f"{stand_in.base_url}/",
            timeout=httpx.Timeout(timeout=300.0, connect=8.0),
            max_retries=3,
            http_client=http,
        )
        for _ in range(3):
            reply = client.chat.completions.create(
                model="glm-4.5", messages=[{"role": "user", "content": "hi"}]
            )
            assert reply.choices[0].message.content
    assert len(stand_in.control("GET", "requests")) == 3


def test_the_international_client_is_told_off_in_english(sdk: Clients) -> None:
    for form, words in ((ZaiClient, "does not exist"), (ZhipuAiClient, "模型不存在")):
        with pytest.raises(Exception, match=words):
            sdk(form).chat.completions.create(
                model="glm-none", messages=[{"role": "user", "content": "hi"}]
            )


def test_tool_calls_arrive_as_the_sdk_reads_them(sdk: Clients) -> None:
    client = sdk()
    ask = [{"role": "user", "content": "[[script:tools pieces=4 parallel=2]]"}]
    reply = client.chat.completions.create(model="glm-4.6", messages=ask)
    first, second = reply.choices[0].message.tool_calls
    assert first.function.name == second.function.name == "get_weather"
    joined = {0: "", 1: ""}
    stream = client.chat.completions.create(model="glm-4.6", messages=ask, stream=True)
    for chunk in stream:
        for fragment in chunk.choices[0].delta.tool_calls or []:
            joined[fragment.index] += fragment.function.arguments
    assert joined == {0: first.function.arguments, 1: second.function.arguments}
