"""Answers a question about pictures with what can be measured."""

from __future__ import annotations

import re
from functools import partial
from itertools import count
from typing import Any

from ..aside import aside
from ..told import Told
from ..turn import Turn, mostly_cjk
from .colours import asked_for
from .headers import decoded, header_of, is_address
from .looking import Picture, Unreadable, look
from .places import (
    Mark,
    biggest,
    marks_in,
    standing_out,
    wants_place,
    without_marks,
)
from .words import CHINESE, ENGLISH, Words, weight

ABOUT_PICTURES = re.compile(
    r"\b(pictures?|images?|photos?|colou?rs?|where|box|marked)\b|图片|照片|这张|颜色|哪里|哪儿|框",
    re.IGNORECASE,
)
MADE = re.compile(r"\[picture \d+ was made above\]\n?|\[图片 \d+ 为上文所生成\]\n?")
"""Beside a picture that the person did not bring: only talk about it asks for it."""
KINDS = ("image_url", "video_url", "input_audio")


def parts_of(turn: Turn) -> list[dict[str, Any]]:
    """The pictures and recordings of the last question; of an earlier one where the last seems
    to be about them."""
    asked = [message for message in turn.messages if message.get("role") == "user"]
    given = [seen_in(message.get("content")) for message in asked]
    is_about = ABOUT_PICTURES.search(MADE.sub("", turn.question))
    if given and not given[-1] and is_about:
        return next((parts for parts in reversed(given) if parts), [])
    if given and not is_about and len(MADE.findall(turn.question)) == len(given[-1]):
        return []
    return given[-1] if given else []


def seen_in(content: Any) -> list[dict[str, Any]]:
    parts = content if isinstance(content, list) else []
    return [part for part in parts if part.get("type") in KINDS]


async def answer(turn: Turn) -> Told | None:
    """None for a question without pictures."""
    parts = parts_of(turn)
    if not parts or turn.wants_title:
        return None
    question = without_marks(MADE.sub("", turn.question))
    words = CHINESE if mostly_cjk(question) else ENGLISH
    seen = [await aside(seen_of, part) for part in parts]
    marks = list(marks_in(turn.question))
    said = [
        words.opening,
        "\n".join(map(partial(line, words), count(1), parts, seen)),
        "\n".join(words.region(mark, marked(mark, seen)) for mark in marks),
        *([] if marks else places(words, question, seen)),
    ]
    return Told(words.thought.format(len(parts)), "\n\n".join(filter(None, said)) + "\n")


Seen = Picture | str | None
"""A picture that was looked at, what its damaged file says, or None for what is not looked at."""


def seen_of(part: dict[str, Any]) -> Seen:
    """Looks at a part; its bytes are dropped on return."""
    if part["type"] != "image_url" or is_address(part["image_url"]["url"]):
        return None
    data = decoded(part["image_url"]["url"])
    try:
        return look(data)
    except Unreadable:
        header = header_of(data)
        size = f"{header[0]}, {header[1]} × {header[2]} px, " if header else ""
        return size + weight(len(data))


def line(words: Words, number: int, part: dict[str, Any], seen: Seen) -> str:
    if isinstance(seen, Picture):
        return words.facts(number, seen)
    if seen is not None:
        return words.damaged.format(number, seen)
    if part["type"] == "image_url":
        return words.by_address.format(number)
    return words.film if part["type"] == "video_url" else words.sound


def marked(mark: Mark, seen: list[Seen]) -> Picture | None:
    found = seen[mark.picture - 1] if 0 < mark.picture <= len(seen) else None
    return found if isinstance(found, Picture) else None


def places(words: Words, question: str, seen: list[Seen]) -> list[str]:
    """Where things are, when the question wants to know."""
    pictures = [(number, one) for number, one in enumerate(seen, 1) if isinstance(one, Picture)]
    if not wants_place(question):
        return []
    asked = asked_for(question)
    said = []
    for number, picture in pictures:
        names = asked or (standing_out(picture),)
        box = biggest(picture, names)
        said.append(words.place(number, names[0], box, asked=bool(asked)))
    return said
