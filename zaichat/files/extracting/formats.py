"""Which decoder a document needs, found in its bytes."""

from pathlib import Path

from zaichat.files import limits, sniffing
from zaichat.files.confined import Refused
from zaichat.files.extracting import decoding
from zaichat.files.extracting.found import Found, Room
from zaichat.files.extracting.package import checked

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
HEAD = 1024
"""Bytes in which a PDF must begin. Source: ISO 32000-1, annex H, note 13."""


def extract(source: Path, suffix: str, room: Room) -> Found:
    """What is in `source`. Raises Refused. `suffix` tells the language of a text."""
    with source.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _unpacked(source, room)
    if head.startswith(OLD_OFFICE):
        is_locked = LOCKED in source.read_bytes()
        raise Refused("encrypted" if is_locked else "old_office")
    text = _text_of(source) if b"%PDF-" not in head[:9] else None
    if b"%PDF-" in head and text is None:
        from zaichat.files.extracting.pdf import from_pdf

        return from_pdf(source, room)
    if text is None or head.startswith(b"{\\rtf"):
        raise Refused("unsupported")
    from zaichat.files.extracting.texts import from_text

    return from_text(text, suffix)


def _text_of(source: Path) -> decoding.Text | None:
    if source.stat().st_size <= 4 * limits.MAX_TEXT:
        return decoding.decoded(source.read_bytes())
    with source.open("rb") as file:
        if b"\0" in file.read(decoding.SAMPLE):
            return None
    raise Refused("too_much_text")


def _unpacked(source: Path, room: Room) -> Found:
    """An Office file or a zip, by what lies in it."""
    layout = sniffing.layout_of(source, limits.MAX_PARTS)
    if layout == "Word":
        from zaichat.files.extracting.word import from_word as from_office
    elif layout == "Excel":
        from zaichat.files.extracting.sheets import from_sheets as from_office
    elif layout == "PowerPoint":
        from zaichat.files.extracting.slides import from_slides as from_office
    else:
        return _from_zip(source, room)
    checked(source, layout, room)
    return from_office(source)


def _from_zip(source: Path, room: Room) -> Found:
    if room.is_inside:
        raise Refused("nested")
    from zaichat.files.extracting.archive import from_archive

    return from_archive(source, room)
