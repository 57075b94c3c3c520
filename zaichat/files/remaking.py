"""Starts the process that decodes a picture, and believes only what it wrote."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext as _

from zaichat.files import limits

logger = logging.getLogger(__name__)
_places = BoundedSemaphore(limits.AT_ONCE)


class Unreadable(Exception):
    """A file that is not taken; says why, to the person."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew: files in the folder that was given, and what is known of it."""

    kept: Path
    thumbnail: Path
    media_type: str
    width: int
    height: int
    colour: str
    origin: dict[str, Any]


def remake(source: Path, folder: Path) -> Picture:
    """Decode `source` and write it into `folder`. Raises Unreadable. Takes a second or so."""
    with _places:
        said = _asked(source, folder)
    if "refused" in said:
        raise Unreadable(why(said["refused"]))
    return Picture(
        folder / said["name"],
        folder / said["thumbnail"],
        said["media_type"],
        said["width"],
        said["height"],
        said["colour"],
        said["origin"],
    )


def _asked(source: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "zaichat.files.picturing", str(source), str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program with paths of our own making
            command,
            capture_output=True,
            timeout=2 * limits.CHILD_SECONDS,
            cwd=Path(__file__).parents[2],
            check=False,
        )
        return dict(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return {"refused": "too_slow"}
    except (ValueError, TypeError):
        logger.warning("a picture ended its process: exit %d", done.returncode)
        return {"refused": "broken"}


def why(code: str) -> str:
    """The refusal in words."""
    words = {
        "not_a_picture": _(
            "It is not a picture ZaiChat can read: JPEG, PNG, WebP, GIF, HEIC, AVIF, BMP or TIFF."
        ),
        "too_many_pixels": _("It has too many pixels: at most %(limit)d million are taken.")
        % {"limit": limits.MAX_PIXELS // 1_000_000},
        "too_slow": _("It takes too long to decode."),
    }
    return words.get(code) or _("It is damaged and cannot be decoded.")
