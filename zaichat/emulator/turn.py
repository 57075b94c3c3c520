"""One chat request as it was asked: the checked body and what every answer needs from it."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Any

from .vision.headers import tokens_of

BEIJING = timezone(timedelta(hours=8))
TITLE_TOKENS = 64  # a request that may say no more than this and speaks of a title wants a title
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
DOCUMENT = re.compile(r'<document number="\d+" .*?</document>\s*', re.DOTALL)
WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def new_id() -> str:
    """`yyyyMMddHHmmss` in UTC+8 and 16 hex digits, as the service makes its ids."""
    return datetime.now(BEIJING).strftime("%Y%m%d%H%M%S") + secrets.token_hex(8)


@dataclass(frozen=True)
class Turn:
    """A checked request. `thinks` is already decided from model, `thinking` and effort."""

    body: dict[str, Any]
    id: str
    created: int
    thinks: bool
    language: str = "zh"

    @classmethod
    def of(cls, body: dict[str, Any], *, thinks: bool, language: str = "zh") -> Turn:
        return cls(body, new_id(), int(time.time()), thinks, language)

    @property
    def model(self) -> str:
        return str(self.body["model"])

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def request_id(self) -> str:
        return str(self.body.get("request_id") or self.id)

    @property
    def max_tokens(self) -> int | None:
        return self.body.get("max_tokens")

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body["messages"])

    @cached_property
    def question(self) -> str:
        """The words of the last user message, without the documents that stand before them."""
        asked = [message for message in self.messages if message.get("role") == "user"]
        return DOCUMENT.sub("", text_of(asked[-1].get("content"))).strip() if asked else ""

    @cached_property
    def prompt_tokens(self) -> int:
        """A rough count, the same for the same request: four letters, one CJK sign or one patch
        of a picture a token."""
        contents = [message.get("content") for message in self.messages]
        return sum(count_tokens(text_of(one)) + tokens_of_pictures(one) for one in contents)

    @cached_property
    def wants_title(self) -> bool:
        if self.max_tokens is None or self.max_tokens > TITLE_TOKENS:
            return False
        words = " ".join(text_of(message.get("content")) for message in self.messages).lower()
        return "title" in words or "标题" in words

    @property
    def is_chinese(self) -> bool:
        return mostly_cjk(self.question)


def text_of(content: Any) -> str:
    """The words of a message: its string, or its text parts."""
    if isinstance(content, list):
        parts = [part.get("text") or "" for part in content if isinstance(part, dict)]
        return "\n".join(part for part in parts if part)
    return content or ""


def tokens_of_pictures(content: Any) -> int:
    if not isinstance(content, list):
        return 0
    shown = (part["image_url"]["url"] for part in content if part.get("type") == "image_url")
    return sum(map(tokens_of, shown))


def count_tokens(text: str) -> int:
    signs = len(CJK.findall(text))
    return signs + (len(text) - signs + 3) // 4


def mostly_cjk(text: str) -> bool:
    """True when it holds more CJK signs than alphabetic words."""
    return len(CJK.findall(text)) > len(WORD.findall(text))
