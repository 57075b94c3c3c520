"""Chunks of a chat stream as bytes (API: chat completions, streaming response).

The part that never changes is encoded once per stream, so that a delta costs one quoted string.
JSON is compact and leaves non-ASCII as it is, as recorded from the real service.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

DONE = b"data: [DONE]\n\n"


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def event(value: Any) -> bytes:
    return f"data: {compact(value)}\n\n".encode(errors="replace")


class ChunkFrames:
    """Encodes the chunks of one answer."""

    def __init__(self, id: str, created: int, model: str) -> None:
        self._stem = {
            "id": id,
            "created": created,
            "object": "chat.completion.chunk",
            "model": model,
        }
        head = f"data: {compact(self._stem)[:-1]}"
        head += ',"choices":[{"index":0,"delta":{"role":"assistant",'
        self._content = f'{head}"content":'.encode()
        self._reasoning = f'{head}"reasoning_content":'.encode()

    def content(self, text: str) -> bytes:
        return self._content + encode_basestring(text).encode(errors="replace") + b"}}]}\n\n"

    def reasoning(self, text: str) -> bytes:
        return self._reasoning + encode_basestring(text).encode(errors="replace") + b"}}]}\n\n"

    def calls(self, fragments: list[dict[str, Any]]) -> bytes:
        return self.chunk({"choices": [{"index": 0, "delta": {"tool_calls": fragments}}]})

    def last(self, reason: str, usage: dict[str, Any], extra: dict[str, Any]) -> bytes:
        choice = {
            "index": 0,
            "finish_reason": reason,
            "delta": {"role": "assistant", "content": ""},
        }
        return self.chunk({"choices": [choice], "usage": usage, **extra})

    def chunk(self, keys: dict[str, Any]) -> bytes:
        return event({**self._stem, **keys})
