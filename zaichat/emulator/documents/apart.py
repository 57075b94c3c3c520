"""Has a document read by a process of its own, and believes only what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..aside import aside

PATIENCE = 60  # seconds
ROOT = Path(__file__).parents[3]


class Unreadable(Exception):
    """A file whose text cannot be had; `why` is one of reading.WHY."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Leaf:
    """A page: its text, its size in points (0 where it has none), and lines with their places."""

    text: str
    width: int
    height: int
    lines: list[list[Any]]


async def read(path: Path, suffix: str, *span: int) -> tuple[int, list[Leaf]]:
    """How many pages there are, and those from the first to the last of `span`, counted from 1.
    Raises Unreadable."""
    said = await aside(asked, path, suffix, span)
    if "unreadable" in said:
        raise Unreadable(said["unreadable"])
    return said["count"], [Leaf(**page) for page in said["pages"]]


def asked(path: Path, suffix: str, span: tuple[int, ...]) -> dict[str, Any]:
    command = [sys.executable, "-m", "zaichat.emulator.documents.reading", str(path), suffix]
    try:
        done = subprocess.run(  # noqa: S603 - our own program with a path of our own making
            [*command, *map(str, span)],
            capture_output=True,
            timeout=PATIENCE,
            cwd=ROOT,
            check=False,
        )
        return dict(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError, TypeError):
        return {"unreadable": "broken"}
