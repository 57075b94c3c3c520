"""Tables as text: rows of Markdown, which models read well and the viewer draws."""

from collections.abc import Iterable, Iterator, Sequence

from zaichat.files import limits
from zaichat.files.extracting.found import Piece

Row = Sequence[str]


def drawn(rows: Iterable[Row]) -> str:
    """The first row is the head."""
    head, *others = list(rows) or [()]
    below = [line(row) for row in others]
    return "\n".join([line(head), f"|{' --- |' * len(head)}", *below]) if head else ""


def line(row: Row) -> str:
    return f"| {' | '.join(cell(value) for value in row)} |"


def cell(value: str) -> str:
    return " ".join(value.split()).replace("|", "\\|")


def blocks(title: str, rows: Iterable[Row]) -> Iterator[Piece]:
    """A long table in pieces of so many rows, each with the head and labelled by its rows."""
    head: Row = ()
    block: list[Row] = []
    first = number = 0
    for number, row in enumerate(rows, start=1):
        if not any(row):
            continue
        if len(block) == limits.PAGE_LINES:
            yield _block(title, block, head, (first, number - 1))
            block = []
        first = first if block else number
        head = head or row
        block.append(row)
    is_whole = block and block[0] is head
    if block:
        place = "" if is_whole and title else f"{first}–{number}"
        yield Piece(_labelled(title, place), _drawn_with(block, head))


def _block(title: str, block: list[Row], head: Row, rows: tuple[int, int]) -> Piece:
    return Piece(_labelled(title, f"{rows[0]}–{rows[1]}"), _drawn_with(block, head))


def _drawn_with(block: list[Row], head: Row) -> str:
    return drawn(block if block[0] is head else [head, *block])


def _labelled(title: str, place: str) -> str:
    return " · ".join(part for part in (title, place) if part)
