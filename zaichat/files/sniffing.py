"""What a file is, by its bytes. What a client calls it or says of it counts for nothing.

Here only as much is looked at as the right decoder needs to be chosen: the decoder, in a process
of its own, is what proves it. Knows nothing of Django.
"""

from pathlib import Path

IMAGE, DOCUMENT, VIDEO, AUDIO = "image", "document", "video", "audio"
"""As in `zaichat.files.models.Kind`."""

HEAD = 4096
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
STILLS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
RECORDINGS = (b"M4A ", b"M4B ", b"F4A ")
"""Brands of the family of files that MP4 belongs to; all others of it are films."""
CERTAIN = 0.3
"""Below this puremagic has seen two bytes, which texts begin with too."""
SUFFIXES = {".ogg": AUDIO, ".oga": AUDIO, ".amr": AUDIO, ".aac": AUDIO, ".mkv": VIDEO}
"""What puremagic knows without a media type."""
MAIN_PARTS = {
    "word/document.xml": "Word",
    "xl/workbook.xml": "Excel",
    "ppt/presentation.xml": "PowerPoint",
}
END_OF_ZIP = 65_557
"""Bytes in which the end of a zip must begin: 22, and a comment."""


def kind_of(source: Path) -> str:
    """The kind of file `source` would be if it is whole. What is not known is a document: a text
    has no first bytes to be known by."""
    with source.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(BYTE_ORDER_MARKS):
        return DOCUMENT
    if head[4:8] == b"ftyp":
        return _kind_of_brand(head[8:12])
    if head.startswith(b"BM") and b"\0" in head[:16]:
        return IMAGE
    return _guessed(head)


def _kind_of_brand(brand: bytes) -> str:
    if brand in STILLS:
        return IMAGE
    return AUDIO if brand in RECORDINGS else VIDEO


def _guessed(head: bytes) -> str:
    import puremagic

    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return DOCUMENT
    if not guesses or max(guess.confidence for guess in guesses) < CERTAIN:
        return AUDIO if _is_frame_of_mp3(head) else DOCUMENT
    best = guesses[0]
    family = best.mime_type.partition("/")[0]
    if family in (IMAGE, VIDEO, AUDIO):
        return DOCUMENT if best.mime_type == "image/svg+xml" else family
    return SUFFIXES.get(best.extension, DOCUMENT)


def _is_frame_of_mp3(head: bytes) -> bool:
    """Eleven bits that are set, a version, a layer, a bit rate: source, ISO 11172-3, 2.4.2.3."""
    if len(head) < 4 or head[0] != 0xFF:
        return False
    return head[1] & 0xE6 in (0xE2, 0xE4, 0xE6) and head[2] & 0xF0 not in (0x00, 0xF0)


def layout_of(source: Path, most: int) -> str:
    """`Word`, `Excel`, `PowerPoint` or `ZIP`: what a zip is, by what lies in it. A list of more
    than `most` entries is not read."""
    from zipfile import ZipFile

    if _entry_count(source) > most:
        return "ZIP"
    with ZipFile(source) as package:
        names = set(package.namelist())
    if "[Content_Types].xml" not in names:
        return "ZIP"
    return next((layout for part, layout in MAIN_PARTS.items() if part in names), "ZIP")


def _entry_count(source: Path) -> int:
    """As the end of a zip says it, so that a list of millions is never read. Source: APPNOTE.TXT,
    4.3.16."""
    with source.open("rb") as file:
        file.seek(max(0, source.stat().st_size - END_OF_ZIP))
        tail = file.read()
    at = tail.rfind(b"PK\5\6")
    return int.from_bytes(tail[at + 10 : at + 12], "little") if at >= 0 else 0
