"""The official SDK pointed at a stand-in, as an application would use it."""

from types import SimpleNamespace
from typing import Any

import pytest
from zai import ZaiClient, ZhipuAiClient
from zai.core import _http_client

from tests.zaichat.emulator.running import Running

KEY = "abc123.def456"
FORMS = [
    pytest.param(ZaiClient, True, id="z.ai key"),
    pytest.param(ZaiClient, False, id="z.ai token"),
    pytest.param(ZhipuAiClient, True, id="bigmodel key"),
    pytest.param(ZhipuAiClient, False, id="bigmodel token"),
]


class Clients:
    """Makes clients of the stand-in and closes them at the end."""

    def __init__(self, stand_in: Running) -> None:
        self.base_url = stand_in.base_url
        self._made: list[Any] = []

    def __call__(self, form: type = ZhipuAiClient, *, raw: bool = True, **more: Any) -> Any:
        more = {"api_key": KEY, "base_url": self.base_url, "disable_token_cache": raw, **more}
        self._made.append(form(**more))
        return self._made[-1]

    def close(self) -> None:
        for client in self._made:
            client.close()


class Sleeps(list[float]):
    """The pauses the SDK wanted before each retry, in seconds; it makes none."""

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_http_client, "time", SimpleNamespace(sleep=self.append))
