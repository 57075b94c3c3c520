"""Starts, watches and ends the one sidecar process that holds the local model."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque

from .brain import KEY
from .weights import NoModel, Weights

LOADING = 120.0  # seconds a model may take to load
ENDING = 2.0  # seconds between closing its input and killing it
TAIL = 5  # lines of its own words kept for the reason of a failure


class Sidecar:
    """A process with a model, behind `address` once `loaded` has returned."""

    def __init__(self, weights: Weights, process: Process, key: str) -> None:
        self.weights = weights
        self.key = key
        self.address = ""
        self._process = process
        self._words: deque[str] = deque(maxlen=TAIL)
        self._listeners = [asyncio.create_task(self._hear(process.stderr))]

    @property
    def pid(self) -> int:
        return self._process.pid

    async def loaded(self) -> None:
        """Wait until the model answers. Raises NoModel with what it said instead."""
        try:
            async with asyncio.timeout(LOADING):
                self.address = await self._read_address()
        except TimeoutError as error:
            raise NoModel(f"the model did not load within {LOADING:.0f} s") from error

    async def ended(self) -> None:
        await self._process.wait()

    async def stop(self) -> None:
        """Close its input, which ends it; kill it when it does not."""
        if self._process.returncode is not None:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            async with asyncio.timeout(ENDING):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _read_address(self) -> str:
        output = self._process.stdout
        while output is not None and (line := await output.readline()):
            if line.startswith(b"{"):
                self._listeners.append(asyncio.create_task(self._hear(output)))
                return str(json.loads(line)["address"])
        code = await self._process.wait()
        said = " ".join(self._words) or "no word about why"
        raise NoModel(f"the model did not load (exit {code}): {said[:300]}")

    async def _hear(self, stream: asyncio.StreamReader | None) -> None:
        """Keep its last words; a full pipe would stop it."""
        while stream is not None and (line := await stream.readline()):
            self._words.append(line.decode(errors="replace").strip())


async def start(weights: Weights) -> Sidecar:
    """The process, not yet loaded."""
    key = secrets.token_urlsafe(24)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "zaichat.emulator.brain",
        "--gguf", str(weights.path), "--alias", weights.label,
        stdin=PIPE, stdout=PIPE, stderr=PIPE,
        env={**os.environ, KEY: key, "OMP_WAIT_POLICY": "passive"},
    )  # fmt: skip
    return Sidecar(weights, process, key)
