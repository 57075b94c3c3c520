"""What may be chosen when a model makes a picture or a film: the grid of legal values.

Source: images/generations, videos/generations (the tables of both platforms).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSize:
    """Any width and height within these limits, in pixels."""

    least: int
    most: int
    step: int
    pixels: int

    def allows(self, width: int, height: int) -> bool:
        fits = all(self.least <= side <= self.most for side in (width, height))
        return (
            fits and width % self.step == height % self.step == 0 and width * height <= self.pixels
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Each tuple has the usual value first; an empty one means that the field is not understood.

    `pictures`: the least and the most pictures it starts from; `picture_bytes`: the largest;
    `refers`: it keeps to them without beginning with them.
    `queued`: the vendor answers with a task that is asked for later.
    """

    sizes: tuple[str, ...] = ()
    free_size: FreeSize | None = None
    qualities: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    rates: tuple[int, ...] = ()
    ratios: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    pictures: tuple[int, int] = (0, 0)
    picture_bytes: int = 0
    refers: bool = False
    needs_prompt: bool = False
    sound: bool = False
    watermark: bool = False
    queued: bool = False
    max_prompt: int = 4000

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> Self:
        """From a table of the catalog. Raises TypeError for a field that does not exist."""
        known: dict[str, Any] = dict(entry)
        if "free_size" in known:
            names = [field.name for field in fields(FreeSize)]
            known["free_size"] = FreeSize(**dict(zip(names, known["free_size"], strict=True)))
        values: Any = {name: tuple(v) if isinstance(v, list) else v for name, v in known.items()}
        return cls(**values)

    def allows_size(self, size: str) -> bool:
        """Whether `WxH` may be asked for."""
        if size in self.sizes:
            return True
        width, _, height = size.partition("x")
        digits = (width + height).isdecimal() and size.isascii()
        if self.free_size is None or not digits:
            return False
        return len(size) <= 9 and self.free_size.allows(int(width), int(height))
