"""Files of pictures and films, made in a process of their own:

    python -m zaichat.emulator.painting.making WISH FOLDER

WISH is `{"kind", "prompt", "variant", "width", "height", "seconds", "rate", "sound", "start"}`,
`start` the name of a picture in FOLDER that a film begins with. Writes `made.png`, or `made.mp4`
and `cover.jpg`.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from math import sin, tau
from pathlib import Path
from typing import Any

from .brush import painted
from .scene import Scene, scene_of

FINER = 2
"""A picture is painted so many times as large and then shrunk: smooth edges."""

LARGEST_FINE = 2048
LARGEST_FILM = 960
"""Films are painted no larger than this and stretched: they shall take seconds, not minutes."""

SOUND_RATE = 44100
CHORD = (220.0, 277.18, 329.63)


def main(arguments: list[str]) -> int:
    wish, folder = json.loads(arguments[0]), Path(arguments[1])
    scene = scene_of(wish["prompt"], wish["variant"])
    if wish["kind"] == "image":
        picture(scene, wish["width"], wish["height"]).save(folder / "made.png")
    else:
        film(scene, wish, folder)
    return 0


def picture(scene: Scene, width: int, height: int) -> Any:
    from PIL import Image

    finer = FINER if max(width, height) <= LARGEST_FINE else 1
    large = painted(scene, width * finer, height * finer)
    return large.resize((width, height), Image.Resampling.LANCZOS) if finer > 1 else large


def film(scene: Scene, wish: dict[str, Any], folder: Path) -> None:
    """H.264 and, where sound is wanted, AAC: what every browser plays."""
    import av

    count = wish["seconds"] * wish["rate"]
    with av.open(str(folder / "made.mp4"), "w", options={"movflags": "+faststart"}) as file:
        video = file.add_stream("libx264", rate=wish["rate"], options={"preset": "veryfast"})
        video.width, video.height = wish["width"], wish["height"]
        video.pix_fmt, video.time_base = "yuv420p", Fraction(1, wish["rate"])
        audio = file.add_stream("aac", rate=SOUND_RATE) if wish["sound"] else None
        for number in range(count):
            shown = frame(scene, wish, folder, number / count)
            if number == 0:
                shown.resize((wish["width"], wish["height"])).save(folder / "cover.jpg", quality=85)
            file.mux(video.encode(av.VideoFrame.from_image(shown)))
        file.mux(video.encode())
        if audio is not None:
            for sound in sounds(wish["seconds"]):
                file.mux(audio.encode(sound))
            file.mux(audio.encode())


def frame(scene: Scene, wish: dict[str, Any], folder: Path, moment: float) -> Any:
    """Every frame is one size; the encoder stretches it. A film from a picture moves the view
    slowly into it."""
    from PIL import Image, ImageOps

    width, height = reduced(wish["width"], wish["height"])
    if not wish.get("start"):
        return painted(scene, width, height, moment)
    still = ImageOps.fit(Image.open(folder / wish["start"]).convert("RGB"), (width, height))
    share = 1 - 0.18 * moment
    wide, tall = width * share, height * share
    left, top = (width - wide) * (0.5 + 0.4 * moment), (height - tall) / 2
    box = (left, top, left + wide, top + tall)
    return still.resize((width, height), Image.Resampling.BILINEAR, box)


def reduced(width: int, height: int) -> tuple[int, int]:
    """With sides that are even, as the encoder wants them."""
    share = min(1.0, LARGEST_FILM / max(width, height))
    return round(width * share / 2) * 2, round(height * share / 2) * 2


def sounds(seconds: int) -> Any:
    """A quiet chord that swells and fades."""
    import array

    import av

    size = 1024
    total = seconds * SOUND_RATE
    for begin in range(0, total, size):
        values = array.array("f", (_loudness(begin + at, total) for at in range(size)))
        sound = av.AudioFrame(format="fltp", layout="mono", samples=size)
        sound.planes[0].update(values.tobytes())
        sound.sample_rate, sound.pts = SOUND_RATE, begin
        sound.time_base = Fraction(1, SOUND_RATE)
        yield sound


def _loudness(at: int, total: int) -> float:
    swell = sin(tau * 0.5 * min(1.0, at / total))
    return 0.06 * swell * sum(sin(tau * pitch * at / SOUND_RATE) for pitch in CHORD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
