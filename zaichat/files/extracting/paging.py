"""Cuts what flows into pages: where its author ends them, else at about a printed page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zaichat.files import limits
from zaichat.files.extracting.found import Piece

MOST = 4 * limits.PAGE_SIGNS
"""A block that is longer is cut in the middle."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading of `level` 0 to 9, or a table."""

    text: str
    level: int | None = None
    is_new_page: bool = False


@dataclass(slots=True)
class _Page:
    blocks: list[str] = field(default_factory=list)
    signs: int = 0

    def add(self, block: Block) -> None:
        is_heading = block.level is not None and block.text
        text = (
            f"{'#' * max(1, min(6, block.level or 0))} {block.text}" if is_heading else block.text
        )
        if text:
            self.blocks.append(text)
            self.signs += len(text)

    def has_room_for(self, block: Block) -> bool:
        """A heading near the end of a page begins the next one."""
        if block.level is not None:
            return self.signs < limits.PAGE_SIGNS // 3
        return self.signs + len(block.text) // 2 <= limits.PAGE_SIGNS

    @property
    def text(self) -> str:
        return "\n\n".join(self.blocks)


def paged(blocks: Iterable[Block]) -> Iterator[Piece]:
    """Labelled by number where the file has pages of its own, else by the heading above."""
    whole = [short for block in blocks for short in _shortened(block)]
    if any(block.is_new_page for block in whole):
        return _by_breaks(whole)
    return _by_length(whole)


def _by_breaks(blocks: Iterable[Block]) -> Iterator[Piece]:
    page, number = _Page(), 1
    for block in blocks:
        if block.is_new_page:
            yield Piece(str(number), page.text)
            page, number = _Page(), number + 1
        page.add(block)
    yield Piece(str(number), page.text)


def _by_length(blocks: Iterable[Block]) -> Iterator[Piece]:
    page, heading = _Page(), ""
    used: Counter[str] = Counter()
    label = ""
    for block in blocks:
        if page.blocks and not page.has_room_for(block):
            yield Piece(_numbered(label, used), page.text)
            page, label = _Page(), heading
        if block.level is not None and block.text:
            heading = block.text
            label = heading if not page.blocks else label or heading
        page.add(block)
    if page.blocks:
        yield Piece(_numbered(label, used), page.text)


def _numbered(label: str, used: "Counter[str]") -> str:
    """Pages without a heading of their own go on counting under the one before."""
    used[label] += 1
    number = str(used[label])
    return number if not label else label if number == "1" else f"{label} · {number}"


def _shortened(block: Block) -> Iterator[Block]:
    """A block as it is, or in lines where it would fill pages by itself."""
    if len(block.text) <= MOST:
        yield block
        return
    for piece in chunks(block.text.splitlines()):
        yield Block(piece)


def chunks(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together up to a page's length; a line that is longer is cut."""
    held: list[str] = []
    signs = 0
    for line in lines:
        for at in range(0, max(1, len(line)), MOST):
            part = line[at : at + MOST]
            if held and signs + len(part) > limits.PAGE_SIGNS:
                yield "\n".join(held)
                held, signs = [], 0
            held.append(part)
            signs += len(part)
    if held:
        yield "\n".join(held)
