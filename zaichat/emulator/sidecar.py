"""Starts, watches and ends the one sidecar process that holds the local model."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from collections import deque

from .brain import KEY
from .weights import NoModel, Weights

LOADING = 120.0   # seconds a model may take to load
ENDING = 2.0      # seconds between closing its input and killing it
TAIL = 5          # lines of its own words kept for the reason of a failure


class Sidecar:
    """A loaded model behind `address`; `gone` is set when its process has ended."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.key = secrets.token_urlsafe(24)
        self.address = ""
        self.gone = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._words: deque[str] = deque(maxlen=TAIL)
        self._watchers: list[asyncio.Task[None]] = []

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Returns when the model answers. Raises NoModel with what it said instead."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "zaichat.emulator.brain",
            "--gguf", str(self.weights.path), "--alias", self.weights.label,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, KEY: self.key, "OMP_WAIT_POLICY": "passive"},
        )
        self._watchers = [asyncio.create_task(self._hear()), asyncio.create_task(self._watch())]
        try:
            async with asyncio.timeout(LOADING):
                self.address = await self._read_address()
        except TimeoutError as error:
            await self.stop()
            raise NoModel(f"the model did not load within {LOADING:.0f} s") from error

    async def stop(self) -> None:
        """Close its input, which ends it; kill it when it does not."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(ENDING):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _read_address(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if line.startswith(b"{"):
                self._watchers.append(asyncio.create_task(self._drain()))
                return str(json.loads(line)["address"])
        await self.gone.wait()
        said = " ".join(self._words) or "no word about why"
        raise NoModel(f"the model did not load (exit {self._process.returncode}): {said[:300]}")

    async def _hear(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._words.append(line.decode(errors="replace").strip())

    async def _drain(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for _ in self._process.stdout:
            pass

    async def _watch(self) -> None:
        assert self._process is not None
        await self._process.wait()
        self.gone.set()
