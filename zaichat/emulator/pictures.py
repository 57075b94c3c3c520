"""What can be said about pictures from their bytes alone: format, size, weight."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterator
from typing import Any

from .turn import Turn

KIB = 1024
# JPEG start-of-frame markers (ITU-T T.81, table B.1); the height and width follow each.
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def parts_of(turn: Turn) -> list[dict[str, Any]]:
    """The parts of the last user message that are not text."""
    asked = [message for message in turn.messages if message.get("role") == "user"]
    content = asked[-1].get("content") if asked else ""
    return (
        [part for part in content if part.get("type") != "text"]
        if (isinstance(content, list))
        else []
    )


def honest_words(turn: Turn) -> str:
    """A plain answer to a message with pictures; "" when it has none."""
    parts = parts_of(turn)
    if not parts:
        return ""
    facts = "\n".join(f"- {fact}" for fact in map(fact_of, parts))
    if turn.is_chinese:
        return f"本地演示模型还不能看图，只能读出文件本身的信息：\n\n{facts}\n"
    return (
        "The local demo cannot look at pictures. This is what the files themselves say:"
        f"\n\n{facts}\n"
    )


def fact_of(part: dict[str, Any]) -> str:
    kind = part["type"]
    if kind != "image_url":
        return str(kind).removesuffix("_url").removeprefix("input_")
    url = part["image_url"]["url"]
    if url.startswith(("http://", "https://")):
        return "a picture behind a web address, not fetched"
    return described(decoded(url))


def decoded(url: str) -> bytes:
    """The bytes of a data URL or of bare base64, which the service takes as well."""
    text = url.partition(",")[2] if url.startswith("data:") else url
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def described(data: bytes) -> str:
    weight = f"{len(data) / KIB:.1f} KiB"
    for name, size in sizes(data):
        return f"{name}, {size[0]} × {size[1]} pixels, {weight}"
    return f"a file of {weight} in a format the demo does not read"


def sizes(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Format and (width, height), when the header tells."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        yield "PNG", struct.unpack(">II", data[16:24])
    elif data[:6] in (b"GIF87a", b"GIF89a"):
        yield "GIF", struct.unpack("<HH", data[6:10])
    elif data.startswith(b"\xff\xd8") and (size := jpeg_size(data)):
        yield "JPEG", size


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        if data[at + 1] in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
