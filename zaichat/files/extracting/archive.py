"""A zip of documents: each through the same functions, none deeper than this."""

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile, ZipInfo

from zaichat.files import limits
from zaichat.files.confined import Refused
from zaichat.files.extracting.found import Found, Piece, Room
from zaichat.files.extracting.package import weighed

UTF8 = 0x800
"""Bit of an entry's flags: its name is UTF-8. Source: APPNOTE.TXT, appendix D."""
SAID = 20
"""Names of what was left out that are kept to be told."""


def from_archive(source: Path, room: Room) -> Found:
    package = ZipFile(source)
    entries = [entry for entry in package.infolist() if not _is_of_no_interest(entry)]
    weighed(entries, source.stat().st_size, room, limits.MAX_ENTRIES)
    origin: dict[str, Any] = {"entries": len(entries), "read": 0, "left_out": []}
    pieces = _pieces(package, entries, room, origin)
    return Found("ZIP", "application/zip", ".zip", pieces, origin)


def _is_of_no_interest(entry: ZipInfo) -> bool:
    """Folders, and what systems lay beside files for themselves."""
    name = PurePosixPath(entry.filename)
    return entry.is_dir() or "__MACOSX" in name.parts or name.name.startswith(".")


def _pieces(
    package: ZipFile, entries: list[ZipInfo], room: Room, origin: dict[str, Any]
) -> Iterator[Piece]:
    for number, entry in enumerate(sorted(entries, key=_name)):
        try:
            yield from _of_entry(package, entry, number, room)
            origin["read"] += 1
        except Refused as refused:
            if str(refused) not in ("unsupported", "nested", "old_office", "encrypted", "empty"):
                raise
            if len(origin["left_out"]) < SAID:
                origin["left_out"].append(_name(entry))


def _of_entry(package: ZipFile, entry: ZipInfo, number: int, room: Room) -> Iterator[Piece]:
    from zaichat.files.extracting.formats import extract

    name = _name(entry)
    folder = room.folder / f"entry-{number}"
    folder.mkdir()
    path = folder / "entry"
    with package.open(entry) as inside, path.open("wb") as out:
        shutil.copyfileobj(inside, out)
    inner = Room(folder, room.unpacked, is_inside=True)
    if not entry.file_size:
        raise Refused("empty")
    for piece in extract(path, PurePosixPath(name).suffix.lower(), inner).pieces:
        picture = f"{folder.name}/{piece.picture}" if piece.picture else ""
        yield Piece(f"{name} · {piece.label}", piece.text, picture)
    room.unpacked = inner.unpacked


def _name(entry: ZipInfo) -> str:
    """As it was meant: systems that do not say UTF-8 wrote in the encoding of their country."""
    if entry.flag_bits & UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
