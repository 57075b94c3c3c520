"""PowerPoint: a page for each slide, with its notes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zaichat.files.extracting.found import Found, Piece
from zaichat.files.extracting.tables import drawn

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DEEPEST = 8
"""Groups in groups."""


def from_slides(source: Path) -> Found:
    return Found("PowerPoint", MEDIA_TYPE, ".pptx", _pieces(source))


def _pieces(source: Path) -> Iterator[Piece]:
    from pptx import Presentation

    for number, slide in enumerate(Presentation(str(source)).slides, start=1):
        texts = [text for shape in slide.shapes for text in _texts(shape)]
        yield Piece(str(number), "\n\n".join([*texts, *_notes(slide)]))


def _texts(shape: Any, depth: int = 0) -> Iterator[str]:
    """Of a shape and of what is grouped in it."""
    if getattr(shape, "shapes", None) is not None and depth < DEEPEST:
        for inner in shape.shapes:
            yield from _texts(inner, depth + 1)
    elif shape.has_text_frame:
        if text := _lines(shape.text_frame.paragraphs):
            yield text
    elif getattr(shape, "has_table", False):
        rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
        yield drawn(rows)


def _lines(paragraphs: Iterable[Any]) -> str:
    return "\n".join(text for one in paragraphs if (text := one.text.replace("\v", "\n").strip()))


def _notes(slide: Any) -> list[str]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    text = _lines(frame.paragraphs) if frame is not None else ""
    return [f"Notes: {text}"] if text else []
