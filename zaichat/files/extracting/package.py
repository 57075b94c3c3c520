"""Looks over an Office file before a library unpacks it: how much there is, and no tricks."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from zaichat.files import limits
from zaichat.files.confined import Refused
from zaichat.files.extracting.found import Room

CHUNK = 256 * 1024
ENCRYPTED = 0x1
"""Bit of an entry's flags. Source: APPNOTE.TXT, 4.4.4."""
XML = (".xml", ".rels", ".vml")
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
"""Office writes none; they make a few bytes grow without end."""


def checked(source: Path, layout: str, room: Room) -> None:
    """Every part of it read once, as it comes. Raises Refused."""
    tags = 0
    with ZipFile(source) as package:
        entries = package.infolist()
        weighed(entries, source.stat().st_size, room, limits.MAX_PARTS)
        for entry in entries:
            for chunk in _read(package, entry):
                tags += chunk.count(b"<")
                if tags > limits.MAX_TAGS[layout]:
                    raise Refused("too_many_cells" if layout == "Excel" else "too_intricate")


def weighed(entries: list[ZipInfo], packed: int, room: Room, most: int) -> None:
    """Whether there is room for what `entries` say of themselves, which is then taken from it.

    They cannot hold more than they say: reading stops there.
    """
    if len(entries) > most:
        raise Refused("too_many_entries")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused("encrypted")
    total = sum(entry.file_size for entry in entries)
    if total > limits.SMALL and total > limits.MAX_RATIO * packed:
        raise Refused("bomb")
    if total > room.unpacked:
        raise Refused("too_large_inside")
    room.unpacked -= total


def _read(package: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The XML in an entry; everything else is only unpacked. A size that lies shows in the check
    sum."""
    is_xml, before = entry.filename.lower().endswith(XML), b""
    with package.open(entry) as part:
        while chunk := part.read(CHUNK):
            if is_xml:
                _judge(before + chunk)
                before = chunk[-10:]
                yield chunk


def _judge(seen: bytes) -> None:
    if any(word in seen for word in DECLARATIONS):
        raise Refused("bomb")
    if seen[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in seen:
        raise BadZipFile("a part in UTF-16, where declarations could hide")
