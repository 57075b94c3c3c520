"""Files in one ZIP file that is made while it leaves: nothing of it lies on our disk or in memory.

Pictures and films are packed already, so they are only put side by side.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.http import HttpRequest, StreamingHttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zaichat.files.models import StoredFile

MOST = 4 * 1024**3
"""Bytes: what every tool can open."""

PIECE = 256 * 1024


def what_is_too_much(files: Sequence[StoredFile]) -> str:
    size = sum(file.size for file in files)
    if size <= MOST:
        return ""
    words = _("Together these are %(size)s, a ZIP file holds %(limit)s. Choose fewer.")
    return words % {"size": filesizeformat(size), "limit": filesizeformat(MOST)}


def answer(request: HttpRequest, files: Sequence[StoredFile]) -> StreamingHttpResponse:
    pieces = _pieces(files)
    # A server with one loop does not wait for the disk.
    content = _in_turn(pieces) if hasattr(request, "scope") else pieces
    name = f"zaichat {localtime():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(content, content_type="application/zip", headers=headers)


async def _in_turn(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece


class _Sink:
    """What was written and not yet sent; it cannot be wound back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, piece: bytes) -> int:
        self._held += piece
        return len(piece)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def _pieces(files: Sequence[StoredFile]) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for name, file in zip(names_of(files), files, strict=True):
            yield from _packed(archive, sink, name, file)
    yield sink.taken()


def _packed(archive: ZipFile, sink: _Sink, name: str, file: StoredFile) -> Iterator[bytes]:
    """A file that the storage has lost is left out."""
    try:
        source = default_storage.open(file.path)
    except OSError:
        return
    info = ZipInfo(name, localtime(file.created_at).timetuple()[:6])
    with closing(source), archive.open(info, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            target.write(piece)
            yield sink.taken()


def names_of(files: Sequence[StoredFile]) -> list[str]:
    """As they are called; of several that are called the same, the later ones are counted."""
    seen: dict[str, int] = {}
    names = []
    for file in files:
        seen[file.name] = seen.get(file.name, 0) + 1
        stem, dot, suffix = file.name.rpartition(".")
        number = f" ({seen[file.name]})" if seen[file.name] > 1 else ""
        names.append(f"{stem}{number}{dot}{suffix}" if dot else f"{file.name}{number}")
    return names
