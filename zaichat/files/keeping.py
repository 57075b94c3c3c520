"""Keeps what was made of a file: bytes under random names first, rows in one transaction after.

What a crash leaves in between is bytes without a row, which the sweep finds.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from zaichat.accounts.models import User
from zaichat.files.made import Made, MadePage
from zaichat.files.models import MAX_LABEL, Page, StoredFile
from zaichat.files.names import shown_name
from zaichat.files.quota import check_room

ROWS_AT_ONCE = 200
"""Pages in one statement; each may hold some thousand signs."""


class Stored(dict[Path, str]):
    """Files of this disk -> their names in the storage, below one random name."""

    def __init__(self) -> None:
        super().__init__()
        stem = secrets.token_hex(16)
        self._stem = f"{stem[:2]}/{stem}"

    def add(self, made: Path | None, ending: str = "") -> None:
        if made is not None and made not in self:
            with _Moving(made) as file:
                self[made] = default_storage.save(f"{self._stem}{ending}{made.suffix}", file)

    def forget(self) -> None:
        for name in self.values():
            with suppress(OSError):
                default_storage.delete(name)


def keep(
    user: User, said: str, made: Made, and_then: Callable[[StoredFile], object] = lambda _file: None
) -> StoredFile:
    """Store what was made, and write its rows: all of it or nothing. `said` is the client's name
    for it; `and_then` is what else is written along with the rows. Raises Unreadable where the
    person's storage is full. No transaction may be open: bytes take long to a bucket."""
    sha256, size = _digest(made.kept), made.kept.stat().st_size
    stored = Stored()
    try:
        stored.add(made.kept)
        stored.add(made.thumbnail, "-small")
        for page in made.pages:
            stored.add(page.picture, f"-p{page.number}")
        with transaction.atomic():
            check_room(user, size)
            file = _row(user, said, made, stored, sha256=sha256, size=size)
            Page.objects.bulk_create(_rows_of_pages(file, made, stored), ROWS_AT_ONCE)
            and_then(file)
    except BaseException:
        stored.forget()
        raise
    return file


def _row(
    user: User, said: str, made: Made, stored: Stored, *, sha256: str, size: int
) -> StoredFile:
    return StoredFile.objects.create(
        owner=user,
        kind=made.kind,
        name=shown_name(said, made.kept.suffix),
        media_type=made.media_type,
        path=stored[made.kept],
        thumbnail=stored[made.thumbnail] if made.thumbnail else "",
        size=size,
        sha256=sha256,
        width=made.width,
        height=made.height,
        seconds=made.seconds,
        page_count=made.page_count,
        colour=made.colour,
        origin=made.origin,
    )


def _rows_of_pages(file: StoredFile, made: Made, stored: Stored) -> list[Page]:
    return [_row_of_page(file, page, stored) for page in made.pages]


def _row_of_page(file: StoredFile, page: MadePage, stored: Stored) -> Page:
    picture = stored[page.picture] if page.picture else ""
    label = page.label[:MAX_LABEL]
    return Page(file=file, number=page.number, label=label, text=page.text, picture=picture)


class _Moving(File[bytes]):
    """A finished file on this disk, which a storage on the same disk takes over by renaming."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        os.fsync(self.fileno())
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
