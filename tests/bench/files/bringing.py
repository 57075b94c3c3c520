"""People who bring files, and one who looks at pages meanwhile."""

import asyncio
import io
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from threading import Thread
from typing import Any

import aiohttp
import psutil
from PIL import Image

MIB = 1024**2
TOKEN = "a" * 32
"""Of forms: any, as long as cookie and header say the same."""


def photo(size: tuple[int, int], weight: int = 0) -> bytes:
    """A JPEG of noise as a camera writes it; at least `weight` bytes."""
    shot = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    made = io.BytesIO()
    shot.save(made, "JPEG", quality=95 if weight else 60)
    return made.getvalue().ljust(weight, b"\0")


@dataclass
class Figures:
    """`pages` and `pings` in milliseconds; `weight` is the most that the server grew by, in MiB."""

    kept: int = 0
    seconds: float = 0.0
    weight: float = 0.0
    pages: list[float] = field(default_factory=list)
    pings: list[float] = field(default_factory=list)

    @property
    def lag(self) -> float:
        return max(self.pings, default=0.0)

    @property
    def slowest(self) -> float:
        return max(self.pages, default=0.0)

    @property
    def p95(self) -> float:
        return sorted(self.pages or [0.0])[int(0.95 * len(self.pages))]

    @property
    def median(self) -> float:
        return statistics.median(self.pages or [0.0])


def session(cookie: str) -> aiohttp.ClientSession:
    headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    return aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=300))


async def bring(url: str, cookie: str, data: bytes, count: int, at_once: int) -> int:
    """How many of `count` files were kept."""
    places = asyncio.Semaphore(at_once)

    async def one(client: aiohttp.ClientSession) -> bool:
        form = aiohttp.FormData()
        form.add_field("file", io.BytesIO(data), filename="a.jpg", content_type="image/jpeg")
        async with places, client.post(f"{url}/files/", data=form) as answer:
            return answer.status == 201

    async with session(cookie) as client:
        return sum(await asyncio.gather(*(one(client) for _ in range(count))))


def bring_now(url: str, cookie: str, data: bytes, count: int, at_once: int) -> int:
    """In a process of its own, so that it holds up nobody who measures."""
    return asyncio.run(bring(url, cookie, data, count, at_once))


async def look(url: str, cookie: str, found: list[float]) -> None:
    """Open the start page five times a second, until cancelled."""
    async with session(cookie) as client:
        while True:
            began = time.monotonic()
            async with client.get(f"{url}/") as answer:
                await answer.read()
                assert answer.status == 200
            found.append((time.monotonic() - began) * 1000)
            await asyncio.sleep(max(0, 0.2 - (time.monotonic() - began)))


async def ping(url: str, cookie: str, found: list[float]) -> None:
    """Ping an open socket twenty times a second, until cancelled. The loop alone answers it."""
    options: dict[str, Any] = {"autoping": False, "max_msg_size": 0, "origin": url}
    async with session(cookie) as client, client.ws_connect(f"{url}/ws/", **options) as socket:
        while True:
            began = time.monotonic()
            await socket.ping()
            while (await socket.receive()).type is not aiohttp.WSMsgType.PONG:
                pass
            found.append((time.monotonic() - began) * 1000)
            await asyncio.sleep(0.05)


async def weigh(server: psutil.Process, figures: Figures) -> None:
    before = server.memory_info().rss
    while True:
        figures.weight = max(figures.weight, (server.memory_info().rss - before) / MIB)
        await asyncio.sleep(0.05)


async def together(
    url: str, cookies: list[str], server: psutil.Process, data: bytes, count: int
) -> Figures:
    """`count` files at once, while somebody else opens pages and the server is weighed."""
    figures = Figures()
    beside = [
        asyncio.ensure_future(look(url, cookies[1], figures.pages)),
        asyncio.ensure_future(ping(url, cookies[1], figures.pings)),
        asyncio.ensure_future(weigh(server, figures)),
    ]
    began = time.monotonic()
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        bringing = (url, cookies[0], data, count, count)
        loop = asyncio.get_running_loop()
        figures.kept = await loop.run_in_executor(elsewhere, bring_now, *bringing)
    figures.seconds = time.monotonic() - began
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    return figures


class Background(Thread):
    """Brings `count` photos, a few at once as the page does."""

    def __init__(self, url: str, cookie: str, data: bytes, count: int) -> None:
        super().__init__(daemon=True)
        self.kept = 0
        self._what = (url, cookie, data, count)

    def run(self) -> None:
        url, cookie, data, count = self._what
        with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
            self.kept = elsewhere.submit(bring_now, url, cookie, data, count, 3).result()
