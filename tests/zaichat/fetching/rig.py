"""A web server on this machine that answers as a test says, and counts who came."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@dataclass
class Site:
    port: int = 0
    asked: list[str] = field(default_factory=list)
    """Each request's head."""
    visits: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def says(
    body: bytes = PNG, status: str = "200 OK", media_type: str = "image/png", **headers: str
) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        said = {"Content-Type": media_type, "Content-Length": str(len(body)), "Connection": "close"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in said.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return answer


def leads_to(place: str, status: str = "302 Found") -> Answer:
    return says(b"", status, Location=place)


async def drips(writer: asyncio.StreamWriter) -> None:
    """A byte now and then, without end: like a radio station."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def site(answers: dict[str, Answer] | None = None) -> AsyncIterator[Site]:
    """Paths and what is answered there; other paths get a picture."""
    here = Site()
    known = answers or {}

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here.visits += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            here.asked.append(head)
            await known.get(head.split(" ")[1], says())(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(visit, "127.0.0.1", 0)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
