"""What the first bytes of a picture say: its format and size, without decoding it."""

from __future__ import annotations

import base64
import binascii
import struct

WEB = ("http://", "https://")
# JPEG start-of-frame markers (ITU-T T.81, table B.1); the height and width follow each.
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}

PATCH = 28
"""Pixels along the side of what becomes one token of a picture."""
UNFETCHED = 1369
"""Tokens of a picture given by address, which nobody fetches here: as for 1024 pixels a side."""
ENOUGH = 64 * 1024
"""Signs of a data URL in which the size nearly always stands; a multiple of four."""

Header = tuple[str, int, int]
"""Format, width, height."""


def is_address(url: str) -> bool:
    return url.lower().startswith(WEB)


def decoded(url: str) -> bytes:
    """The bytes of a data URL or of bare base64, which the service takes as well."""
    text = url.partition(",")[2] if url.startswith("data:") else url
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def header_of(data: bytes) -> Header | None:
    """None for what is neither PNG nor JPEG, the formats that the service takes."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and len(data) >= 24:
        return ("PNG", *struct.unpack(">II", data[16:24]))
    if data.startswith(b"\xff\xd8") and (size := jpeg_size(data)):
        return ("JPEG", *size)
    return None


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


def tokens_of(url: str) -> int:
    """What a picture takes of a model's window: its patches, 0 for what is none."""
    if is_address(url):
        return UNFETCHED
    text = url.partition(",")[2] if url.startswith("data:") else url
    header = header_of(decoded(text[:ENOUGH])) or header_of(decoded(text))
    return -(-header[1] // PATCH) * -(-header[2] // PATCH) if header else 0
