"""Checks what comes along with words as documented (API: content parts).

How many of each kind, which kinds together, and of each picture its size, format and pixels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from .errors import ApiError
from .models import Model
from .vision.headers import decoded, header_of, is_address

BIGGEST_PICTURE = 5 * 1024 * 1024  # bytes
MOST_PIXELS = 6000  # on each side
MOST_FILES = 50
OTHER_FILMS = {".avi", ".webm", ".wmv", ".flv", ".mpeg", ".mpg", ".m4v", ".3gp", ".gif"}
FILES = {
    ".pdf", ".txt", ".md", ".csv", ".doc", ".docx", ".jsonl", ".json", ".xls", ".xlsx", ".ppt",
    ".pptx", "",
}  # fmt: skip

Part = dict[str, Any]


def parts_in(messages: list[dict[str, Any]]) -> Iterator[Part]:
    for message in messages:
        if isinstance(message.get("content"), list):
            yield from message["content"]


def check_mix(content: list[Part], model: Model) -> None:
    """Which parts may stand in one message, and where."""
    kinds = [part["type"] for part in content]
    others = {"image_url", "video_url"} & set(kinds)
    if "file_url" in kinds and others:
        raise ApiError("1215", f"file_url, {min(others)}")
    if model.film_first and "video_url" in kinds[1:]:
        raise ApiError("1214", "messages.content.video_url")


def check_counts(messages: list[dict[str, Any]], model: Model) -> None:
    """How many of each kind one request may hold."""
    counts = Counter(part["type"] for part in parts_in(messages))
    most = {"image_url": model.pictures, "video_url": model.films, "file_url": MOST_FILES}
    for kind, limit in most.items():
        if counts[kind] > limit:
            raise ApiError("1214", f"messages.content.{kind}")


def check_each(messages: list[dict[str, Any]], model: Model) -> None:
    """Every picture, film and file by itself. Decodes base64: half a second for 100 MB."""
    for part in parts_in(messages):
        kind = part["type"]
        if kind.endswith("_url") and not is_taken(kind, part[kind]["url"], model):
            raise ApiError("1214", f"messages.content.{kind}")


def is_taken(kind: str, url: object, model: Model) -> bool:
    if not isinstance(url, str):
        return False
    if kind == "image_url":
        return is_address(url) or (model.base64 and is_picture(url))
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    fits = suffix not in OTHER_FILMS if kind == "video_url" else suffix in FILES
    return is_address(url) and fits


def is_picture(url: str) -> bool:
    """A data URL or bare base64 of a PNG or JPEG within the documented size."""
    if len(url) * 3 // 4 > BIGGEST_PICTURE + 100:  # the head of a data URL is part of `url`
        return False
    data = decoded(url)
    header = header_of(data)
    return (
        header is not None
        and len(data) <= BIGGEST_PICTURE
        and max(header[1:]) <= MOST_PIXELS
        and min(header[1:]) > 0
    )
