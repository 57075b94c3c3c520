"""How to answer: the options of one command, and the setup that a conversation keeps.

Read strictly; what does not fit is said by its place and a reason. Nothing here touches the
database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

THINKING = ("auto", "off", "on", "low", "medium", "high", "max")
MADE = ("", "image", "video")

MAX_INSTRUCTIONS = 20_000
MAX_TOKENS = 131_072
MAX_STOPS = 4
MAX_STOP = 64


class Unfit(Exception):
    """A value that cannot be taken. `place` names it; `reason` completes “Field: …”."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Options:
    """How to answer. Empty means: as the model does by itself."""

    thinking: str = "auto"
    web_search: bool = False
    make: str = ""
    """A picture ("image") or a film ("video") instead of an answer in words."""

    def stored(self) -> dict[str, Any]:
        asked = {"make": self.make} if self.make else {}
        return {"thinking": self.thinking, "web_search": self.web_search, **asked}


@dataclass(frozen=True, slots=True)
class Setup:
    """What holds for every answer of a conversation. A parameter that is absent is the model's."""

    instructions: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.instructions or self.parameters)

    def stored(self) -> dict[str, Any]:
        return {"instructions": self.instructions, "parameters": self.parameters}


def read_options(said: object) -> Options:
    """Raises Unfit."""
    known = _object(said, ("thinking", "web_search", "make"))
    thinking, web_search = known.get("thinking", "auto"), known.get("web_search", False)
    if thinking not in THINKING:
        raise Unfit("thinking", _("it must be one of %(allowed)s") % {"allowed": _list(THINKING)})
    make = known.get("make") or ""
    if make not in MADE:
        raise Unfit("make", _("it must be one of %(allowed)s") % {"allowed": _list(MADE[1:])})
    return Options(thinking, _within("web_search", _flag, web_search), make)


def read_setup(said: object) -> Setup:
    """Raises Unfit."""
    known = _object(said, ("instructions", "parameters"))
    parameters = _within("parameters", read_parameters, known.get("parameters"))
    return Setup(_within("instructions", read_instructions, known.get("instructions")), parameters)


def read_instructions(said: object) -> str:
    if said is None:
        return ""
    if not isinstance(said, str):
        raise Unfit("", _("it must be text"))
    text = said.replace("\x00", "").strip()
    if len(text) > MAX_INSTRUCTIONS:
        words = _("it has %(count)s characters; at most %(limit)s are allowed")
        raise Unfit("", words % {"count": f"{len(text):,}", "limit": f"{MAX_INSTRUCTIONS:,}"})
    return text


def read_parameters(said: object) -> dict[str, Any]:
    """Only what differs from the model's own way is kept."""
    known = _object({} if said is None else said, tuple(PARAMETERS))
    read = {name: read_parameter(name, value) for name, value in known.items()}
    return {name: value for name, value in read.items() if value not in (None, USUAL.get(name))}


def read_parameter(name: str, value: object) -> Any:
    return None if value is None else _within(name, PARAMETERS[name], value)


def _number(low: float, high: float) -> Callable[[object], float]:
    def reader(value: object) -> float:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if not fits or not low <= value <= high:  # type: ignore[operator]
            words = _("it must be a number from %(low)s to %(high)s")
            raise Unfit("", words % {"low": f"{low:g}", "high": f"{high:g}"})
        return round(float(value), 2)  # type: ignore[arg-type]

    return reader


def _tokens(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_TOKENS:
        words = _("it must be a whole number from 1 to %(limit)s")
        raise Unfit("", words % {"limit": f"{MAX_TOKENS:,}"})
    return value


def _stop(value: object) -> list[str] | None:
    words = value if isinstance(value, list) else [None]
    if len(words) > MAX_STOPS:
        raise Unfit("", _("at most %(count)d are allowed") % {"count": MAX_STOPS})
    if not all(isinstance(word, str) and 0 < len(word) <= MAX_STOP for word in words):
        reason = _("each must be text of 1 to %(limit)d characters") % {"limit": MAX_STOP}
        raise Unfit("", reason)
    return [str(word).replace("\x00", "") for word in words] or None


def _format(value: object) -> str:
    if value != "json_object":
        raise Unfit("", _("it must be one of %(allowed)s") % {"allowed": "json_object"})
    return "json_object"


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit("", _("it must be true or false"))
    return value


PARAMETERS: dict[str, Callable[[object], Any]] = {
    "temperature": _number(0, 1),
    "top_p": _number(0.01, 1),
    "max_tokens": _tokens,
    "stop": _stop,
    "do_sample": _flag,
    "response_format": _format,
    "stream": _flag,
}
"""Source: chat completions, request body; `stream` says whether words come as they are made."""

USUAL = {"do_sample": True, "stream": True}


def _object(said: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise Unfit("", _("it must be an object"))
    if unknown := said.keys() - set(names):
        raise Unfit(min(map(str, unknown)), _("the server does not know it"))
    return said


def _within(place: str, reader: Callable[[object], Any], value: object) -> Any:
    """What `reader` makes of the value; whatever it says against it is said of `place`."""
    try:
        return reader(value)
    except Unfit as unfit:
        inner = f".{unfit.place}" if unfit.place else ""
        raise Unfit(place + inner, unfit.reason) from None


def _list(words: tuple[str, ...]) -> str:
    return ", ".join(words)
