"""Reads a request for a picture or film; refuses what the documentation does not allow."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any

from ..errors import ApiError
from .limits import LARGEST_START, MAKERS, MOST_PROMPT, Maker

FAULT = re.compile(r"\[\[studio:(\w+)(?: (\d+))?\]\]")
FAULTS = (
    "busy", "cut", "expired", "fail", "html", "lost", "quick", "refused", "revert", "silent",
    "stuck",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """`start`: the bytes of the first picture, if one came in the request itself. `fault` and
    `times`: what goes wrong, and how often."""

    model: str
    kind: str
    prompt: str
    variant: str
    width: int
    height: int
    seconds: int = 0
    rate: int = 30
    sound: bool = False
    start: bytes = field(default=b"", repr=False)
    fault: str = ""
    times: int = 0


def read(given: Any, kind: str, variant: str, *, as_task: bool = False) -> Wish:
    """The wish in a body. The API takes null for a field that is not meant. Raises ApiError."""
    body = (
        {name: value for name, value in given.items() if value is not None}
        if isinstance(given, dict)
        else {}
    )
    maker = _maker(body, kind, as_task=as_task)
    prompt = _prompt(body, maker)
    pictures = _pictures(body, maker)
    if maker.kind == "video" and not prompt and not pictures:
        raise ApiError("1213", "prompt")
    width, height = _size(body, maker)
    fault = FAULT.search(prompt)
    return Wish(
        body["model"],
        kind,
        FAULT.sub("", prompt).strip(),
        variant,
        width,
        height,
        _one_of(body, "duration", maker.seconds) if kind == "video" else 0,
        _one_of(body, "fps", (30, 60)),
        body.get("with_audio") is True,
        pictures[0] if pictures else b"",
        fault[1] if fault and fault[1] in FAULTS else "",
        int(fault[2] or 0) if fault else 0,
    )


def _maker(body: dict[str, Any], kind: str, *, as_task: bool) -> Maker:
    name = body.get("model")
    if not name:
        raise ApiError("1213", "model")
    maker = MAKERS.get(name) if isinstance(name, str) else None
    if maker is None:
        raise ApiError("1211")
    if maker.kind != kind:
        raise ApiError("1214", "model")
    if as_task and not maker.is_task:
        raise ApiError("1212", "ASYNC")
    return maker


def _prompt(body: dict[str, Any], maker: Maker) -> str:
    prompt = body.get("prompt", "")
    if not isinstance(prompt, str) or (maker.kind == "video" and len(prompt) > MOST_PROMPT):
        raise ApiError("1214", "prompt")
    if maker.needs_prompt and not prompt.strip():
        raise ApiError("1213", "prompt")
    return prompt


def _size(body: dict[str, Any], maker: Maker) -> tuple[int, int]:
    if body.get("aspect_ratio") == "9:16" and "size" not in body:
        width, _, height = maker.sizes[0].partition("x")
        return int(height), int(width)
    size = body.get("size", maker.sizes[0])
    said = re.fullmatch(r"(\d{2,4})x(\d{2,4})", size, re.ASCII) if isinstance(size, str) else None
    if said is None or not maker.allows(int(said[1]), int(said[2])):
        raise ApiError("1214", "size")
    return int(said[1]), int(said[2])


def _one_of(body: dict[str, Any], name: str, allowed: tuple[int, ...]) -> int:
    value = body.get(name, allowed[0])
    if isinstance(value, bool) or value not in allowed:
        raise ApiError("1214", name)
    return int(value)


def _pictures(body: dict[str, Any], maker: Maker) -> list[bytes]:
    """Bytes of those that came in the request; one by its address is never fetched, and empty."""
    said = body.get("image_url", [])
    said = said if isinstance(said, list) else [said]
    least, most = maker.pictures
    if not least <= len(said) <= most:
        raise ApiError("1213" if len(said) < least else "1214", "image_url")
    return [_bytes(one) for one in said]


def _bytes(said: Any) -> bytes:
    if isinstance(said, dict):
        said = said.get("url")
    if not isinstance(said, str) or not said:
        raise ApiError("1214", "image_url")
    if said.startswith(("http://", "https://")):
        return b""
    try:
        data = base64.b64decode(said.partition(",")[2] or said, validate=True)
    except (binascii.Error, ValueError):
        raise ApiError("1214", "image_url") from None
    if not data or len(data) > LARGEST_START:
        raise ApiError("1214", "image_url")
    return data
