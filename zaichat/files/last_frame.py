"""Writes how a film ends as a picture, in a process of its own with bounded memory and time.

    python -m zaichat.files.last_frame SOURCE FOLDER

Prints one JSON object, see `confined`: `{"name": …}` of the file in FOLDER. Knows nothing of
Django.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from zaichat.files.confined import Refused, answer
from zaichat.files.filming import BOUNDS, opened, picture_of

QUALITY = 95
FROM_END = 2_000_000
"""Microseconds before the end from which it is decoded; the seek goes to a whole picture before."""


def main() -> int:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    return answer(lambda: ended(source, folder), BOUNDS)


def ended(source: Path, folder: Path) -> dict[str, Any]:
    import av

    try:
        with opened(source) as container:
            picture = last_of(container)
    except (av.error.FFmpegError, ValueError, OverflowError, IndexError):
        raise Refused("broken") from None
    picture.convert("RGB").save(folder / "last.jpg", quality=QUALITY)
    return {"name": "last.jpg"}


def last_of(container: Any) -> Any:
    """The last frame, upright, in its full size."""
    stream = picture_of(container)
    if stream is None:
        raise Refused("nothing_in_it")
    stream.thread_type = "NONE"
    container.seek(max(0, (container.duration or 0) - FROM_END), backward=True)
    last = None
    for frame in container.decode(stream):
        last = frame
    if last is None:
        raise Refused("broken")
    picture = last.to_image()
    return picture.rotate(last.rotation, expand=True) if last.rotation else picture


if __name__ == "__main__":
    sys.exit(main())
