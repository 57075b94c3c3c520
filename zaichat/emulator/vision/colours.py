"""Names for colours, and the colours that a question names."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import NamedTuple

RGB = tuple[int, int, int]

GREY = 0.12  # saturation below which a colour is a shade of grey
PALE = 0.4  # saturation below which it is a pale one


class Hue(NamedTuple):
    """Colours up to this angle: their name, the name of dark ones and of pale ones.

    `end` in degrees; `dark` is the brightness, 0 to 1, below which one is a dark one.
    """

    end: int
    name: str
    dark: float
    deep: str
    pale: str


HUES = [
    Hue(14, "red", 0.35, "brown", "pink"),
    Hue(41, "orange", 0.68, "brown", "beige"),
    Hue(68, "yellow", 0.6, "olive", "beige"),
    Hue(162, "green", 0.42, "dark green", "light green"),
    Hue(195, "turquoise", 0.3, "dark green", "light blue"),
    Hue(254, "blue", 0.5, "dark blue", "light blue"),
    Hue(292, "purple", 0.25, "purple", "lilac"),
    Hue(344, "pink", 0.6, "purple", "pink"),
    Hue(361, "red", 0.35, "brown", "pink"),
]

CHINESE = {
    "black": "黑色", "white": "白色", "grey": "灰色", "dark grey": "深灰色", "light grey": "浅灰色",
    "red": "红色", "orange": "橙色", "brown": "棕色", "beige": "米色", "yellow": "黄色",
    "olive": "橄榄色", "green": "绿色", "dark green": "深绿色", "light green": "浅绿色",
    "turquoise": "青色", "blue": "蓝色", "dark blue": "深蓝色", "light blue": "浅蓝色",
    "purple": "紫色", "lilac": "淡紫色", "pink": "粉色",
}  # fmt: skip

# The word of a question, and every name of ours that it may mean.
ASKED = [
    (r"\bred\b|红", ("red",)),
    (r"\borange\b|橙", ("orange",)),
    (r"\bbrown\b|棕|褐", ("brown",)),
    (r"\bbeige\b|米色", ("beige",)),
    (r"\byellow\b|黄", ("yellow", "olive")),
    (r"\bgreen\b|绿", ("green", "dark green", "light green", "olive")),
    (r"\b(turquoise|teal|cyan)\b|青", ("turquoise",)),
    (r"\b(blue|navy)\b|蓝", ("blue", "dark blue", "light blue")),
    (r"\b(purple|violet|lilac)\b|紫", ("purple", "lilac")),
    (r"\b(pink|magenta)\b|粉", ("pink",)),
    (r"\bblack\b|黑", ("black",)),
    (r"\bwhite\b|白", ("white",)),
    (r"\bgr[ea]y\b|灰", ("grey", "dark grey", "light grey")),
]


@lru_cache(maxsize=4096)
def named(colour: RGB) -> str:
    """The English name of a colour."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    if value < 0.18:
        return "black"
    if saturation < GREY:
        return shade(value)
    kind = next(kind for kind in HUES if hue * 360 < kind.end)
    if value < kind.dark:
        return kind.deep
    return kind.pale if saturation < PALE and value > 0.6 else kind.name


def shade(value: float) -> str:
    """A grey by its brightness, 0 to 1."""
    for limit, name in ((0.4, "dark grey"), (0.7, "grey"), (0.93, "light grey")):
        if value < limit:
            return name
    return "white"


def asked_for(question: str) -> tuple[str, ...]:
    """Our names for the first colour that a question names; () when it names none."""
    found = [
        (match.start(), names)
        for pattern, names in ASKED
        if (match := re.search(pattern, question, re.IGNORECASE))
    ]
    return min(found)[1] if found else ()
