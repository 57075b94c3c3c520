"""Excel: the values of every sheet, as they were last calculated."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from zaichat.files.extracting.found import Found, Piece
from zaichat.files.extracting.tables import blocks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def from_sheets(source: Path) -> Found:
    found = Found("Excel", MEDIA_TYPE, ".xlsx", (), {"sheets": 0})
    found.pieces = _pieces(source, found.origin)
    return found


def _pieces(source: Path, origin: dict[str, Any]) -> Iterator[Piece]:
    """`origin` counts the sheets that have anything on them."""
    from openpyxl import load_workbook

    with source.open("rb") as file:
        workbook = load_workbook(file, read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            # What a sheet says of its own size may be wrong, or a whole empty sheet.
            sheet.reset_dimensions()
            rows = (written(row) for row in sheet.iter_rows(values_only=True))
            for number, piece in enumerate(blocks(sheet.title, rows)):
                origin["sheets"] += number == 0
                yield piece


def written(row: tuple[Any, ...]) -> list[str]:
    """Without the empty cells at its end."""
    cells = [shown(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
