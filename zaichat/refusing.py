"""Refuses a request's body that is too large: at its announcement, or when it has grown so far.

Mixed into a Twisted request. The refusal is written at once; what the client still sends is
thrown away for a moment, so that it reads the answer instead of a broken connection.
"""

import asyncio
from io import BytesIO
from typing import Any

LINGER = 2.0  # seconds
MAX_THROWN_AWAY = 1024 * 1024  # bytes
ANSWER = (
    b"HTTP/1.1 413 Content Too Large\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\n"
    b"Connection: close\r\n\r\n%s"
)


class Refusing:
    """`max_body` is in bytes."""

    max_body: int
    channel: Any
    content: Any
    requestHeaders: Any
    _received = 0
    _refused = False

    def gotLength(self, length: int | None) -> None:
        """Twisted's hook between the headers and the body; None means chunked."""
        if length is not None and length > self.max_body:
            self.content = BytesIO()
            self._refuse()
        else:
            super().gotLength(length)  # type: ignore[misc]

    def handleContentChunk(self, data: bytes) -> None:
        self._received += len(data)
        if not self._refused and self._received > self.max_body:
            self.content.close()
            self._refuse()
        if not self._refused:
            super().handleContentChunk(data)  # type: ignore[misc]
        elif self._received > MAX_THROWN_AWAY:
            self._hang_up()

    def process(self) -> Any:
        """Twisted's hook after the body; a refused request goes no further."""
        if self._refused:
            return self.channel.loseConnection()
        return super().process()  # type: ignore[misc]

    def _refuse(self) -> None:
        self._refused = True
        self._received = 0
        # A client that asked whether it may go on has its answer in this one.
        self.requestHeaders.removeHeader(b"Expect")
        limit = self.max_body // 1024**2
        words = f"The request is too large: at most {limit} MiB are allowed.\n".encode()
        self.channel.transport.write(ANSWER % (len(words), words))
        asyncio.get_running_loop().call_later(LINGER, self._hang_up)

    def _hang_up(self) -> None:
        if self.channel is not None:
            self.channel.transport.abortConnection()
