"""Bytes as text, where they are text: its encoding is found, never told."""

import codecs
import re
from dataclasses import dataclass

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 64 * 1024
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
MOST_UNSEEN = 0.002
"""Share of control characters above which bytes are a program or a picture, not text."""
COMMON = 0.6
"""Share of Chinese signs that must be among the 3,755 commonest for a guess at GB 18030."""


@dataclass(frozen=True, slots=True)
class Text:
    content: str
    encoding: str


def decoded(data: bytes) -> Text | None:
    """None where it is no text."""
    for encoding in _encodings(data):
        try:
            content = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_readable(content):
            lines = content.replace("\r\n", "\n").replace("\r", "\n")
            return Text(lines, encoding.removesuffix("-sig").replace("_", "-"))
    return None


def _encodings(data: bytes) -> list[str]:
    """Those worth trying, the likeliest first."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return [encoding]
    if b"\0" in data[:SAMPLE]:
        return _without_mark(data[:SAMPLE])
    guesses = ["utf-8"]
    if _is_common_chinese(data):
        guesses.append("gb18030")
    return [*guesses, *_guessed(data)]


def _without_mark(sample: bytes) -> list[str]:
    """Latin letters in UTF-16 are every other byte zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) // 2:
        return []
    return ["utf-16-be" if even > odd else "utf-16-le"]


def _is_common_chinese(data: bytes) -> bool:
    try:
        content = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    signs = re.findall("[\u4e00-\u9fff\u3400-\u4dbf\uac00-\ud7a3\ue000-\uf8ff]", content[:SAMPLE])
    common = sum(1 for sign in signs if _is_common(sign))
    return bool(signs) and common >= COMMON * len(signs)


def _is_common(sign: str) -> bool:
    """In level 1 of GB 2312, which stands in these rows of the code."""
    code = sign.encode("gb18030", "replace")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


def _guessed(data: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    if not UNSEEN.search(data[:SAMPLE].decode("latin-1")):
        best = from_bytes(data[:SAMPLE]).best()
        return [best.encoding, "cp1252"] if best else ["cp1252"]
    return []


def _is_readable(content: str) -> bool:
    return len(UNSEEN.findall(content)) <= MOST_UNSEEN * len(content)
