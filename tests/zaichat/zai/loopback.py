"""A server on the loopback that answers byte by byte as a test tells it, and counts what it got."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\n"


@dataclass
class Exchange:
    """One request and the line back. `headers` have lower-case names."""

    headers: dict[str, str]
    body: dict[str, Any]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, *pieces: str | bytes) -> None:
        for piece in pieces:
            self.writer.write(piece.encode() if isinstance(piece, str) else piece)
            await self.writer.drain()

    async def start_stream(self, extra: str = "") -> None:
        """The head of an event stream that lasts until the connection closes."""
        await self.send(f"{SSE}Connection: close\r\n{extra}\r\n")

    async def answer(self, status: int, body: str, headers: str = "") -> None:
        kind = "text/html" if body.startswith("<") else "application/json"
        await self.send(
            f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\n{headers}"
            f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
        )

    async def client_leaves(self) -> None:
        """Wait until the client closes its side."""
        while await self.reader.read(1024):
            pass
        self.gone.set()

    def reset(self) -> None:
        """End the connection with RST instead of FIN."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Answer = Callable[[Exchange], Awaitable[None]]


class Upstream:
    """Use it with `async with`. `answer` is called for each request, on its own connection or
    on one that is used again."""

    def __init__(self, answer: Answer) -> None:
        self.exchanges: list[Exchange] = []
        self.connections = 0
        self._answer = answer

    @property
    def url(self) -> str:
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://{host}:{port}/api/paas/v4"

    async def __aenter__(self) -> "Upstream":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._server.close()
        for exchange in self.exchanges:
            exchange.writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while exchange := await self._read(reader, writer):
                self.exchanges.append(exchange)
                await self._answer(exchange)
                if writer.is_closing():
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _read(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Exchange | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        except asyncio.IncompleteReadError:
            return None
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:-2])
        }
        body = await reader.readexactly(int(headers["content-length"]))
        return Exchange(headers, json.loads(body), reader, writer)


def event(**chunk: Any) -> str:
    """One SSE event with `chunk` as its JSON."""
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


def says(text: str, field: str = "content") -> str:
    """An event with one piece of text, as the vendor writes it."""
    delta = {"role": "assistant", field: text}
    return event(id="1", model="glm-4.6", choices=[{"index": 0, "delta": delta}])


def finishes(reason: str = "stop", **more: Any) -> str:
    """The last event: an empty content, the reason, and what else is given."""
    choice = {"index": 0, "finish_reason": reason, "delta": {"role": "assistant", "content": ""}}
    return event(id="1", model="glm-4.6", choices=[choice], **more)


DONE = "data: [DONE]\n\n"
