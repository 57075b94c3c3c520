"""What is found in a document."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes a page. `picture` is the name of a file in the folder."""

    label: str
    text: str
    picture: str = ""


@dataclass(slots=True)
class Found:
    """`pieces` are read once, one by one; `origin` and `thumbnail` may grow while they are."""

    format: str
    media_type: str
    suffix: str
    pieces: Iterable[Piece]
    origin: dict[str, Any] = field(default_factory=dict)
    thumbnail: str = ""


@dataclass(slots=True)
class Room:
    """Where a document is taken apart, and how much may still be unpacked there."""

    folder: Path
    unpacked: int
    """Bytes."""
    is_inside: bool = False
    """In a zip: no zip is opened in there."""
