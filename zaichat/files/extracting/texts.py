"""Texts: prose, Markdown, tables of values, JSON, HTML, programs. What a text is is read in it
where that can be, else told by the suffix it came with; either way it was text before."""

import csv
import io
import json
import re
from collections.abc import Iterator

from zaichat.files import limits
from zaichat.files.extracting.decoding import Text
from zaichat.files.extracting.found import Found, Piece
from zaichat.files.extracting.paging import chunks
from zaichat.files.extracting.tables import blocks
from zaichat.files.languages import LANGUAGES

MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I)
DRAWING = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+svg[^>]*>\s*)?<svg\b", re.I)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TAG = re.compile(r"<[a-z!/][^>]{0,200}>", re.I)
PASTED = ".pasted"
"""What was pasted into the message box is asked about as it stands, markup and all."""
SEPARATORS = "\t;,|"
LOOKED_AT = 20
"""Lines in which the separator of a table is counted."""
WIDE = 2000
"""Signs in a line of JSON above which it is laid out anew: nobody wrote it to be read."""
MOST_JSON = 2_000_000


def from_text(text: Text, suffix: str) -> Found:
    found = _as_what_it_is(text.content, suffix)
    found.origin["encoding"] = text.encoding
    return found


def _as_what_it_is(content: str, suffix: str) -> Found:
    if suffix == PASTED:
        return Found("Text", "text/plain", ".txt", _prose(content))
    head = content[:4096]
    if MARKUP.match(head) or (suffix in HTML_SUFFIXES and TAG.search(head)):
        from zaichat.files.extracting.markup import text_of

        return Found("HTML", "text/html", ".html", _prose(text_of(content)))
    if DRAWING.match(head):
        return Found("SVG", "image/svg+xml", ".svg", _lines(content))
    return _as_its_suffix_says(content, suffix)


def _as_its_suffix_says(content: str, suffix: str) -> Found:
    if suffix in (".csv", ".tsv"):
        return Found("CSV", "text/csv", suffix, blocks("", _rows(content)))
    if suffix in (".json", ".jsonl", ".geojson", ".ipynb"):
        return Found("JSON", "application/json", suffix, _lines(_laid_out(content)))
    if suffix in (".md", ".markdown"):
        return Found("Markdown", "text/markdown", suffix, _prose(content))
    if suffix in LANGUAGES:
        return Found(LANGUAGES[suffix], "text/plain", suffix, _lines(content))
    return Found("Text", "text/plain", ".txt", _prose(content))


def _prose(content: str) -> Iterator[Piece]:
    for number, piece in enumerate(chunks(content.split("\n")), start=1):
        yield Piece(str(number), piece)


def _lines(content: str) -> Iterator[Piece]:
    """Pages of so many lines, labelled by them."""
    lines = content.rstrip().split("\n")
    for first in range(0, len(lines), limits.PAGE_LINES):
        block = lines[first : first + limits.PAGE_LINES]
        label = f"{first + 1}–{first + len(block)}"
        text = "\n".join(block)
        long = 10 * limits.PAGE_SIGNS
        for at in range(0, max(1, len(text)), long):
            yield Piece(label, text[at : at + long])


def _rows(content: str) -> Iterator[list[str]]:
    csv.field_size_limit(limits.MAX_TEXT)
    yield from csv.reader(io.StringIO(content), delimiter=_separator(content))


def _separator(content: str) -> str:
    """The sign that stands equally often in the first lines, and oftenest."""
    lines = [line for line in content[:100_000].split("\n")[:LOOKED_AT] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: (min(counts[sign], default=0), sum(counts[sign])))


def _laid_out(content: str) -> str:
    lines = content.count("\n") + 1
    if len(content) > MOST_JSON or len(content) < WIDE * lines:
        return content
    try:
        return json.dumps(json.loads(content), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return content
