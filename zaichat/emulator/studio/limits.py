"""What each model may be asked for (API: images/generations, videos/generations)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Maker:
    """`pictures`: the least and the most a film starts from. The first of `sizes` and `seconds` is
    the usual one. `free`: least and most per side, step, most pixels. `is_task`: for pictures,
    whether they may be asked for as a task."""

    kind: str
    sizes: tuple[str, ...]
    free: tuple[int, int, int, int] | None = None
    seconds: tuple[int, ...] = (5,)
    pictures: tuple[int, int] = (0, 0)
    needs_prompt: bool = True
    is_task: bool = False

    def allows(self, width: int, height: int) -> bool:
        if f"{width}x{height}" in self.sizes:
            return True
        if self.free is None:
            return False
        least, most, step, pixels = self.free
        fits = all(least <= side <= most and side % step == 0 for side in (width, height))
        return fits and width * height <= pixels


GLM_IMAGE = (
    "1280x1280", "1568x1056", "1056x1568", "1472x1088", "1088x1472", "1728x960", "960x1728",
)  # fmt: skip
COGVIEW = (
    "1024x1024", "768x1344", "864x1152", "1344x768", "1152x864", "1440x720", "720x1440",
)  # fmt: skip
COGVIDEO = (
    "1920x1080", "1080x1920", "1280x720", "720x1280", "720x480", "1280x960", "960x1280",
    "1024x1024", "2048x1080", "3840x2160",
)  # fmt: skip
FREE = (512, 2048, 16, 2**21)
HD, FULL_HD = ("1280x720",), ("1920x1080",)

MAKERS = {
    "glm-image": Maker("image", GLM_IMAGE, (1024, 2048, 32, 2**22), is_task=True),
    **dict.fromkeys(
        ("cogview-4-250304", "cogview-4", "cogview-3-flash", "cogview-3-plus", "cogview-3"),
        Maker("image", COGVIEW, FREE),
    ),
    "cogvideox-3": Maker("video", COGVIDEO, None, (5, 10), (0, 2), needs_prompt=False),
    **dict.fromkeys(
        ("cogvideox-2", "cogvideox-flash"),
        Maker("video", COGVIDEO, None, (5, 10), (0, 1), needs_prompt=False),
    ),
    "viduq1-text": Maker("video", FULL_HD),
    "viduq1-image": Maker("video", FULL_HD, None, (5,), (1, 1), needs_prompt=False),
    "viduq1-start-end": Maker("video", FULL_HD, None, (5,), (1, 2), needs_prompt=False),
    "vidu2-image": Maker("video", HD, None, (4,), (1, 1), needs_prompt=False),
    "vidu2-start-end": Maker("video", HD, None, (4,), (1, 2), needs_prompt=False),
    "vidu2-reference": Maker("video", HD, None, (4,), (1, 3), needs_prompt=False),
}
MOST_PROMPT = 512
"""Characters that a film may be told with."""

LARGEST_START = 50 * 1024 * 1024
"""Bytes of a picture that a film starts from, at most."""
