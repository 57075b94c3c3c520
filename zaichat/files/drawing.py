"""Draws one page of a PDF with a passage marked, in a process of its own with bounded memory and
time.

    python -m zaichat.files.drawing SOURCE FOLDER NUMBER

Looks for what is written in FOLDER/wanted.txt and writes FOLDER/page.png. Prints one JSON object:
`{"marked": how many lines}`, or `{"refused": code}`. Knows nothing of Django.
"""

import sys
from pathlib import Path
from typing import Any

from zaichat.files import limits
from zaichat.files.confined import Bounds, Refused, answer
from zaichat.files.extracting.pdf import opened
from zaichat.files.finding import passage

BOUNDS = Bounds(
    memory=limits.DOCUMENT_MEMORY,
    seconds=limits.DOCUMENT_SECONDS,
    file=limits.MAX_PICTURE_BYTES,
    outgrown="too_large_inside",
)
MARKER = (255, 214, 10, 90)
"""Yellow that lets what is written through."""
MARGIN = 2
"""Pixels around a marked line."""

Box = tuple[float, float, float, float]


def main() -> int:
    source, folder, number = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    return answer(lambda: drawn(source, folder, number), BOUNDS)


def drawn(source: Path, folder: Path, number: int) -> dict[str, Any]:
    document = opened(source)
    if not 1 <= number <= len(document):
        raise Refused("broken")
    page = document[number - 1]
    scale = limits.SCAN_SIDE / max(1, *page.get_size())
    bitmap = page.render(scale=scale)
    boxes = boxes_of(page, bitmap, (folder / "wanted.txt").read_text(encoding="utf-8"))
    marked(bitmap.to_pil().convert("RGB"), boxes).save(folder / "page.png", optimize=False)
    return {"marked": len(boxes)}


def boxes_of(page: Any, bitmap: Any, wanted: str) -> list[Box]:
    """Where the lines of the passage are, in pixels."""
    words = page.get_textpage()
    span = passage(written(words), wanted)
    if span is None:
        return []
    place = bitmap.get_posconv(page)
    boxes = []
    for number in range(words.count_rects(span[0], span[1] - span[0])):
        left, bottom, right, top = words.get_rect(number)
        ends = (place.to_bitmap(left, top), place.to_bitmap(right, bottom))
        (x0, y0), (x1, y1) = ends
        boxes.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return boxes


def written(words: Any) -> str:
    """The page's text, one sign for each that pdfium counts, so that places are the same."""
    import pypdfium2.raw

    raw: Any = pypdfium2.raw
    signs = (raw.FPDFText_GetUnicode(words, at) for at in range(words.count_chars()))
    return "".join(chr(sign) if sign else " " for sign in signs)


def marked(picture: Any, boxes: list[Box]) -> Any:
    if not boxes:
        return picture
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for left, top, right, bottom in boxes:
        pen.rectangle((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN), fill=MARKER)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


if __name__ == "__main__":
    sys.exit(main())
