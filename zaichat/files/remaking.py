"""Has a picture decoded and written anew by `zaichat.files.picturing`, and says why where it was
not."""

from pathlib import Path

from django.utils.translation import gettext as _

from zaichat.files import limits
from zaichat.files.made import Made, Unreadable
from zaichat.files.models import Kind
from zaichat.files.starting import ENDED, asked, why_ended


def remake_picture(source: Path, folder: Path) -> Made:
    """Decode `source` and write it into `folder`. Raises Unreadable. Takes a second or so."""
    said = asked("zaichat.files.picturing", source, folder, seconds=2 * limits.CHILD_SECONDS)
    if "refused" in said:
        raise Unreadable(why(said["refused"]))
    return Made(
        kept=folder / said["name"],
        thumbnail=folder / said["thumbnail"],
        media_type=said["media_type"],
        kind=Kind.IMAGE,
        width=said["width"],
        height=said["height"],
        colour=said["colour"],
        origin=said["origin"],
    )


def why(code: str) -> str:
    """The refusal in words."""
    words = {
        "not_a_picture": _(
            "It is not a picture ZaiChat can read: JPEG, PNG, WebP, GIF, HEIC, AVIF, BMP or TIFF."
        ),
        "too_many_pixels": _("It has too many pixels: at most %(limit)d million are taken.")
        % {"limit": limits.MAX_PIXELS // 1_000_000},
        "too_slow": _("It takes too long to decode."),
        ENDED: why_ended(),
    }
    return words.get(code) or _("It is damaged and cannot be decoded.")
