"""What a picture is set in: sky, water, hills, trees and walls."""

from __future__ import annotations

from math import sin, tau
from typing import Any

from .scene import SKIES, Scene, mixed
from .strokes import disc


def cloud(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("cloud")
    colour = mixed(SKIES[scene.light][1], (255, 255, 255), 0.7)
    for _ in range(4):
        across = (chance.random() + moment * 0.12) % 1.1 * width
        down, size = (
            height * (0.08 + 0.25 * chance.random()),
            width * (0.03 + 0.03 * chance.random()),
        )
        for shift, part in ((-1.2, 0.7), (0, 1.0), (1.2, 0.75), (2.1, 0.5)):
            disc(draw, across + shift * size, down, size * part, colour)


def mountain(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("mountain")
    rock = mixed(scene.colour(0), SKIES[scene.light][1], 0.45)
    for place in range(5):
        peak = width * (place / 4 + 0.1 * (chance.random() - 0.5))
        top, half = height * (0.24 + 0.22 * chance.random()), width * (0.18 + 0.1 * chance.random())
        base = height * 0.63
        draw.polygon([(peak - half, base), (peak, top), (peak + half, base)], fill=rock)
        cap = 0.22 + 0.1 * chance.random()
        left, right = peak - half * cap, peak + half * cap
        snow = top + (base - top) * cap
        edge = [(peak - half * cap * 0.3, snow * 0.985), (peak, snow * 1.02)]
        draw.polygon([(peak, top), (left, snow), *edge, (right, snow)], fill=(246, 248, 252))
        rock = mixed(rock, (30, 34, 44), 0.1)


def sea(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("sea")
    water = mixed(SKIES[scene.light][0], (30, 95, 130), 0.5)
    draw.rectangle((0, height * 0.62, width, height), fill=water)
    for _ in range(70):
        down = height * (0.63 + 0.37 * chance.random())
        reach = width * (0.02 + 0.05 * chance.random()) * (down / height)
        across = (chance.random() + 0.02 * sin(tau * (moment * 2 + chance.random()))) * width
        shine = mixed(water, (255, 255, 255), 0.12 + 0.2 * chance.random())
        draw.line(
            (across - reach, down, across + reach, down), fill=shine, width=max(1, height // 320)
        )


def forest(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("forest")
    for number in range(26):
        base = height * (0.66 + 0.012 * number)
        across, tall = chance.random() * width, height * (0.12 + 0.006 * number)
        sway = width * 0.002 * sin(tau * (moment + chance.random()))
        green = mixed((46, 92, 66), SKIES[scene.light][1], 0.35 - 0.012 * number)
        draw.rectangle(
            (across - tall * 0.03, base - tall * 0.1, across + tall * 0.03, base), fill=(84, 62, 48)
        )
        for level in range(3):
            foot, half = base - tall * (0.08 + 0.27 * level), tall * (0.26 - 0.06 * level)
            tip = (across + sway * (level + 1), foot - tall * 0.4)
            draw.polygon([(across - half, foot), tip, (across + half, foot)], fill=green)


def city(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("city")
    across = -0.02 * width
    while across < width:
        wide, tall = (
            width * (0.04 + 0.05 * chance.random()),
            height * (0.14 + 0.3 * chance.random()),
        )
        wall = mixed(scene.colour(chance.randint(0, 2)), SKIES[scene.light][0], 0.55)
        top, foot = height * 0.68 - tall, height * 0.68
        draw.rectangle((across, top, across + wide, foot), fill=wall)
        _windows(draw, chance, (across, top, across + wide, foot), width * 0.008, scene.light)
        across += wide + width * 0.004


def _windows(draw: Any, chance: Any, box: tuple[float, ...], size: float, light: str) -> None:
    left, top, right, foot = box
    lit = (255, 222, 140) if light in ("night", "dusk") else (206, 224, 234)
    down = top + size
    while down + size < foot:
        across = left + size
        while across + size < right:
            if chance.random() < 0.6:
                draw.rectangle((across, down, across + size, down + size), fill=lit)
            across += size * 2
        down += size * 2.2


def flower(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("flower")
    for number in range(60):
        down = height * (0.68 + 0.3 * number / 60)
        size = height * (0.006 + 0.016 * number / 60)
        across = chance.random() * width + size * 0.4 * sin(tau * (moment + chance.random()))
        draw.line(
            (across, down, across, down + size * 4),
            fill=(66, 120, 70),
            width=max(1, round(size * 0.3)),
        )
        petal = mixed(scene.colour(number), (255, 255, 255), 0.25 * chance.random())
        for turn in range(5):
            disc(
                draw,
                across + size * sin(tau * turn / 5),
                down + size * sin(tau * (turn / 5 + 0.25)),
                size * 0.7,
                petal,
            )
        disc(draw, across, down, size * 0.5, (250, 214, 92))
