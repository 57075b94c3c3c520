"""Looks at one picture: a small copy of it whose every cell has a named colour."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageFilter, ImageOps, ImageStat

from .colours import named
from .headers import header_of

SIDE = 200  # cells along the longest side
THOUSAND = 1000
STEP = 8  # levels of a channel that count as one
ROUGH = 48  # brightness steps between neighbours that make an edge
WORTH = 0.03  # share of a picture below which a colour is not named
MOST = 5  # colours

Box = tuple[int, int, int, int]
"""x1, y1, x2, y2 in thousandths of width and height."""


class Unreadable(Exception):
    """The bytes are no picture that can be decoded."""


@dataclass(frozen=True)
class Picture:
    """What was measured. `light`: mean brightness 0 to 255; `edges`: share of cells that differ
    sharply from their neighbours; `cells`: colour names row by row, `across` in a row."""

    format: str
    width: int
    height: int
    weight: int
    light: float
    edges: float
    transparent: bool
    across: int
    cells: tuple[str, ...]

    @property
    def down(self) -> int:
        return len(self.cells) // self.across

    def within(self, box: Box) -> list[str]:
        """The cells in this box, at least one."""
        left, right = span(box[0], box[2], self.across)
        top, bottom = span(box[1], box[3], self.down)
        rows = range(top, bottom)
        return [cell for y in rows for cell in self.cells[y * self.across :][left:right]]

    @cached_property
    def looks_written(self) -> bool:
        """Much fine detail in shades of grey on an even ground: text, most likely."""
        tally = Counter(self.cells)
        ground = tally.most_common(1)[0][1] / len(self.cells)
        plain = sum(count for name, count in tally.items() if is_plain(name)) / len(self.cells)
        return ground > 0.45 and plain > 0.85 and 0.04 < self.edges < 0.6


def is_plain(name: str) -> bool:
    return name in ("black", "white") or name.endswith("grey")


def span(start: int, end: int, cells: int) -> tuple[int, int]:
    """From thousandths to cells, at least one of them."""
    first = min(start * cells // THOUSAND, cells - 1)
    return first, max(first + 1, min(cells, -(-end * cells // THOUSAND)))


def dominant(cells: list[str] | tuple[str, ...]) -> list[tuple[str, float]]:
    """The colours that matter and their shares, the largest first."""
    shares = [(name, count / len(cells)) for name, count in Counter(cells).most_common(MOST)]
    return [(name, share) for name, share in shares if share >= WORTH] or shares[:1]


def look(data: bytes) -> Picture:
    """Raises Unreadable. Takes up to half a second and 144 MB for the largest picture."""
    header = header_of(data)
    if header is None:
        raise Unreadable
    try:
        small, transparent = shrunk(data)
    except Exception as error:  # Pillow raises whatever its decoders do
        raise Unreadable from error
    grey = small.convert("L")
    return Picture(
        *header,
        weight=len(data),
        light=ImageStat.Stat(grey).mean[0],
        edges=share_of_edges(grey),
        transparent=transparent,
        across=small.width,
        cells=tuple(named(colour) for colour in coarse(small)),
    )


def share_of_edges(grey: Image.Image) -> float:
    """How many of its pixels differ sharply from their neighbours, as a share."""
    if min(grey.size) < 3:
        return 0.0
    edges = grey.filter(ImageFilter.FIND_EDGES).point(lambda step: 255 * (step > ROUGH))
    inner = edges.crop((1, 1, grey.width - 1, grey.height - 1))  # its rim is not filtered
    return float(ImageStat.Stat(inner).mean[0]) / 255


def shrunk(data: bytes) -> tuple[Image.Image, bool]:
    """A copy of at most SIDE pixels a side, upright, on white; and whether one shines through."""
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
        image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded at a fraction of its size
        image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
        upright = ImageOps.exif_transpose(image)
        clear = upright.convert("RGBA") if upright.has_transparency_data else None
    if clear is None:
        return upright.convert("RGB"), False
    ground = Image.new("RGBA", clear.size, "white")
    ground.alpha_composite(clear)
    covered = clear.getchannel("A").histogram()[255]
    return ground.convert("RGB"), covered < clear.width * clear.height


def coarse(image: Image.Image) -> list[tuple[int, int, int]]:
    """Its pixels in steps of STEP, so that few different colours need a name."""
    data = image.tobytes()
    steps = bytes(min(255, part // STEP * STEP + STEP // 2) for part in range(256))
    flat = data.translate(steps)
    return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))
