"""Carries one generation's frames to one socket, no faster than its reader acknowledges.

The window counts bytes that were sent and not acknowledged. When it is full the relay pauses,
and meanwhile nothing is kept for the reader: what it misses stays in the run's own list.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import orjson

from conversations.engine.following import Follower

WINDOW = 1_000_000
"""Bytes on the way to a reader before the relay pauses."""

Write = Callable[[str], Awaitable[None]]


class ReaderTooSlow(Exception):
    """A full window saw no acknowledgement for too long."""


class Relay:
    def __init__(self, follower: Follower, write: Write, progress_within: float) -> None:
        self._follower = follower
        self._write = write
        self._progress_within = progress_within
        self._sent: deque[tuple[int, int]] = deque()
        self._on_the_way = 0
        self._acked = asyncio.Event()

    def ack(self, seen: int) -> None:
        while self._sent and self._sent[0][0] <= seen:
            self._on_the_way -= self._sent.popleft()[1]
        self._acked.set()

    async def run(self) -> None:
        """Send every frame to the end. Raises ReaderTooSlow."""
        async with aclosing(self._follower.frames()) as frames:
            async for frame in frames:
                encoded = orjson.dumps(frame)
                await self._write(encoded.decode())
                if "to" in frame:
                    self._sent.append((frame["to"], len(encoded)))
                    self._on_the_way += len(encoded)
                    await self._until_room()

    async def _until_room(self) -> None:
        while (before := self._on_the_way) >= WINDOW:
            try:
                async with asyncio.timeout(self._progress_within):
                    while self._on_the_way == before:
                        self._acked.clear()
                        await self._acked.wait()
            except TimeoutError:
                raise ReaderTooSlow from None
