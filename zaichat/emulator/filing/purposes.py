"""What may be uploaded for what (API: files, `purpose`). Where the platforms differ, the wider
limit holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..errors import ApiError

MB = 1024 * 1024
BIGGEST = 100 * MB
PICTURES = frozenset({".png", ".jpg", ".jpeg"})
BIGGEST_PICTURE = 5 * MB
OFFICE = frozenset({".pdf", ".docx", ".doc", ".xls", ".xlsx", ".txt", ".csv"}) | PICTURES
MOST_LINES = 50_000
SHORTEST_ID = 6


@dataclass(frozen=True)
class Purpose:
    """The suffixes, the bytes of one file, and how many files a key may hold."""

    suffixes: frozenset[str]
    bytes: int = BIGGEST
    files: int = 1000


LINES = Purpose(frozenset({".jsonl"}))
PURPOSES = {
    "batch": LINES,
    "code-interpreter": Purpose(OFFICE, 20 * MB, 100),
    "agent": Purpose(OFFICE | {".ppt", ".pptx"}),
    "user_data": Purpose(OFFICE | {".ppt", ".pptx", ".jsonl", ".md"}),
    "voice-clone-input": Purpose(frozenset({".mp3", ".wav"}), 10 * MB),
    "fine-tune": LINES,
    "retrieval": Purpose(frozenset({".doc", ".docx", ".pdf", ".xlsx"}), 5 * MB),
}


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def check(purpose: str, name: str, size: int) -> None:
    """Raises ApiError for what this purpose does not take."""
    if not purpose:
        raise ApiError("1213", "purpose")
    if purpose not in PURPOSES:
        raise ApiError("1214", "purpose")
    limits, suffix = PURPOSES[purpose], suffix_of(name)
    most = min(limits.bytes, BIGGEST_PICTURE) if suffix in PICTURES else limits.bytes
    if suffix not in limits.suffixes or not 0 < size <= most:
        raise ApiError("1214", "file")


def check_batch(path: Path) -> None:
    """Each line a request with an id of its own, as the service looks at upload."""
    ids: set[str] = set()
    with path.open("rb") as lines:
        for line in lines:
            if not line.strip():
                continue
            try:
                id = json.loads(line)["custom_id"]
            except (ValueError, TypeError, KeyError):
                raise ApiError("1210") from None
            if not isinstance(id, str) or len(id) < SHORTEST_ID or id in ids:
                raise ApiError("1210")
            ids.add(id)
            if len(ids) > MOST_LINES:
                raise ApiError("1210")
    if not ids:
        raise ApiError("1210")
