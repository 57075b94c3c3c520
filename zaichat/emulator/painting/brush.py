"""Paints a scene at a moment: far things first, then what stands before them."""

from __future__ import annotations

from math import sin, tau
from typing import Any

from .figures import FIGURES
from .scene import GROUNDS, SKIES, Scene, mixed
from .strokes import disc

LABEL = "ZaiChat local demo"
HORIZON = 0.62
"""Where the sky ends, as a share of the height."""


def painted(scene: Scene, width: int, height: int, moment: float = 0.0) -> Any:
    """A PIL image, RGB. `moment`: from 0 to 1 through a film."""
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(canvas)
    _sky(draw, scene, width, height)
    _light(draw, scene, width, height, moment)
    _ground(draw, scene, width, height)
    for thing in scene.things:
        FIGURES[thing](draw, scene, width, height, moment)
    _weather(draw, scene, width, height, moment)
    _label(draw, width, height)
    return canvas


def _sky(draw: Any, scene: Scene, width: int, height: int) -> None:
    top, bottom = SKIES[scene.light]
    end = round(height * HORIZON)
    for row in range(end + 1):
        draw.line((0, row, width, row), fill=mixed(top, bottom, row / end))


def _light(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    """Sun or moon, which moves a little in a film, and stars, which twinkle."""
    chance = scene.chance("light")
    across = (0.2 + 0.6 * chance.random() + 0.08 * moment) * width
    down = height * (0.14 + 0.16 * chance.random()) - height * 0.04 * moment
    size = min(width, height) * 0.06
    is_dark = scene.light == "night" or "moon" in scene.things
    if scene.light == "night":
        _stars(draw, scene, width, height, moment)
    if scene.light != "storm":
        colour = (244, 240, 222) if is_dark else (255, 226, 140)
        for glow in range(4, 0, -1):
            sky = mixed(SKIES[scene.light][0], colour, 0.16 * (5 - glow))
            disc(draw, across, down, size * (1 + 0.28 * glow), sky)
        disc(draw, across, down, size, colour)


def _stars(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("stars")
    for _ in range(140):
        across, down = chance.random() * width, chance.random() * height * HORIZON * 0.9
        glimmer = 0.5 + 0.5 * sin(tau * (moment * 3 + chance.random()))
        size = min(width, height) * 0.0022 * (0.6 + glimmer)
        disc(draw, across, down, size, mixed((90, 100, 140), (255, 255, 240), glimmer))


def _ground(draw: Any, scene: Scene, width: int, height: int) -> None:
    near = GROUNDS[scene.light]
    far = mixed(near, SKIES[scene.light][1], 0.5)
    begin = round(height * HORIZON)
    for row in range(begin, height):
        share = (row - begin) / max(1, height - begin)
        draw.line((0, row, width, row), fill=mixed(far, near, share))


def _weather(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("weather")
    if scene.light == "snow":
        for _ in range(160):
            across, down = chance.random() * width, (chance.random() + moment) % 1 * height
            disc(draw, across, down, min(width, height) * 0.004, (255, 255, 255))
    if scene.light == "storm":
        for _ in range(180):
            across, down = chance.random() * width, (chance.random() + moment * 4) % 1 * height
            slant = width * 0.008
            line = (across, down, across - slant, down + slant * 3)
            draw.line(line, fill=(196, 206, 216), width=max(1, width // 900))


def _label(draw: Any, width: int, height: int) -> None:
    """Nobody shall take it for the work of a model."""
    from PIL import ImageFont

    size = max(11, min(width, height) // 42)
    font = ImageFont.load_default(size)
    left, top, right, bottom = draw.textbbox((0, 0), LABEL, font=font)
    across, down = size, height - (bottom - top) - size * 1.5
    box = (across - size / 2, down - size / 3, across + right - left + size / 2, down + size * 1.3)
    draw.rounded_rectangle(box, radius=size / 3, fill=(20, 22, 28))
    draw.text((across, down), LABEL, font=font, fill=(238, 238, 232))
