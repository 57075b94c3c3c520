"""Takes a file in: looked at, made safe by what knows its kind, and only then kept.

Nothing half-done stays: see `zaichat.files.keeping`.
"""

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from zaichat.accounts.models import User
from zaichat.files import limits, sniffing
from zaichat.files.documents import not_taken, remake_document
from zaichat.files.films import remake_film
from zaichat.files.keeping import keep
from zaichat.files.made import Made, Unreadable
from zaichat.files.models import Kind, StoredFile
from zaichat.files.quota import check_room
from zaichat.files.remaking import remake_picture

TOLD = re.compile(r"\.[A-Za-z0-9]{1,10}$", re.ASCII)

Remake = Callable[[Path, Path], Made]
"""Looks at a file and writes what is kept of it into a folder. Raises Unreadable."""

REMAKERS: dict[str, Remake] = {
    Kind.IMAGE: remake_picture,
    Kind.DOCUMENT: remake_document,
    Kind.VIDEO: remake_film,
    Kind.AUDIO: remake_film,
}
"""Who knows what to do with a kind of file."""

HEAVIEST = {Kind.VIDEO: limits.MAX_FILM_BYTES, Kind.AUDIO: limits.MAX_RECORDING_BYTES}
"""Kind -> bytes; what is not named here may weigh as much as a picture."""


def receive(
    user: User, upload: UploadedFile[Any], drawn: Sequence[dict[str, Any]] = ()
) -> StoredFile:
    """The stored file, a picture with the marks that were drawn on it. Raises Unreadable, with
    words for the person."""
    _weigh(upload.size or 0, max(HEAVIEST.values()))
    with transaction.atomic():
        check_room(user, 1)  # what is kept may be smaller; a full house need not look at it
    incoming = settings.DATA_DIR / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        source = Path(folder) / f"brought{_told_suffix(upload.name or '')}"
        _take_over(upload, source)
        return keep(user, upload.name or "", _made(source, Path(folder), drawn))


def _made(source: Path, folder: Path, drawn: Sequence[dict[str, Any]]) -> Made:
    kind = sniffing.kind_of(source)
    _weigh(source.stat().st_size, HEAVIEST.get(Kind(kind), limits.MAX_PICTURE_BYTES))
    if kind not in REMAKERS:
        raise Unreadable(not_taken())
    made = REMAKERS[kind](source, folder)
    if drawn and made.kind != Kind.IMAGE:
        raise Unreadable(_("Field “marks”: only pictures can be marked."))
    if drawn:
        made.origin["marks"] = list(drawn)
    return made


def _told_suffix(said: str) -> str:
    """What the client says a file's language is; it is believed of what turns out to be text."""
    found = TOLD.search(said)
    return found[0].lower() if found else ""


def _weigh(size: int, most: int) -> None:
    if size == 0:
        raise Unreadable(_("It is empty."))
    if size > most:
        words = _("It has %(size)s MB; at most %(limit)s MB are taken.")
        numbers = {"size": _megabytes(size), "limit": _megabytes(most)}
        raise Unreadable(words % numbers)


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.0f}"


def _take_over(upload: UploadedFile[Any], path: Path) -> None:
    """A large upload lies on the same disk already; it gets a second name instead of a copy."""
    with suppress(OSError):
        if isinstance(upload, TemporaryUploadedFile):
            upload.flush()
            os.link(upload.temporary_file_path(), path)
            return
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
