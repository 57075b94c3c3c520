"""What is to be painted: chosen once from prompt and seed, so that the same words give the same
picture and a film keeps still where nothing moves."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import sha256

from .words import colours_in, things_in

Colour = tuple[int, int, int]

SKIES: dict[str, tuple[Colour, Colour]] = {
    "day": ((96, 160, 215), (222, 236, 240)),
    "dusk": ((92, 72, 130), (246, 170, 110)),
    "night": ((12, 18, 44), (52, 62, 110)),
    "storm": ((70, 80, 95), (150, 158, 165)),
    "snow": ((150, 172, 196), (232, 238, 244)),
}
GROUNDS: dict[str, Colour] = {
    "day": (108, 156, 92),
    "dusk": (116, 92, 84),
    "night": (34, 48, 60),
    "storm": (84, 104, 92),
    "snow": (236, 241, 246),
}
LIGHTS = ("night", "dusk", "storm", "snow")


@dataclass(frozen=True)
class Scene:
    """`light` is a key of SKIES; `colours` are those that the prompt named, or a chosen one."""

    things: tuple[str, ...]
    light: str
    colours: tuple[Colour, ...]
    seed: int

    def chance(self, part: str) -> random.Random:
        """The same numbers for the same part of the same scene, however often it is drawn."""
        return random.Random(f"{self.seed} {part}")  # noqa: S311 - shapes, not secrets

    def colour(self, place: int) -> Colour:
        return self.colours[place % len(self.colours)]


def scene_of(prompt: str, variant: str = "") -> Scene:
    """`variant`: anything that tells two requests with the same words apart."""
    seed = int.from_bytes(sha256(f"{prompt}\0{variant}".encode()).digest()[:8], "big")
    chance = random.Random(seed)  # noqa: S311
    things = things_in(prompt)
    light = next((thing for thing in LIGHTS if thing in things), "day")
    land = [thing for thing in things if thing not in LIGHTS]
    if not land:
        land = chance.sample(["mountain", "sea", "forest", "flower", "cloud"], 2)
    colours = colours_in(prompt) or [_hue(chance) for _ in range(3)]
    return Scene(tuple(land), light, tuple(colours), seed)


def _hue(chance: random.Random) -> Colour:
    return chance.randint(70, 220), chance.randint(70, 200), chance.randint(70, 210)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
