"""What stands, flies and sails before it."""

from __future__ import annotations

from math import sin, tau
from typing import Any

from .scene import Scene, mixed
from .strokes import disc


def cat(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    animal(draw, scene, width, height, moment, pointed=True)


def dog(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    animal(draw, scene, width, height, moment, pointed=False)


def animal(
    draw: Any, scene: Scene, width: int, height: int, moment: float, *, pointed: bool
) -> None:
    """Sits in the foreground, wags its tail and blinks once."""
    chance = scene.chance("cat" if pointed else "dog")
    size = min(width, height) * 0.13
    across, foot = width * (0.3 + 0.4 * chance.random()), height * 0.93
    fur = scene.colour(0)
    dark = mixed(fur, (20, 18, 22), 0.3)
    wag = sin(tau * moment * 3) * size * 0.35
    tail = [
        (across + size * 0.7, foot - size * 0.3),
        (across + size * 1.5, foot - size),
        (across + size * 1.5 + wag, foot - size * 1.9),
    ]
    draw.line(tail, fill=dark, width=round(size * 0.24), joint="curve")
    draw.ellipse((across - size, foot - size * 1.9, across + size, foot), fill=fur)
    head = foot - size * 2.3
    for side in (-1, 1):
        ear = across + side * size * 0.62
        if pointed:
            draw.polygon(
                [
                    (ear - size * 0.34, head - size * 0.4),
                    (ear + side * size * 0.12, head - size * 1.3),
                    (ear + size * 0.34, head - size * 0.4),
                ],
                fill=dark,
            )
        else:
            draw.ellipse(
                (ear - size * 0.28, head - size * 0.7, ear + size * 0.28, head + size * 0.5),
                fill=dark,
            )
    disc(draw, across, head, size * 0.85, fur)
    _face(draw, across, head, size, blinks=0.45 < moment < 0.52)


def _face(draw: Any, across: float, head: float, size: float, *, blinks: bool) -> None:
    for side in (-1, 1):
        eye = across + side * size * 0.34
        if blinks:
            draw.line(
                (eye - size * 0.13, head, eye + size * 0.13, head),
                fill=(30, 26, 30),
                width=max(1, round(size * 0.06)),
            )
        else:
            disc(draw, eye, head - size * 0.05, size * 0.14, (244, 240, 214))
            disc(draw, eye, head - size * 0.05, size * 0.08, (30, 26, 30))
    disc(draw, across, head + size * 0.25, size * 0.09, (196, 116, 120))
    for side in (-1, 1):
        draw.arc(
            (
                across - size * 0.16 + side * size * 0.14,
                head + size * 0.2,
                across + size * 0.16 + side * size * 0.14,
                head + size * 0.5,
            ),
            20,
            160,
            fill=(60, 44, 48),
            width=max(1, round(size * 0.05)),
        )


def bird(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("bird")
    for _ in range(9):
        across = (chance.random() + moment * 0.25) % 1.05 * width
        down, size = (
            height * (0.12 + 0.3 * chance.random()),
            width * (0.012 + 0.01 * chance.random()),
        )
        flap = size * 0.5 * sin(tau * (moment * 6 + chance.random()))
        wings = [(across - size, down - flap), (across, down), (across + size, down - flap)]
        draw.line(wings, fill=(44, 46, 56), width=max(2, width // 500), joint="curve")


def person(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("person")
    size = min(width, height) * 0.05
    across, foot = width * (0.25 + 0.5 * chance.random()) + size * 0.6 * moment, height * 0.93
    for side in (-1, 1):
        step = size * 0.5 * side * sin(tau * moment * 3)
        draw.line(
            (across, foot - size * 2.2, across + step, foot),
            fill=(52, 54, 70),
            width=round(size * 0.5),
        )
    draw.rounded_rectangle(
        (across - size * 0.8, foot - size * 4.6, across + size * 0.8, foot - size * 1.8),
        radius=size * 0.5,
        fill=scene.colour(0),
    )
    disc(draw, across, foot - size * 5.4, size * 0.85, (226, 178, 146))
    draw.pieslice(
        (across - size * 0.95, foot - size * 6.5, across + size * 0.95, foot - size * 4.6),
        180,
        360,
        fill=(66, 48, 42),
    )


def boat(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("boat")
    size = min(width, height) * 0.1
    across = width * (0.2 + 0.5 * chance.random() + 0.12 * moment)
    down = height * 0.72 + size * 0.06 * sin(tau * moment * 2)
    draw.polygon(
        [
            (across - size, down),
            (across + size, down),
            (across + size * 0.7, down + size * 0.4),
            (across - size * 0.7, down + size * 0.4),
        ],
        fill=(122, 72, 52),
    )
    draw.line(
        (across, down, across, down - size * 1.7),
        fill=(86, 62, 50),
        width=max(2, round(size * 0.06)),
    )
    draw.polygon(
        [
            (across + size * 0.06, down - size * 1.6),
            (across + size * 0.9, down - size * 0.15),
            (across + size * 0.06, down - size * 0.15),
        ],
        fill=mixed(scene.colour(0), (255, 255, 255), 0.4),
    )


def balloon(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    chance = scene.chance("balloon")
    for number in range(7):
        size = min(width, height) * (0.035 + 0.03 * chance.random())
        across = width * (0.1 + 0.8 * chance.random()) + size * 0.4 * sin(
            tau * (moment + chance.random())
        )
        down = height * (0.2 + 0.4 * chance.random()) - height * 0.12 * moment
        draw.line(
            (across, down + size * 1.2, across, down + size * 3),
            fill=(90, 90, 96),
            width=max(1, width // 900),
        )
        draw.ellipse(
            (across - size, down - size * 1.2, across + size, down + size * 1.2),
            fill=scene.colour(number),
        )
        disc(draw, across - size * 0.35, down - size * 0.5, size * 0.18, (255, 255, 255))


def cake(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    size = min(width, height) * 0.16
    across, foot = width / 2, height * 0.93
    for level, half in enumerate((1.2, 0.85)):
        top = foot - size * 0.75 * (level + 1)
        draw.rounded_rectangle(
            (across - size * half, top, across + size * half, top + size * 0.75),
            radius=size * 0.1,
            fill=mixed(scene.colour(level), (255, 246, 236), 0.5),
        )
        draw.rectangle(
            (across - size * half, top, across + size * half, top + size * 0.16),
            fill=(255, 250, 244),
        )
    for place in range(-2, 3):
        candle, top = across + place * size * 0.3, foot - size * 1.9
        draw.rectangle(
            (candle - size * 0.03, top, candle + size * 0.03, top + size * 0.4),
            fill=scene.colour(place + 2),
        )
        flame = size * (0.07 + 0.02 * sin(tau * (moment * 8 + place / 5)))
        draw.ellipse(
            (candle - flame * 0.7, top - flame * 2, candle + flame * 0.7, top), fill=(255, 190, 80)
        )


def heart(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    size = min(width, height) * (0.12 + 0.01 * sin(tau * moment * 4))
    across, down = width / 2, height * 0.36
    for side in (-1, 1):
        disc(draw, across + side * size * 0.48, down, size * 0.52, (206, 62, 82))
    draw.polygon(
        [
            (across - size * 0.95, down + size * 0.22),
            (across + size * 0.95, down + size * 0.22),
            (across, down + size * 1.3),
        ],
        fill=(206, 62, 82),
    )


def nothing(draw: Any, scene: Scene, width: int, height: int, moment: float) -> None:
    """It is in the light already."""
