"""What the studio's form offers for a model, and which of it is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zaichat.zai.making import Making

WIDE = 16
"""Signs that stand beside each other in half of the form."""

LABELS = {
    "quality": lambda: _("Quality"),
    "duration": lambda: _("Length"),
    "fps": lambda: _("Frames per second"),
    "aspect_ratio": lambda: _("Ratio"),
    "style": lambda: _("Style"),
    "movement_amplitude": lambda: _("Movement"),
}
WORDS = {
    "standard": lambda: _("Standard"),
    "hd": lambda: "HD",
    "speed": lambda: _("Fast"),
    "quality": lambda: _("Fine"),
    "general": lambda: _("General"),
    "anime": lambda: _("Anime"),
    "auto": lambda: pgettext("movement", "Automatic"),
    "small": lambda: pgettext("movement", "Little"),
    "medium": lambda: pgettext("movement", "Some"),
    "large": lambda: pgettext("movement", "Much"),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A size with the ratio that people know it by; `across`, `down`: of its little drawing.
    `told`: the size beside its ratio, where another one has the same."""

    size: str
    ratio: str
    told: str
    across: int
    down: int
    chosen: bool

    @property
    def said(self) -> str:
        return self.size.replace("x", " × ")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the request with a few values beside each other."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def is_wide(self) -> bool:
        return sum(len(choice.words) for choice in self.choices) > WIDE


def shapes(making: Making, chosen: str = "") -> list[Shape]:
    """Sizes in the order of the catalog; the chosen one is among them."""
    sizes = list(making.sizes)
    if chosen and chosen not in sizes and making.allows_size(chosen):
        sizes.append(chosen)
    wanted = fitting(making, chosen)
    ratios = [ratio_said(size) for size in sizes]
    are_alike = len(set(ratios)) < len(ratios)
    return [_shape(size, size == wanted, are_alike) for size in sizes]


def _shape(size: str, is_chosen: bool, are_alike: bool) -> Shape:
    width, height = sides(size)
    scale = 26 / max(width, height)
    told = f"{width}×{height}" if are_alike else ""
    across, down = round(width * scale), round(height * scale)
    return Shape(size, ratio_of(width, height), told, across, down, is_chosen)


def sides(size: str) -> tuple[int, int]:
    width, _x, height = size.partition("x")
    return int(width), int(height)


def ratio_said(size: str) -> str:
    return ratio_of(*sides(size)) if size else ""


def fitting(making: Making, size: str) -> str:
    """`size` where the model makes it, else its nearest in shape; the usual one for none."""
    if size and making.allows_size(size):
        return size
    width, _x, height = size.partition("x")
    if width.isdecimal() and height.isdecimal() and int(height):
        return nearest(making, int(width), int(height))
    return next(iter(making.sizes), "")


def nearest(making: Making, width: int, height: int) -> str:
    """The size whose ratio is nearest to that of a picture."""
    return min(making.sizes, key=lambda size: abs(_ratio(size) - width / height), default="")


def _ratio(size: str) -> float:
    width, _x, height = size.partition("x")
    return int(width) / int(height)


def ratio_of(width: int, height: int) -> str:
    """`16:9`, or the nearest that people have a name for."""
    known = ((1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16), (2, 1), (1, 2))
    like = min(known, key=lambda pair: abs(pair[0] / pair[1] - width / height))
    if abs(like[0] / like[1] - width / height) < 0.12:
        return f"{like[0]}:{like[1]}"
    common = gcd(width, height)
    return f"{width // common}:{height // common}"


def rows(making: Making, chosen: Mapping[str, Any], pictures: int = 0) -> list[Row]:
    """Only fields in which there is something to choose, with so many pictures."""
    offered = {
        "quality": () if pictures > 1 and "speed" in making.qualities else making.qualities,
        "duration": making.lengths,
        "fps": making.rates,
        "aspect_ratio": making.ratios,
        "style": making.styles,
        "movement_amplitude": making.movements,
    }
    return [
        Row(name, LABELS[name](), _choices(name, values, chosen.get(name)))
        for name, values in offered.items()
        if len(values) > 1
    ]


def _choices(name: str, values: tuple[Any, ...], chosen: Any) -> list[Choice]:
    wanted = chosen if chosen in values else values[0]
    return [Choice(str(value), words(name, value), value == wanted) for value in values]


def words(name: str, value: Any) -> str:
    """A value of a field as people read it."""
    if name == "duration":
        return _("%(seconds)d s") % {"seconds": value}
    return WORDS[value]() if value in WORDS else str(value)
