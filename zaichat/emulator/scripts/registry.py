"""The scripts by name, and how one is chosen: `count n=200 every_ms=20`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..steps import Steps
from ..turn import Turn

# [[script:cut after=5]] in the last question; a value with blanks stands in quotes.
CALL = re.compile(r"\[\[script:\s*([\w-]+)((?:'[^']*'|\"[^\"]*\"|[^\]'\"]|\](?!\]))*)\]\]")
PAIR = re.compile(r"([\w-]+)=('[^']*'|\"[^\"]*\"|\S+)")
MODEL_PREFIX = "mock-"


@dataclass(frozen=True)
class Args:
    """The `key=value` words behind a script's name."""

    values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Args:
        return cls({key: value.strip("'\"") for key, value in PAIR.findall(text)})

    def text(self, key: str, default: str = "") -> str:
        return self.values.get(key, default)

    def number(self, key: str, default: int) -> int:
        value = self.values.get(key, "")
        return int(value) if value.lstrip("-").isdigit() else default

    def flag(self, key: str, default: bool = False) -> bool:
        return self.text(key, "1" if default else "0").lower() not in ("0", "", "no", "false")

    def seconds(self, key: str, default: int = 0) -> float:
        """A pause given in milliseconds."""
        return self.number(key, default) / 1000


Play = Callable[[Args, Turn], Steps]
SCRIPTS: dict[str, Play] = {}


def script(play: Play) -> Play:
    """Register a script under its function's name."""
    SCRIPTS[play.__name__] = play
    return play


@dataclass(frozen=True)
class Script:
    """A script that was asked for, with its words."""

    name: str
    args: Args = field(default_factory=Args)

    @classmethod
    def read(cls, text: str) -> Script | None:
        """`name key=value …`; None when it names nothing."""
        name, _, rest = text.strip().partition(" ")
        return cls(name, Args.read(rest)) if name else None


def in_prompt(question: str) -> Script | None:
    found = CALL.search(question)
    return Script(found[1], Args.read(found[2])) if found else None


def in_model(model: str) -> Script | None:
    """`mock-count`, or `mock-count?n=3&every_ms=0` where words are needed too."""
    if not model.startswith(MODEL_PREFIX):
        return None
    name, _, rest = model.removeprefix(MODEL_PREFIX).partition("?")
    return Script(name, Args.read(rest.replace("&", " ")))
