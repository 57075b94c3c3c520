"""One open event stream: bytes straight to the connection, and the ways to break it.

aiohttp writes the headers; deltas go to the transport with our own chunk framing, because one
synchronous write per delta is what lets a single process hold hundreds of paced streams.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterator

from aiohttp import HttpVersion11, web

SSE = "text/event-stream;charset=UTF-8"
CHOKED = 256 * 1024  # bytes waiting for a reader before a paced stream pauses
BLOCK = 16 * 1024  # bytes joined into one write when nothing paces the stream


class EventStream:
    """The response of one streamed request. Opened by the first bytes."""

    def __init__(self, request: web.Request, headers: dict[str, str]) -> None:
        self._request = request
        self._headers = headers
        self._framed = request.version >= HttpVersion11
        self.response: web.StreamResponse | None = None
        self.crumbs = False

    async def open(self, content_type: str = SSE) -> web.StreamResponse:
        """Send the headers, once."""
        if self.response is not None:
            return self.response
        headers = {"Cache-Control": "no-cache", **self._headers, "Content-Type": content_type}
        self.response = web.StreamResponse(headers=headers)
        await self.response.prepare(self._request)
        return self.response

    @property
    def transport(self) -> asyncio.Transport:
        transport = self._request.transport
        if transport is None:
            raise ConnectionResetError("the client has gone")
        return transport

    @property
    def is_choked(self) -> bool:
        return self.transport.get_write_buffer_size() > CHOKED

    def put(self, data: bytes) -> None:
        """Send now, without waiting for the reader. The stream must be open."""
        if self.crumbs:
            for byte in data:
                self.transport.write(self._frame(bytes((byte,))))
        else:
            self.transport.write(self._frame(data))

    async def wait_for_reader(self) -> None:
        """Until the reader has taken most of what was sent."""
        await self._request.writer.drain()

    async def put_all(self, frames: Iterator[bytes]) -> None:
        """Send in large blocks, as fast as the reader takes them."""
        block = bytearray()
        for frame in frames:
            block += frame
            if len(block) > BLOCK:
                await self._put_block(block)
                block.clear()
        if block:
            await self._put_block(block)

    def cut(self, *, reset: bool) -> None:
        """End the connection with no end of the stream: FIN after what was sent, or RST at once."""
        transport = self.transport
        if not reset:
            transport.close()
            return
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()

    async def _put_block(self, block: bytearray) -> None:
        response = await self.open()
        if self.crumbs:
            self.put(bytes(block))
        else:
            await response.write(bytes(block))
        await asyncio.sleep(0)

    def _frame(self, data: bytes) -> bytes:
        return b"%x\r\n%b\r\n" % (len(data), data) if self._framed else data


class Pump:
    """Sends one frame per interval from a single timer: no task wakes up per delta."""

    def __init__(self, stream: EventStream, frames: Iterator[bytes], every: float) -> None:
        self._stream = stream
        self._frames = frames
        self._every = every
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        self._due = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        """Until the last frame is out; cancelled when the client goes away."""
        self._tick()
        try:
            await self._ended
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def _tick(self) -> None:
        try:
            self._send_next()
        except Exception as error:
            if not self._ended.done():
                self._ended.set_exception(error)

    def _send_next(self) -> None:
        if not self._stream.is_choked:
            frame = next(self._frames, None)
            if frame is None:
                self._ended.set_result(None)
                return
            self._stream.put(frame)
        self._due += self._every
        self._timer = self._loop.call_at(self._due, self._tick)
