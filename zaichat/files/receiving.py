"""Takes a file in: looked at, written anew, stored under a random name, and only then a row.

Nothing half-done stays: the row is the last step, and what a crash leaves in the storage is
found by the sweep.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zaichat.accounts.models import User
from zaichat.files import limits
from zaichat.files.models import Kind, StoredFile
from zaichat.files.names import shown_name
from zaichat.files.remaking import Picture, Unreadable, remake


def receive(
    user: User, upload: UploadedFile[Any], drawn: Sequence[dict[str, Any]] = ()
) -> StoredFile:
    """The stored picture, with the marks that were drawn on it. Raises Unreadable, with words for
    the person."""
    _weigh(upload.size or 0)
    incoming = settings.DATA_DIR / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        source = Path(folder) / "brought"
        _write(source, upload.chunks())
        picture = remake(source, Path(folder))
        if drawn:
            picture.origin["marks"] = list(drawn)
        return keep(user, upload.name or "", picture)


def keep(user: User, said: str, picture: Picture) -> StoredFile:
    """Store what was made of a picture, and write its row."""
    sha256 = hashlib.sha256(picture.kept.read_bytes()).hexdigest()
    size = picture.kept.stat().st_size
    stem = secrets.token_hex(16)
    path = _stored(picture.kept, f"{stem[:2]}/{stem}")
    thumbnail = _stored(picture.thumbnail, f"{stem[:2]}/{stem}-small")
    return StoredFile.objects.create(
        owner=user,
        kind=Kind.IMAGE,
        name=shown_name(said, picture.kept.suffix),
        media_type=picture.media_type,
        path=path,
        thumbnail=thumbnail,
        size=size,
        sha256=sha256,
        width=picture.width,
        height=picture.height,
        colour=picture.colour,
        origin=picture.origin,
    )


def _stored(made: Path, stem: str) -> str:
    with _Moving(made) as file:
        return default_storage.save(stem + made.suffix, file)


class _Moving(File[bytes]):
    """A finished file on this disk, which a storage on the same disk takes over by renaming."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        os.fsync(self.fileno())
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def _weigh(size: int) -> None:
    if size == 0:
        raise Unreadable(_("It is empty."))
    if size > limits.MAX_PICTURE_BYTES:
        words = _("It has %(size)s MB; at most %(limit)s MB are taken.")
        numbers = {"size": _megabytes(size), "limit": _megabytes(limits.MAX_PICTURE_BYTES)}
        raise Unreadable(words % numbers)


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.0f}"


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
