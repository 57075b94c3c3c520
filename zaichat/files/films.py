"""Has a film or a recording looked into by `zaichat.files.filming`; the file is kept as it is."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from zaichat.files import limits
from zaichat.files.made import Made, MadePage, Unreadable
from zaichat.files.starting import ENDED, asked, why_ended


def remake_film(source: Path, folder: Path) -> Made:
    """What there is to see and hear in `source`; stills are written into `folder`. Raises
    Unreadable. Takes some seconds."""
    said = asked("zaichat.files.filming", source, folder, seconds=limits.FILM_SECONDS)
    if "refused" in said:
        raise Unreadable(why(said["refused"]))
    kept = source.rename(folder / f"kept.{said['suffix']}")
    stills = [
        _page(number, still, folder) for number, still in enumerate(said.get("stills", ()), 1)
    ]
    return Made(
        kept=kept,
        media_type=said["media_type"],
        kind=said["kind"],
        thumbnail=folder / said["thumbnail"] if "thumbnail" in said else None,
        width=said.get("width"),
        height=said.get("height"),
        seconds=said["seconds"],
        page_count=len(stills),
        colour=said.get("colour", ""),
        origin=said["origin"],
        pages=stills,
    )


def _page(number: int, still: dict[str, Any], folder: Path) -> MadePage:
    return MadePage(number, as_time(still["at"]), picture=folder / still["name"])


def as_time(seconds: float) -> str:
    """`1:05`, `1:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def why(code: str) -> str:
    """The refusal in words."""
    words = {
        "nothing_in_it": _("There is neither a picture nor a sound in it."),
        "too_long": _("It is too long: films may last %(film)d hours, recordings %(recording)d.")
        % {
            "film": limits.MAX_FILM_SECONDS // 3600,
            "recording": limits.MAX_RECORDING_SECONDS // 3600,
        },
        "too_many_pixels": _("It has too many pixels: at most %(limit)d million are taken.")
        % {"limit": limits.MAX_PIXELS // 1_000_000},
        "too_slow": _("It takes too long to decode."),
        ENDED: why_ended(),
    }
    return words.get(code) or _("It is damaged and cannot be decoded.")
