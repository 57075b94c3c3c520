"""A process of its own that reads the text of a document: what a file does to it ends with it.

`python -m zaichat.emulator.documents.reading FILE SUFFIX [FIRST LAST]` prints one JSON object:
`{"pages": [{"text", "width", "height", "lines": [[x1, y1, x2, y2, text]]}], "count": n}`, or
`{"unreadable": why}` with one of WHY. Lines have their places, in shares of the page, in PDF only.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

WHY = ("unknown", "locked", "broken")
MEMORY = 1536 * 1024 * 1024  # bytes of address space
SECONDS = 30  # of processor time
MOST_TEXT = 10_000_000  # characters
MOST_PAGES = 2000
MOST_ROWS = 20_000
ENCODINGS = ("utf-8-sig", "gb18030")

Page = dict[str, Any]


def plain(path: Path) -> Iterator[str]:
    yield decoded(path.read_bytes())


def decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def table(rows: Iterator[list[str]]) -> str:
    """As Markdown draws one."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    rule = "|" + " --- |" * (lines[0].count(" | ") + 1) if lines else ""
    return "\n".join([*lines[:1], rule, *lines[1:]]).strip()


def separated(path: Path) -> Iterator[str]:
    rows = csv.reader(io.StringIO(decoded(path.read_bytes())))
    yield table(row for number, row in enumerate(rows) if row and number < MOST_ROWS)


class Words(HTMLParser):
    """The text of a page without its scripts."""

    BLOCKS = re.compile("p|div|br|li|tr|h[1-6]|section|article|table")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.said += ["\n"] if self.BLOCKS.fullmatch(tag) else []

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


def hypertext(path: Path) -> Iterator[str]:
    reader = Words()
    reader.feed(decoded(path.read_bytes()))
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    yield "\n".join(filter(None, lines))


def word(path: Path) -> Iterator[str]:
    import docx

    document = docx.Document(str(path))
    tables = (
        table([cell.text for cell in row.cells] for row in one.rows) for one in document.tables
    )
    yield "\n\n".join([*(one.text for one in document.paragraphs if one.text.strip()), *tables])


def workbook(path: Path) -> Iterator[str]:
    import openpyxl

    with path.open("rb") as file:  # of a path it believes the suffix, which is ours
        for sheet in openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets:
            rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS)
            cells = (["" if cell is None else str(cell) for cell in row] for row in rows)
            yield f"# {sheet.title}\n\n{table(row for row in cells if any(row))}"


def slides(path: Path) -> Iterator[str]:
    import pptx

    for slide in pptx.Presentation(str(path)).slides:
        frames = (shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        yield "\n".join(filter(None, frames))


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    **dict.fromkeys((".txt", ".md", ".json", ".jsonl"), plain),
    **dict.fromkeys((".html", ".htm"), hypertext),
    ".csv": separated,
    ".docx": word,
    ".xlsx": workbook,
    ".pptx": slides,
}


def portable(path: Path, first: int, last: int) -> dict[str, Any]:
    """The pages of a PDF from `first` to `last`, counted from 1, and how many there are."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return {"unreadable": "locked" if "assword" in str(error) else "broken"}
    numbers = range(first - 1, min(last, len(document)))
    return {"count": len(document), "pages": [printed(document[number]) for number in numbers]}


def printed(page: Any) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = (text.get_rect(number) for number in range(text.count_rects()))
    lines = [
        [*placed(box, width, height), said.strip()]
        for box in boxes
        if (said := text.get_text_bounded(*box)).strip()
    ]
    whole = text.get_text_range().replace("\r\n", "\n").strip()
    page.close()
    return {"text": whole, "width": round(width), "height": round(height), "lines": lines}


def placed(box: tuple[float, ...], width: float, height: float) -> list[float]:
    """From points above the lower edge to shares below the upper one, within the page."""
    left, bottom, right, top = box
    shares = left / width, 1 - top / height, right / width, 1 - bottom / height
    return [round(min(max(share, 0.0), 1.0), 4) for share in shares]


def read(path: Path, suffix: str, first: int = 1, last: int = MOST_PAGES) -> dict[str, Any]:
    if suffix == ".pdf":
        return portable(path, first, last)
    reader = READERS.get(suffix)
    if reader is None:
        return {"unreadable": "unknown"}
    pages, left = list[Page](), MOST_TEXT
    for text in reader(path):
        pages.append({"text": text[:left], "width": 0, "height": 0, "lines": []})
        left -= len(text)
        if left <= 0:
            break
    return {"count": len(pages), "pages": pages}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    path, suffix, *span = sys.argv[1:]
    try:
        found = read(Path(path), suffix, *map(int, span))
    except Exception:  # whatever the libraries raise on broken files
        found = {"unreadable": "broken"}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
