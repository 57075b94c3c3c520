"""Everything that is being made and was made, one folder each; it survives a restart."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from ..errors import ApiError
from .wishes import Wish

PROCESSING, SUCCESS, FAIL = "PROCESSING", "SUCCESS", "FAIL"

KEPT = 86400.0  # seconds; the vendor keeps pictures for 30 days and films for one
MOST = 500  # made things; the oldest go
AT_ONCE = 1
"""Painters at one time: each takes a core."""

FILM_TAKES = 5.0  # seconds at least, so that waiting can be seen
PAINTING_TAKES = 120.0  # seconds at most

NAMES = {"image": "made.png", "video": "made.mp4"}


@dataclass
class Made:
    """`code`: the business code of a failure."""

    id: str
    model: str
    kind: str
    wish: dict[str, Any]
    created: float
    status: str = PROCESSING
    code: str = ""

    @property
    def fault(self) -> str:
        return str(self.wish["fault"])

    @property
    def times(self) -> int:
        return int(self.wish["times"])


class Studio:
    """`folder`: where it all lies; without one it goes with the process."""

    def __init__(self, folder: Path | None) -> None:
        self._own = None if folder else tempfile.mkdtemp(prefix="stand-in-studio-")
        self._folder = (folder or Path(str(self._own))) / "studio"
        self._made: dict[str, Made] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self.asked: Counter[tuple[str, str]] = Counter()
        """How often a fault has shown itself, by task and fault."""

    def resume(self) -> None:
        """Read what was kept and go on with what was unfinished."""
        for path in sorted(self._folder.glob("*/task.json")):
            made = Made(**json.loads(path.read_bytes()))
            if time.time() - made.created > KEPT:
                shutil.rmtree(path.parent)
                continue
            self._made[made.id] = made
            if made.status == PROCESSING:
                self._start(made)

    async def stop(self) -> None:
        for running in self._running.values():
            running.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        if self._own:
            shutil.rmtree(self._own, ignore_errors=True)

    def submit(self, wish: Wish, id: str) -> Made:
        known = {name: value for name, value in asdict(wish).items() if name != "start"}
        made = Made(id, wish.model, wish.kind, known, time.time())
        folder = self._folder / id
        folder.mkdir(parents=True)
        if wish.start:
            (folder / "start").write_bytes(wish.start)
        self._made[id] = made
        self._save(made)
        self._start(made)
        self._forget_oldest()
        return made

    async def finished(self, made: Made) -> Made:
        """Wait for it. Raises ApiError where it failed."""
        await self._running[made.id]
        if made.status == FAIL:
            raise ApiError(made.code)
        return made

    def find(self, id: str) -> Made | None:
        return self._made.get(id)

    def file(self, id: str, name: str) -> Path | None:
        """A finished file by its names, which came over the network."""
        made = self._made.get(id)
        if made is None or made.status != SUCCESS or name not in (NAMES[made.kind], "cover.jpg"):
            return None
        path = self._folder / made.id / name
        return path if path.is_file() else None

    def _start(self, made: Made) -> None:
        running = asyncio.create_task(self._run(made))
        self._running[made.id] = running
        running.add_done_callback(lambda _: self._running.pop(made.id, None))

    async def _run(self, made: Made) -> None:
        if made.fault == "stuck":
            await asyncio.Event().wait()
        async with self._places:
            begun = time.monotonic()
            made.status, made.code = await self._painted(made)
        if made.kind == "video" and made.fault != "quick":
            await asyncio.sleep(max(0.0, FILM_TAKES - (time.monotonic() - begun)))
        self._save(made)

    async def _painted(self, made: Made) -> tuple[str, str]:
        if made.fault == "fail":
            return FAIL, "1301"
        folder = self._folder / made.id
        wish = {**made.wish, "start": "start" if (folder / "start").exists() else ""}
        painter = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", f"{__package__.rpartition('.')[0]}.painting.making"),
            *(json.dumps(wish), str(folder)),
            cwd=Path(__file__).parents[3],
        )
        try:
            code = await asyncio.wait_for(painter.wait(), PAINTING_TAKES)
        except BaseException:
            painter.kill()
            raise
        return (SUCCESS, "") if code == 0 else (FAIL, "1230")

    def _save(self, made: Made) -> None:
        path = self._folder / made.id / "task.json"
        half = path.with_suffix(".part")
        half.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
        os.replace(half, path)

    def _forget_oldest(self) -> None:
        while len(self._made) > MOST:
            oldest = next(iter(self._made))
            if oldest in self._running:
                return
            del self._made[oldest]
            shutil.rmtree(self._folder / oldest, ignore_errors=True)


STUDIO: web.AppKey[Studio] = web.AppKey("studio", Studio)
