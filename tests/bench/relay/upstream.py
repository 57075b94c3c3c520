"""The vendor's side of the benchmark: streams numbered, time-stamped tokens, as cheaply as can be.

Run as a process: `upstream.py PORT`. The model's name says what to stream:
`bench-<tokens>-<tokens per second>`; 0 per second means as fast as the socket takes them.
A token is 16 characters, `nnnnnn` and the microseconds of its emission, and a space.
"""

import asyncio
import json
import sys
import time

import uvloop
from aiohttp import web

HEAD = '{"id":"b","created":1,"object":"chat.completion.chunk","model":"m","choices":[{"index":0,'
SAID = HEAD + '"delta":{"role":"assistant","content":"%06d%09d "}}]}'
LAST = (
    HEAD + '"finish_reason":"stop","delta":{"role":"assistant","content":""}}],'
    '"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18}}'
)
END = f"data: {LAST}\n\ndata: [DONE]\n\n".encode()
BURST = 20


def token(number: int) -> bytes:
    stamp = time.monotonic_ns() // 1000 % 1_000_000_000
    return f"data: {SAID % (number, stamp)}\n\n".encode()


async def complete(request: web.Request) -> web.StreamResponse:
    body = json.loads(await request.read())
    _name, count, rate = body["model"].split("-")
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream;charset=UTF-8"})
    await answer.prepare(request)
    send = throttled if int(rate) else unthrottled
    await send(answer, int(count), int(rate))
    await answer.write(END)
    return answer


async def throttled(answer: web.StreamResponse, count: int, rate: int) -> None:
    start = time.monotonic()
    for number in range(count):
        wait = start + number / rate - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        await answer.write(token(number))


async def unthrottled(answer: web.StreamResponse, count: int, _rate: int) -> None:
    for first in range(0, count, BURST):
        last = min(first + BURST, count)
        await answer.write(b"".join(token(number) for number in range(first, last)))


def main() -> None:
    app = web.Application()
    app.router.add_post("/api/paas/v4/chat/completions", complete)
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


if __name__ == "__main__":
    main()
