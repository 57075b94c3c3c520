"""Marks that somebody drew on a picture, as they are kept: places in thousandths of its size."""

import json
from typing import Any

from django.utils.translation import gettext as _

from zaichat.files.made import Unreadable

MOST = 20
ENDS = {"box": 4, "arrow": 4, "number": 2}
"""Kind of mark -> how many numbers say where it is."""


def read(said: str) -> list[dict[str, Any]]:
    """`[{"number": 1, "kind": "box", "at": [x, y, x, y]}]`, checked. Raises Unreadable."""
    try:
        marks = json.loads(said)
    except ValueError:
        marks = None
    if not isinstance(marks, list) or len(marks) > MOST or not all(map(_is_mark, marks)):
        words = _("Field “marks”: it must be a list of at most %(limit)d marks.")
        raise Unreadable(words % {"limit": MOST})
    return [
        {"number": number, "kind": mark["kind"], "at": mark["at"]}
        for number, mark in enumerate(marks, start=1)
    ]


def _is_mark(mark: Any) -> bool:
    if not isinstance(mark, dict) or mark.get("kind") not in ENDS:
        return False
    at = mark.get("at")
    if not isinstance(at, list) or len(at) != ENDS[mark["kind"]]:
        return False
    return all(type(place) is int and 0 <= place <= 1000 for place in at)
