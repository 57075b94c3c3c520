"""A page of a file as a reader sees it: paragraphs, headings and tables, with a passage marked.

It comes as pieces of plain text, each marked or not: templates make the elements, so nothing in a
file can become one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from zaichat.files.finding import passage
from zaichat.files.languages import LANGUAGES
from zaichat.files.models import Page, StoredFile
from zaichat.textsearch.snippets import Piece

LAID_OUT = {"Word", "Excel", "PowerPoint", "CSV", "HTML", "Markdown"}
PROSE = {"PDF", "Text", ""}
LAID_OUT_SUFFIXES = {".docx", ".xlsx", ".pptx", ".csv", ".tsv", ".html", ".htm", ".md"}
BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
HEADING = re.compile(r"#{1,6} ")
RULE = re.compile(r"\|(?: --- \|)+")
CELL = re.compile(r"(?<=\| )(?:\\\||[^|])*?(?= \|)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is `paragraph`, `heading`, `code` or `table`; a table has `rows` of cells, the first
    of which is the head."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


def blocks(file: StoredFile, page: Page, wanted: str) -> list[Block]:
    hit = passage(page.text, wanted) or (0, 0)
    way = _way(file, page)
    if way == "code":
        return [Block("code", _pieces(page.text, (0, len(page.text)), hit))]
    found = (match.span() for match in BLOCK.finditer(page.text))
    return [_block(page.text, span, hit, is_laid_out=way == "laid out") for span in found]


def _way(file: StoredFile, page: Page) -> str:
    """In a zip each page has the name of its own file in its label."""
    format_ = file.origin.get("format", "")
    if format_ != "ZIP":
        return "laid out" if format_ in LAID_OUT else "prose" if format_ in PROSE else "code"
    suffix = PurePosixPath(page.label.partition(" · ")[0]).suffix.lower()
    if suffix in LAID_OUT_SUFFIXES:
        return "laid out"
    return "code" if suffix in LANGUAGES or suffix in (".json", ".svg") else "prose"


def _block(text: str, span: Span, hit: Span, *, is_laid_out: bool) -> Block:
    start, end = span
    if is_laid_out and _is_table(text[start:end]):
        return Block("table", rows=tuple(_rows(text, span, hit)))
    if is_laid_out and (mark := HEADING.match(text, start)) and "\n" not in text[start:end]:
        return Block("heading", _pieces(text, (mark.end(), end), hit))
    return Block("paragraph", _pieces(text, span, hit))


def _is_table(text: str) -> bool:
    lines = text.split("\n")
    return len(lines) > 1 and RULE.fullmatch(lines[1]) is not None


def _rows(text: str, span: Span, hit: Span) -> Iterator[tuple[tuple[Piece, ...], ...]]:
    at = span[0]
    for number, line in enumerate(text[slice(*span)].split("\n")):
        if number != 1:
            places = (match.span() for match in CELL.finditer(text, at, at + len(line)))
            yield tuple(_pieces(text, place, hit, is_cell=True) for place in places)
        at += len(line) + 1


def _pieces(text: str, span: Span, hit: Span, *, is_cell: bool = False) -> tuple[Piece, ...]:
    """The part of `text` in three: before the hit, the hit, behind it; empty ones left out."""
    start, end = span
    first, last = (min(max(place, start), end) for place in hit)
    cuts = ((start, first, False), (first, last, True), (last, end, False))
    parts = ((text[left:right], is_hit) for left, right, is_hit in cuts)
    return tuple(
        Piece(part.replace("\\|", "|") if is_cell else part, is_hit)
        for part, is_hit in parts
        if part
    )
