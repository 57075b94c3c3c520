"""The official SDK's exceptions and attempts for every kind of failure of the stand-in."""

import pytest
import zai
from zai import ZaiClient, ZhipuAiClient
from zai.core import (
    APIAuthenticationError,
    APIInternalError,
    APIReachLimitError,
    APIRequestFailedError,
    APIResponseError,
    APIServerFlowExceedError,
    APIStatusError,
    APITimeoutError,
)

from tests.zaichat.emulator.running import Running
from tests.zaichat.emulator.sdk import Clients, Sleeps


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> Sleeps:
    installed = Sleeps()
    installed.install(monkeypatch)
    return installed


def attempts(stand_in: Running) -> int:
    return len(stand_in.control("GET", "requests"))


def ask(client: ZaiClient, script: str, **more: object):
    messages = [{"role": "user", "content": f"[[script:{script}]]"}]
    return client.chat.completions.create(model="glm-4.5", messages=messages, **more)


@pytest.mark.parametrize("form", [ZaiClient, ZhipuAiClient])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "case",
    [
        ("refuse code=1214", APIRequestFailedError, 1),
        ("refuse code=1301", APIRequestFailedError, 1),
        ("refuse code=1003", APIAuthenticationError, 1),
        ("refuse code=1220", APIStatusError, 1),
        ("refuse code=1233", APIStatusError, 1),
        ("refuse code=1302", APIReachLimitError, 4),
        ("refuse code=1113", APIReachLimitError, 4),
        ("refuse code=1234", APIInternalError, 4),
        ("plain status=503", APIServerFlowExceedError, 4),
        ("html status=502", APIStatusError, 4),
    ],
)
def test_each_status_has_its_exception_and_attempts(
    stand_in: Running,
    sdk: Clients,
    sleeps: Sleeps,
    form: type,
    stream: bool,
    case: tuple[str, type[Exception], int],
) -> None:
    script, kind, expected = case
    with pytest.raises(kind) as raised:
        ask(sdk(form), script, stream=stream)
    assert type(raised.value) is kind
    assert attempts(stand_in) == expected
    assert len(sleeps) == expected - 1
    assert "Error code: " in str(raised.value)


def test_the_sdk_backs_off_as_documented(stand_in: Running, sdk: Clients, sleeps: Sleeps) -> None:
    with pytest.raises(APIReachLimitError):
        ask(sdk(), "refuse code=1302 retry_after=60")
    for pause, nominal in zip(sleeps, (1, 2, 4), strict=True):
        assert 0.75 * nominal <= pause <= nominal


def test_a_refusal_that_passes_is_overcome(stand_in: Running, sdk: Clients, sleeps: Sleeps) -> None:
    reply = ask(sdk(), "refuse code=1302 times=2")
    assert reply.choices[0].message.content
    assert attempts(stand_in) == 3


def test_a_lost_connection_is_tried_again(stand_in: Running, sdk: Clients, sleeps: Sleeps) -> None:
    assert ask(sdk(), "drop times=1").choices[0].message.content
    assert attempts(stand_in) == 2


def test_silence_is_a_timeout(stand_in: Running, sdk: Clients, sleeps: Sleeps) -> None:
    with pytest.raises(APITimeoutError):
        ask(sdk(timeout=0.2, max_retries=1), "silent")
    assert attempts(stand_in) == 2


def test_a_bad_key_is_an_authentication_error(stand_in: Running, sdk: Clients) -> None:
    client = sdk(api_key="unknown.key")
    with pytest.raises(APIAuthenticationError):
        ask(client, "count n=1")
    assert attempts(stand_in) == 1


def test_an_error_inside_a_stream_is_raised_after_what_was_said(
    stand_in: Running, sdk: Clients
) -> None:
    heard = []
    stream = ask(sdk(), "error after=2 code=1302", stream=True)
    with pytest.raises(APIResponseError):
        heard.extend(chunk.choices[0].delta.content for chunk in stream)
    assert heard == ["1 ", "2 "]
    assert attempts(stand_in) == 1


def robust_chat(client: ZaiClient, message: str) -> str:
    """The error handling sample of the SDK's introduction."""
    try:
        response = client.chat.completions.create(
            model="glm-4.5", messages=[{"role": "user", "content": message}]
        )
        return response.choices[0].message.content
    except zai.core.APIStatusError as error:
        return f"API 状态错误: {error}"
    except zai.core.APITimeoutError as error:
        return f"请求超时: {error}"
    except Exception as error:
        return f"其他错误: {error}"


def test_the_sample_for_error_handling(sdk: Clients, sleeps: Sleeps) -> None:
    client = sdk(timeout=0.3, max_retries=0)
    assert "你好" in robust_chat(client, "你好")
    assert robust_chat(client, "[[script:refuse code=1301]]").startswith("API 状态错误: Error code")
    assert robust_chat(client, "[[script:silent]]").startswith("请求超时")
    assert robust_chat(client, "[[script:drop]]").startswith("其他错误")
