"""The things that can stand in a picture. Each knows where it belongs and how it moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import beings, land
from .scene import Scene

Figure = Callable[[Any, Scene, int, int, float], None]
"""Draws into an ImageDraw: scene, width, height, moment of the film from 0 to 1."""

FIGURES: dict[str, Figure] = {
    "cloud": land.cloud,
    "mountain": land.mountain,
    "sea": land.sea,
    "forest": land.forest,
    "city": land.city,
    "flower": land.flower,
    "cat": beings.cat,
    "dog": beings.dog,
    "bird": beings.bird,
    "person": beings.person,
    "boat": beings.boat,
    "balloon": beings.balloon,
    "cake": beings.cake,
    "heart": beings.heart,
    "moon": beings.nothing,
}
