"""What was made of a file that somebody brought, before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Unreadable(Exception):
    """A file that is not taken; says why, to the person."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A piece of a file that can be pointed at; see `zaichat.files.models.Page`."""

    number: int
    label: str
    text: str = ""
    picture: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Files in a folder that soon goes away, and what is known of them.

    `kept` has the suffix that people see; `kind` is one of `models.Kind`. Width and height are in
    pixels, `seconds` is the length of a film or recording, `colour` is `#rrggbb`.
    """

    kept: Path
    media_type: str
    kind: str
    thumbnail: Path | None = None
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    page_count: int = 0
    colour: str = ""
    origin: dict[str, Any] = field(default_factory=dict)
    pages: Sequence[MadePage] = ()
