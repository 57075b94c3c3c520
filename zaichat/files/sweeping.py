"""Looks after what a crash or a deletion leaves: half-taken uploads, bytes without a row."""

import shutil
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.timezone import now

from zaichat.files.models import Page, StoredFile

GIVE_UP = timedelta(hours=1)
"""No upload takes longer; what is older was left by a process that ended."""

FOLDERS_AT_ONCE = 16


def clear_incoming() -> None:
    """Uploads that were cut off: a body as it came, or the folder it was worked on in."""
    oldest = time.time() - GIVE_UP.total_seconds()
    for left in (settings.DATA_DIR / "incoming").glob("*"):
        with suppress(FileNotFoundError):  # its request has just ended
            if left.stat().st_mtime < oldest:
                _remove(left)


def _remove(left: Path) -> None:
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink()


def clear_orphans(at: datetime | None = None) -> None:
    """Bytes that no row names. A share of the folders at each call, all of them in an hour."""
    turn = int((at or now()).timestamp() // 60) % (256 // FOLDERS_AT_ONCE)
    for number in range(turn * FOLDERS_AT_ONCE, (turn + 1) * FOLDERS_AT_ONCE):
        _clear_folder(f"{number:02x}")


def _clear_folder(folder: str) -> None:
    try:
        _folders, names = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    paths = {f"{folder}/{name}" for name in names}
    rows = StoredFile.objects.filter(path__startswith=f"{folder}/")
    known = {path for row in rows.values_list("path", "thumbnail") for path in row}
    # Pictures of pages lie beside their file; looking at all pages would read all their text.
    pages = Page.objects.filter(file__in=rows).exclude(picture="")
    known.update(pages.values_list("picture", flat=True))
    for path in paths - known:
        if default_storage.get_modified_time(path) < now() - GIVE_UP:
            default_storage.delete(path)
