"""Strokes that everything is painted with."""

from __future__ import annotations

from typing import Any


def disc(draw: Any, across: float, down: float, size: float, colour: Any) -> None:
    draw.ellipse((across - size, down - size, across + size, down + size), fill=colour)
