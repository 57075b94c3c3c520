"""What the same looks cost a loop that keeps nothing: `bare.py BASE_URL KEY FILE_OF_TASKS`."""

import asyncio
import json
import sys
from pathlib import Path

import httpx
from httpx_aiohttp import AiohttpTransport

from media_gen.jobs.times import Times

LIMITS = Times()


async def look_after(vendor: httpx.AsyncClient, task: str, shared: float) -> None:
    tries = 0
    while True:
        answer = await vendor.get(f"/async-result/{task}")
        assert answer.raise_for_status().json()["task_status"] == "PROCESSING"
        tries += 1
        await asyncio.sleep(max(LIMITS.look_pause(tries).total_seconds(), shared))


async def main(base_url: str, key: str, listed: str) -> None:
    tasks = json.loads(Path(listed).read_text())  # noqa: ASYNC240 - before anything runs
    shared = len(tasks) / LIMITS.looks_per_second
    async with httpx.AsyncClient(
        base_url=base_url,
        headers={"Authorization": f"Bearer {key}"},
        transport=AiohttpTransport(limits=httpx.Limits(max_connections=50)),
        timeout=60,
    ) as vendor:
        await asyncio.gather(*(look_after(vendor, task, shared) for task in tasks))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
