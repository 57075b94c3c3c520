"""Places on pictures: those that a question marks, and those that it asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .looking import THOUSAND, Box, Picture

AROUND = 40  # thousandths looked at on each side of a point
SMALLEST = 4  # cells of an area that counts as one
# The line that stands before a question about a marked picture, in both languages.
MARKED = re.compile(
    r"^\[(?:marked on picture (\d+), in thousandths[^:]*:|图片 (\d+) 上的标记，[^：]*：)(.*)\]$",
    re.MULTILINE,
)
PLACE = re.compile(r"(box|arrow|number|方框|箭头|编号) (\d+) (?:at|位于) \[([\d, ]+)\]")
KINDS = {"方框": "box", "箭头": "arrow", "编号": "number"}
WANTS_PLACE = re.compile(
    r"\bwhere\b|\b(bounding )?box(es)?\b|\b(locate|find|point (at|out)|coordinates|position)\b"
    r"|哪里|哪儿|何处|框出|框选|圈出|标出|定位|坐标|位置|边界框|检测框",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """A mark somebody drew: on which picture, what, its number, and the part it is about."""

    picture: int
    kind: str
    number: int
    at: list[int]

    @property
    def box(self) -> Box:
        """A box itself; the surroundings of a number or of an arrow's tip."""
        if self.kind == "box":
            x1, x2 = sorted(self.at[0::2])
            y1, y2 = sorted(self.at[1::2])
            return x1, y1, x2, y2
        x, y = self.at[-2:]
        low, high = max(0, x - AROUND), max(0, y - AROUND)
        return low, high, min(THOUSAND, x + AROUND), min(THOUSAND, y + AROUND)


def marks_in(question: str) -> Iterator[Mark]:
    for english, chinese, said in MARKED.findall(question):
        for kind, number, at in PLACE.findall(said):
            places = [min(int(place), THOUSAND) for place in re.findall(r"\d+", at)]
            if len(places) in (2, 4):
                yield Mark(int(english or chinese), KINDS.get(kind, kind), int(number), places)


def without_marks(question: str) -> str:
    """What the person wrote."""
    return MARKED.sub("", question).strip()


def wants_place(question: str) -> bool:
    return bool(WANTS_PLACE.search(question))


def biggest(picture: Picture, names: Iterable[str]) -> Box | None:
    """The box around the largest joined area in one of these colours."""
    wanted = set(names)
    left = {place for place, name in enumerate(picture.cells) if name in wanted}
    areas = []
    while left:
        areas.append(joined(left, picture.across))
    largest = max(areas, key=len, default=[])
    return around(largest, picture) if len(largest) >= SMALLEST else None


def joined(left: set[int], across: int) -> list[int]:
    """One area, taken out of `left`: cells that touch each other by a side."""
    area = [left.pop()]
    for place in area:
        sides = [place - across, place + across]
        sides += [place - 1] if place % across else []
        sides += [place + 1] if (place + 1) % across else []
        for side in sides:
            if side in left:
                left.remove(side)
                area.append(side)
    return area


def around(area: list[int], picture: Picture) -> Box:
    """In thousandths, from the outer side of the outermost cells."""
    columns = [place % picture.across for place in area]
    rows = [place // picture.across for place in area]
    return (
        THOUSAND * min(columns) // picture.across,
        THOUSAND * min(rows) // picture.down,
        THOUSAND * (max(columns) + 1) // picture.across,
        THOUSAND * (max(rows) + 1) // picture.down,
    )


def standing_out(picture: Picture) -> str:
    """The largest colour that is not the one along the rim, which is taken for the ground."""
    cells, across = picture.cells, picture.across
    rim = [*cells[:across], *cells[-across:], *cells[::across], *cells[across - 1 :: across]]
    ground = Counter(rim).most_common(1)[0][0]
    others = Counter(name for name in cells if name != ground)
    return others.most_common(1)[0][0] if others else ground
