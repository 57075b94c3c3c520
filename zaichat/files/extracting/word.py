"""Word: paragraphs, headings, lists and tables in their order, cut into pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zaichat.files import limits
from zaichat.files.confined import Refused
from zaichat.files.extracting.found import Found, Piece
from zaichat.files.extracting.paging import Block, paged
from zaichat.files.extracting.tables import drawn

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING = re.compile(r"heading (\d)", re.I)
WRITTEN = tuple(f"{W}{tag}" for tag in ("p", "t", "tab", "br", "cr", "lastRenderedPageBreak"))
BREAK = "\f"
DEEPEST = 8
"""Content controls in content controls."""


def from_word(source: Path) -> Found:
    return Found("Word", MEDIA_TYPE, ".docx", _pieces(source))


def _pieces(source: Path) -> Iterator[Piece]:
    from docx import Document

    document = Document(str(source))
    reader = _Reader(_levels(document.styles), _lists(document.styles))
    return paged(_bounded(reader.blocks(document.element.body)))


def _bounded(blocks: Iterator[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        if number >= limits.MAX_PARAGRAPHS:
            raise Refused("too_many_pages")
        yield block


def _levels(styles: Any) -> dict[str, int]:
    """Ids of styles of headings -> how deep they are; `Title` is 0."""
    found = {}
    for style in styles:
        name = style.name or ""
        if match := HEADING.fullmatch(name):
            found[style.style_id] = int(match[1])
        elif name == "Title":
            found[style.style_id] = 0
    return found


def _lists(styles: Any) -> set[str]:
    return {style.style_id for style in styles if (style.name or "").startswith("List ")}


@dataclass(frozen=True, slots=True)
class _Reader:
    levels: dict[str, int]
    lists: set[str]

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._of_paragraph(element)
            elif element.tag == f"{W}tbl":
                yield Block(drawn(_rows(element)))
            elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins") and depth < DEEPEST:
                yield from self.blocks(element, depth + 1)

    def _of_paragraph(self, paragraph: Any) -> Iterator[Block]:
        """A paragraph that goes over a page's end is a block on either side."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = named.get(f"{W}val", "") if named is not None else ""
        level = self.levels.get(style)
        is_item = style in self.lists or paragraph.find(f"{W}pPr/{W}numPr") is not None
        first, *others = text_of(paragraph).split(BREAK)
        yield Block(f"- {first}" if is_item and first and level is None else first, level)
        for text in others:
            yield Block(text, is_new_page=True)


def text_of(element: Any) -> str:
    """All that is written in it, deleted words left out; a form feed where a page ends."""
    return "".join(_written(element)).strip(" \t\n")


def _written(element: Any) -> Iterator[str]:
    for inner in element.iter(*WRITTEN):
        if inner.tag == f"{W}p":
            yield "" if inner is element else "\n"
        elif inner.tag == f"{W}t":
            if not any(above.tag == FALLBACK for above in inner.iterancestors()):
                yield inner.text or ""
        elif inner.tag == f"{W}lastRenderedPageBreak" or inner.get(f"{W}type") == "page":
            yield BREAK
        else:
            # Also the tab stops of a paragraph are called tab; they have a place.
            yield "" if inner.get(f"{W}pos") else "\t" if inner.tag == f"{W}tab" else "\n"


def _rows(table: Any) -> list[list[str]]:
    return [
        [_cell(cell) for cell in row.iterchildren(f"{W}tc")] for row in table.iterchildren(f"{W}tr")
    ]


def _cell(cell: Any) -> str:
    texts = (text_of(paragraph) for paragraph in cell.iter(f"{W}p"))
    return " ".join(text for text in texts if text).replace(BREAK, " ")
