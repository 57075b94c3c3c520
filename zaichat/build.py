"""Which build of the static files is served, and how long the files of former builds stay.

The socket tells the name, so that an old tab can say so. Pages of a former build, and a server that
still runs from it, go on asking for its files: they stay for KEPT after the next one is collected.
"""

import json
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

KEPT = timedelta(days=14)
MANIFEST = "staticfiles.json"
COMPRESSED = (".br", ".gz")


def build_name(static_root: Path) -> str:
    """12 hex digits that change with any static file; "unbuilt" before collectstatic."""
    manifest = static_root / MANIFEST
    return sha256(manifest.read_bytes()).hexdigest()[:12] if manifest.is_file() else "unbuilt"


def mark_used(static_root: Path) -> None:
    """Files of the build that is about to be replaced were in use until now."""
    now = time.time()
    for file in current_files(static_root):
        if file.is_file():
            os.utime(file, (now, now))


def forget_former(static_root: Path, kept: timedelta = KEPT) -> list[Path]:
    """Remove what no build has used for so long; say which files these were."""
    current = set(current_files(static_root))
    oldest = time.time() - kept.total_seconds()
    former = [file for file in static_root.rglob("*") if file.is_file() and file not in current]
    gone = [file for file in former if file.stat().st_mtime < oldest]
    for file in gone:
        file.unlink()
    return gone


def current_files(static_root: Path) -> Iterator[Path]:
    """Everything of the present build, with its compressed twins."""
    manifest = static_root / MANIFEST
    yield manifest
    paths = json.loads(manifest.read_text())["paths"] if manifest.is_file() else {}
    for name in (*paths, *paths.values()):
        yield static_root / name
        yield from (static_root / f"{name}{ending}" for ending in COMPRESSED)
