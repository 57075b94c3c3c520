"""Bodies of requests and answers, a piece at a time: mixed into a Twisted request of daphne's.

Daphne alone holds a whole body in memory, several times over, and writes an answer as fast as it
is made, however slowly it is read.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import IO, Any

PIECE = 256 * 1024  # bytes
STALLED = 60.0
"""Seconds without a byte taken after which a reader is given up."""

LARGE = 1024 * 1024  # bytes
AT_ONCE = 4
"""Large bodies that are worked on at one time; the others wait on the disk. Each is taken apart by
a thread, and many such threads hold everybody else's up."""

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


class Spent:
    """What stands in for a body that is read elsewhere: closes it, and holds nothing."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body

    @property
    def closed(self) -> bool:
        return self._body.closed

    def seek(self, offset: int, whence: int = 0) -> None: ...

    def read(self, size: int = -1) -> bytes:
        return b""

    def close(self) -> None:
        self._body.close()


class Unhurried:
    """A request whose body waits on the disk, and whose answer waits for its reader."""

    channel: Any
    content: Any
    body: IO[bytes] | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        self._room = asyncio.Event()
        self._room.set()
        # Twisted would take a form apart in memory; Django does it from the disk.
        super().__init__(*args, parsePOSTFormSubmission=False, **options)  # type: ignore[call-arg]

    def process(self) -> Any:
        """Twisted's hook after the body."""
        self.body, self.content = self.content, Spent(self.content)
        return super().process()  # type: ignore[misc]

    def begin_answer(self) -> None:
        if self.channel is not None:
            self.channel.registerProducer(self, True)

    def end_answer(self) -> None:
        if self.channel is not None:
            self.channel.unregisterProducer()

    def pauseProducing(self) -> None:
        self._room.clear()

    def resumeProducing(self) -> None:
        self._room.set()

    stopProducing = resumeProducing

    def connectionLost(self, reason: Any) -> None:
        self._room.set()
        super().connectionLost(reason)  # type: ignore[misc]

    async def drained(self) -> None:
        """Wait until what was written is on its way."""
        try:
            await asyncio.wait_for(self._room.wait(), STALLED)
        except TimeoutError:
            if self.channel is not None:
                self.channel.transport.abortConnection()


def reading(application: Application) -> Application:
    """Give `application` the body that the server put into the scope, piece by piece."""
    places = asyncio.Semaphore(AT_ONCE)

    async def served(scope: Scope, receive: Receive, send: Any) -> None:
        body = scope.pop("body", None)
        told = pieces(body, receive) if body else receive
        async with places if body and _is_large(body) else nullcontext():
            await application(scope, told, send)

    return served


def _is_large(body: IO[bytes]) -> bool:
    if body.closed:
        return False
    size = body.seek(0, os.SEEK_END)
    body.seek(0)
    return size > LARGE


def pieces(body: IO[bytes], receive: Receive) -> Receive:
    """Messages with the body, then what `receive` says after its own, empty one."""
    is_read = False

    async def said() -> Message:
        nonlocal is_read
        if is_read:
            return await receive()
        await asyncio.sleep(0)  # others have a turn between two pieces
        piece = b"" if body.closed else body.read(PIECE)
        if len(piece) < PIECE:
            is_read = True
            await receive()
        return {"type": "http.request", "body": piece, "more_body": not is_read}

    return said
