"""Bodies of requests, given to the application a piece at a time and few at a time."""

import asyncio
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from zaichat import bodies, refusing


async def silence() -> dict[str, Any]:
    """What the server says of a body that is read elsewhere: an empty one."""
    return {"type": "http.request", "body": b"", "more_body": False}


async def say(message: dict[str, Any]) -> None: ...


async def read(receive: Any) -> list[bytes]:
    pieces = []
    while True:
        message = await receive()
        pieces.append(message["body"])
        if not message["more_body"]:
            return pieces


async def test_a_body_comes_in_pieces_and_whole() -> None:
    for size in (0, 1, bodies.PIECE, 3 * bodies.PIECE + 5):
        data = bytes(index % 251 for index in range(size))
        got: list[bytes] = []

        async def application(scope: Any, receive: Any, send: Any, got: Any = got) -> None:
            got += await read(receive)

        await bodies.reading(application)({"body": io.BytesIO(data)}, silence, say)
        assert b"".join(got) == data
        assert max(map(len, got)) <= bodies.PIECE


async def test_few_large_bodies_are_worked_on_at_once_and_small_ones_pass_them() -> None:
    busy, most, small, go = 0, 0, 0, asyncio.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal busy, most, small
        if scope["size"] == "small":
            small += 1
            return
        busy += 1
        most = max(most, busy)
        await go.wait()
        busy -= 1

    served = bodies.reading(application)
    large = bytes(bodies.LARGE + 1)
    waiting = [
        asyncio.ensure_future(served({"size": "large", "body": io.BytesIO(large)}, silence, say))
        for _ in range(10)
    ]
    for body in (io.BytesIO(b"x"), None):
        await asyncio.wait_for(served({"size": "small", "body": body}, silence, say), 5)
    assert (busy, small) == (bodies.AT_ONCE, 2)
    go.set()
    await asyncio.gather(*waiting)
    assert (busy, most) == (0, bodies.AT_ONCE)


def test_a_large_body_is_taken_from_its_line_in_large_pieces(tmp_path: Path) -> None:
    """Each taking asks for Python, which pages that are made meanwhile wait for."""

    def taken_at_once(length: int) -> int:
        line = SimpleNamespace(bufferSize=64 * 1024)
        request = refusing.Refusing()
        request.max_body = request.max_upload = 2 * length
        request.folder = tmp_path
        request.channel = SimpleNamespace(_path=refusing.UPLOADS, transport=line)
        request.gotLength(length)
        request.content.close()
        return int(line.bufferSize)

    assert taken_at_once(20_000_000) == refusing.AT_A_READING
    assert taken_at_once(1000) == 64 * 1024
