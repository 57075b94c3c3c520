"""PDF: the text of each page. What has none but can be seen is drawn, so that a model can look."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zaichat.files import limits
from zaichat.files.confined import Refused
from zaichat.files.extracting.found import Found, Piece, Room

PASSWORD = 4
"""pdfium's code. Source: fpdfview.h, FPDF_ERR_PASSWORD."""
IMAGE = 3
"""Kind of a thing on a page. Source: fpdf_edit.h, FPDF_PAGEOBJ_IMAGE."""
FEW = 30
"""Signs on a page beside a picture of it: the mark that a scanner's app sets."""
QUALITY = 80


def from_pdf(source: Path, room: Room) -> Found:
    document = opened(source)
    if len(document) > limits.MAX_PAGES:
        raise Refused("too_many_pages")
    found = Found("PDF", "application/pdf", ".pdf", (), {"scanned": 0})
    if not room.is_inside:
        small = drawn(document[0], limits.THUMBNAIL_SIDE)
        small.save(room.folder / "small.webp", quality=QUALITY)
        found.thumbnail = "small.webp"
    found.pieces = _pieces(document, room, found.origin)
    return found


def opened(source: Path) -> Any:
    """Raises Refused where it has a password or is not whole."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD or "assword" in str(error)
        raise Refused("encrypted" if is_locked else "broken") from None
    if not len(document):
        raise Refused("broken")
    return document


def drawn(page: Any, side: int) -> Any:
    """As a picture whose longest side has so many pixels."""
    scale = side / max(1, *page.get_size())
    return page.render(scale=scale).to_pil().convert("RGB")


def _pieces(document: Any, room: Room, origin: dict[str, Any]) -> Iterator[Piece]:
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        text = text_of(page)
        picture = ""
        if _has_to_be_seen(page, text):
            origin["scanned"] += 1
            if origin["scanned"] <= limits.MAX_SCANS:
                picture = f"page-{number}.jpg"
                drawn(page, limits.SCAN_SIDE).save(room.folder / picture, quality=QUALITY)
        label = document.get_page_label(number - 1) or str(number)
        page.close()
        yield Piece(label, text, picture)


def text_of(page: Any) -> str:
    words = page.get_textpage()
    try:
        lines = str(words.get_text_range()).replace("\r\n", "\n").replace("\r", "\n")
    finally:
        words.close()
    return lines.replace("\ufffe", "").strip()


def _has_to_be_seen(page: Any, text: str) -> bool:
    """A scan, or letters drawn as lines; an empty page has nothing to see."""
    if not text:
        return next(page.get_objects(max_depth=1), None) is not None
    return len(text) < FEW and next(page.get_objects([IMAGE], max_depth=2), None) is not None
