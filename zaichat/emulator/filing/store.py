"""The files of everybody, on disk with a JSON beside each.

Old ones go, and the oldest where there is no room for more.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from ..errors import ApiError
from .purposes import PURPOSES
from .uploads import Upload

KEPT = 30 * 86400.0  # seconds, as documented
ROOM = 1024**3  # bytes of all files together


@dataclass(frozen=True)
class Kept:
    """A file. `owner`: the id of the key that uploaded it."""

    id: str
    owner: str
    filename: str
    purpose: str
    bytes: int
    created_at: int

    def shown(self) -> dict[str, Any]:
        known = asdict(self)
        del known["owner"]
        return {"object": "file", **known}


class FileStore:
    """`folder`: where files survive a restart; without one they go with the process."""

    def __init__(self, folder: Path | None) -> None:
        self._own = None if folder else tempfile.mkdtemp(prefix="stand-in-")
        self.folder = (folder or Path(str(self._own))) / "files"
        self._files: dict[str, Kept] = {}

    def open(self) -> None:
        """Read what was kept; half-written files of an earlier life go."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for half in self.folder.glob("*.part"):
            half.unlink()
        # Of one second, too, the order in which they came.
        for path in sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns):
            kept = Kept(**json.loads(path.read_bytes()))
            self._files[kept.id] = kept
        self.sweep()

    def close(self) -> None:
        if self._own:
            shutil.rmtree(self._own, ignore_errors=True)

    def add(self, upload: Upload, owner: str, purpose: str) -> Kept:
        """Takes the upload's bytes away. Raises ApiError when the key holds too many."""
        held = sum(kept.purpose == purpose for kept in self.of(owner))
        if held >= PURPOSES[purpose].files:
            raise ApiError("1214", "file")
        now = int(time.time())
        id = f"{now}_{secrets.token_hex(16)}"
        kept = Kept(id, owner, upload.name, purpose, upload.size, now)
        os.replace(upload.path, self.path(id))
        half = self.folder / f"{id}.part"
        half.write_text(json.dumps(asdict(kept)), encoding="utf-8")
        os.replace(half, self.path(id).with_suffix(".json"))
        self._files[id] = kept
        self.sweep(but=kept)
        return kept

    def of(self, owner: str) -> list[Kept]:
        """The newest first."""
        return [kept for kept in reversed(self._files.values()) if kept.owner == owner]

    def find(self, id: str, owner: str) -> Kept:
        kept = self._files.get(id)
        if kept is None or kept.owner != owner:
            raise ApiError("1214", "file_id", status=404)
        return kept

    def path(self, id: str) -> Path:
        return self.folder / f"{id}.bin"

    def remove(self, kept: Kept) -> None:
        del self._files[kept.id]
        self.path(kept.id).with_suffix(".json").unlink(missing_ok=True)
        self.path(kept.id).unlink(missing_ok=True)

    def sweep(self, *, but: Kept | None = None) -> None:
        """What is too old, and of the rest the oldest until it fits; what has just come stays."""
        too_old = time.time() - KEPT
        total = sum(kept.bytes for kept in self._files.values())
        for kept in list(self._files.values()):
            if kept is not but and (kept.created_at <= too_old or total > ROOM):
                total -= kept.bytes
                self.remove(kept)


FILES: web.AppKey[FileStore] = web.AppKey("files", FileStore)
