"""Has a document taken apart by `zaichat.files.extracting`, and says why where it was not."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from zaichat.files import limits
from zaichat.files.made import Made, MadePage, Unreadable
from zaichat.files.models import Kind, StoredFile
from zaichat.files.starting import ENDED, asked, why_ended

TAGS_OF_A_CELL = 4


def remake_document(source: Path, folder: Path) -> Made:
    """The document as it was brought, with its pages. Raises Unreadable. Takes some seconds for
    hundreds of pages."""
    said = asked("zaichat.files.extracting", source, folder, seconds=2 * limits.DOCUMENT_SECONDS)
    if "refused" in said:
        raise Unreadable(why(said["refused"]))
    return Made(
        kept=source.rename(folder / f"kept{said['suffix']}"),
        media_type=said["media_type"],
        kind=Kind.DOCUMENT,
        thumbnail=folder / said["thumbnail"] if said["thumbnail"] else None,
        page_count=said["page_count"],
        origin={"format": said["format"], **said["origin"]},
        pages=tuple(_pages(folder)),
    )


def _pages(folder: Path) -> Iterator[MadePage]:
    with (folder / "pages.jsonl").open(encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            picture = folder / page["picture"] if page["picture"] else None
            yield MadePage(page["number"], page["label"], page["text"], picture)


def drawn_page(stored: StoredFile, number: int, wanted: str) -> bytes:
    """A page of a PDF as a PNG, with the passage that is `wanted` marked. Raises Unreadable."""
    incoming = settings.DATA_DIR / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as name:
        folder = Path(name)
        with default_storage.open(stored.path) as kept, (folder / "kept.pdf").open("wb") as copy:
            shutil.copyfileobj(kept, copy)
        (folder / "wanted.txt").write_text(wanted, encoding="utf-8")
        source, seconds = folder / "kept.pdf", 2 * limits.DOCUMENT_SECONDS
        said = asked("zaichat.files.drawing", source, folder, str(number), seconds=seconds)
        if "refused" in said:
            raise Unreadable(why(said["refused"]))
        return (folder / "page.png").read_bytes()


def why(code: str) -> str:
    """The refusal in words."""
    words = {
        "encrypted": _("It is locked with a password. Remove the password and attach it again."),
        "no_text": _("There is nothing to read in it."),
        "too_many_pages": _("It has too many pages: at most %(limit)s are taken.")
        % {"limit": limits.MAX_PAGES},
        "too_much_text": _("It has too much text: at most %(limit)d million signs are taken.")
        % {"limit": limits.MAX_TEXT // 1_000_000},
        "too_many_entries": _("It holds too many files: at most %(limit)s are taken.")
        % {"limit": limits.MAX_ENTRIES},
        "too_large_inside": _("It is too large inside: at most %(limit)s MB are unpacked.")
        % {"limit": limits.MAX_UNPACKED // 1024**2},
        "too_many_cells": _("It has too many cells: about %(limit)d thousand are taken.")
        % {"limit": limits.MAX_TAGS["Excel"] // TAGS_OF_A_CELL // 1000},
        "too_intricate": _("It is too intricate to be read safely. Save it as a PDF instead."),
        "bomb": _("It is packed in a way that could harm a computer, so it was not opened."),
        "too_slow": _("It takes too long to read."),
        ENDED: why_ended(),
        "old_office": _(
            "It is an Office file of before 2007. Save it as DOCX, XLSX or PPTX and attach that."
        ),
        "unsupported": not_taken(),
    }
    return words.get(code) or _("It is damaged and cannot be read.")


def not_taken() -> str:
    return _(
        "ZaiChat cannot read this kind of file. It takes pictures, films, recordings, PDF, Word, "
        "Excel, PowerPoint, text, Markdown, CSV, JSON, HTML, code, and ZIP files of these."
    )
