"""Writes down what is found, page by page, within the limits."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from zaichat.files import limits
from zaichat.files.confined import Bounds, Refused, answer
from zaichat.files.extracting.formats import extract
from zaichat.files.extracting.found import Found, Piece, Room

BOUNDS = Bounds(
    memory=limits.DOCUMENT_MEMORY,
    seconds=limits.DOCUMENT_SECONDS,
    file=limits.MAX_UNPACKED,
    outgrown="too_large_inside",
)
LABEL = 60
"""Signs, as in `zaichat.files.models.MAX_LABEL`."""


def main() -> int:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    return answer(lambda: extracted(source, folder), BOUNDS)


def extracted(source: Path, folder: Path) -> dict[str, Any]:
    try:
        found = extract(source, source.suffix.lower(), Room(folder, limits.MAX_UNPACKED))
        with (folder / "pages.jsonl").open("w", encoding="utf-8") as file:
            count = written(file, found)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Decoders meet broken bytes with every kind of error there is.
        print(f"{type(error).__name__}: {error}"[:500], file=sys.stderr)
        raise Refused("broken") from None
    if not count:
        raise Refused("no_text")
    return {
        "format": found.format,
        "media_type": found.media_type,
        "suffix": found.suffix,
        "page_count": count,
        "thumbnail": found.thumbnail,
        "origin": found.origin,
    }


def written(file: IO[str], found: Found) -> int:
    """How many pages there are; none where not one has anything on it."""
    count, has_content = 0, False
    for count, piece in enumerate(bounded(found), start=1):
        has_content |= bool(piece.text or piece.picture)
        page = {"number": count, "label": label(piece.label) or str(count), "text": piece.text}
        file.write(json.dumps(page | {"picture": piece.picture}) + "\n")
    return count if has_content else 0


def bounded(found: Found) -> Iterator[Piece]:
    signs = 0
    for number, piece in enumerate(found.pieces, start=1):
        text = clean(piece.text).strip("\n")
        signs += len(text)
        if number > limits.MAX_PAGES:
            raise Refused("too_many_pages")
        if signs > limits.MAX_TEXT:
            raise Refused("too_much_text")
        yield Piece(piece.label, text, piece.picture)


def clean(text: str) -> str:
    """Without what no database takes: zero bytes and halves of signs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def label(said: str) -> str:
    """In one line, its end rather than its beginning: that is where the page is."""
    line = " ".join(clean(said).split())
    return line if len(line) <= LABEL else f"…{line[1 - LABEL :]}"


if __name__ == "__main__":
    sys.exit(main())
