"""Refuses a request's body that is too large: at its announcement, or when it has grown so far.
Also one for which the disk has no room.

Mixed into a Twisted request. The refusal is written at once; what the client still sends is
thrown away for a moment, so that it reads the answer instead of a broken connection.
"""

import asyncio
import contextlib
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import IO, Any

LINGER = 2.0  # seconds
MAX_THROWN_AWAY = 1024 * 1024  # bytes
UPLOADS = b"/files/"
COPIES = 4
"""How often the bytes of an upload are on the disk at one time, at most."""
IN_MEMORY = 64 * 1024  # bytes of a body
AT_A_READING = 256 * 1024
"""Bytes of a larger body that are taken from its line at one time. With Twisted's own 64 kB the
loop wants Python four times as often, and pages wait for it."""
TOO_LARGE = b"413 Content Too Large"
NO_ROOM = b"507 Insufficient Storage"
ANSWER = (
    b"HTTP/1.1 %s\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\n"
    b"Connection: close\r\n\r\n%s"
)


class Refusing:
    """`max_body` is in bytes; `max_upload` where files are taken. `folder` is where they go."""

    max_body: int
    max_upload: int
    folder: Path
    channel: Any
    content: Any
    requestHeaders: Any
    _limit = 0
    _received = 0
    _refused = False

    def gotLength(self, length: int | None) -> None:
        """Twisted's hook between the headers and the body; None means chunked."""
        self._limit = self.max_upload if self.channel._path == UPLOADS else self.max_body
        self.content = _body_file(length, self.folder)
        if length is not None and length > IN_MEMORY:
            self.channel.transport.bufferSize = AT_A_READING
        if length is not None and length > self._limit:
            self._refuse_as_too_large()
        elif length and length > IN_MEMORY and not self._has_room(length):
            self._refuse_for_want_of_room()

    def handleContentChunk(self, data: bytes) -> None:
        self._received += len(data)
        if not self._refused and self._received > self._limit:
            self._refuse_as_too_large()
        if self._refused:
            if self._received > MAX_THROWN_AWAY:
                self._hang_up()
            return
        try:
            super().handleContentChunk(data)  # type: ignore[misc]
        except OSError:
            self._refuse_for_want_of_room()

    def process(self) -> Any:
        """Twisted's hook after the body; a refused request goes no further."""
        if self._refused:
            return self.channel.loseConnection()
        return super().process()  # type: ignore[misc]

    def _has_room(self, length: int) -> bool:
        return shutil.disk_usage(self.folder).free > COPIES * length

    def _refuse_as_too_large(self) -> None:
        limit = self._limit // 1024**2
        self._refuse(TOO_LARGE, f"The request is too large: at most {limit} MiB are allowed.\n")

    def _refuse_for_want_of_room(self) -> None:
        self._refuse(NO_ROOM, "The server's disk is full.\n")

    def _refuse(self, status: bytes, said: str) -> None:
        self._refused = True
        self._received = 0
        with contextlib.suppress(OSError):
            self.content.close()
        self.content = BytesIO()
        # A client that asked whether it may go on has its answer in this one.
        self.requestHeaders.removeHeader(b"Expect")
        words = said.encode()
        self.channel.transport.write(ANSWER % (status, len(words), words))
        asyncio.get_running_loop().call_later(LINGER, self._hang_up)

    def _hang_up(self) -> None:
        if self.channel is not None:
            self.channel.transport.abortConnection()


def _body_file(length: int | None, folder: Path) -> IO[bytes]:
    """Where a body is kept while it arrives: large ones lie beside the data, not in memory."""
    if length is not None and length <= IN_MEMORY:
        return BytesIO()
    incoming = folder / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    return tempfile.TemporaryFile(dir=incoming)
