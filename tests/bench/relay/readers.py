"""Readers of streams: raw SSE for the proxy, our socket's protocol for us. Both note every token.

Run as a process: `readers.py`, a Plan as a line of JSON on stdin, `ready` when every
socket is open, then an empty line to start, a Report as JSON on stdout.
"""

import asyncio
import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

import orjson
import uvloop
from aiohttp import ClientSession, ClientTimeout, ClientWebSocketResponse, TCPConnector

WIDTH = 16
APART = 0.010


@dataclass
class Plan:
    kind: str
    url: str
    streams: int
    tokens: int
    rate: int
    cookies: list[str] = field(default_factory=list)


@dataclass
class Stream:
    started: float = 0.0
    first: float = 0.0
    last: float = 0.0
    text: str = ""
    latencies: list[float] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Note whole tokens; `text` always ends at a token's end."""
        now = time.monotonic()
        stamp = now * 1e6 % 1_000_000_000
        self.first = self.first or now
        self.last = now
        self.text += text
        for at in range(0, len(text), WIDTH):
            self.latencies.append((stamp - int(text[at + 6 : at + 15])) / 1000)

    def is_whole(self, tokens: int) -> bool:
        numbers = [self.text[at : at + 6] for at in range(0, len(self.text), WIDTH)]
        return numbers == [f"{number:06d}" for number in range(tokens)]


@dataclass
class Report:
    whole: int
    streams: int
    first_token_p50: float
    first_token_p95: float
    latency_p50: float
    latency_p95: float
    seconds: float
    tokens: int


def report(plan: Plan, streams: list[Stream]) -> Report:
    latencies = sorted(value for stream in streams for value in stream.latencies) or [0.0]
    firsts = sorted((stream.first - stream.started) * 1000 for stream in streams)
    return Report(
        whole=sum(stream.is_whole(plan.tokens) for stream in streams),
        streams=len(streams),
        first_token_p50=statistics.median(firsts),
        first_token_p95=at(firsts, 0.95),
        latency_p50=statistics.median(latencies),
        latency_p95=at(latencies, 0.95),
        seconds=max(s.last for s in streams) - min(s.started for s in streams),
        tokens=sum(len(stream.latencies) for stream in streams),
    )


def at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def body(plan: Plan) -> dict[str, Any]:
    model = f"bench-{plan.tokens}-{plan.rate}"
    return {"model": model, "stream": True, "messages": [{"role": "user", "content": "go"}]}


async def read_sse(session: ClientSession, plan: Plan, stream: Stream) -> None:
    stream.started = time.monotonic()
    async with session.post(plan.url, data=orjson.dumps(body(plan))) as response:
        rest = b""
        async for chunk in response.content.iter_any():
            *lines, rest = (rest + chunk).split(b"\n\n")
            said = [orjson.loads(line[6:]) for line in lines if line.startswith(b"data: {")]
            text = "".join(chunk["choices"][0]["delta"]["content"] for chunk in said)
            if text:
                stream.take(text)


async def read_socket(socket: ClientWebSocketResponse, plan: Plan, stream: Stream) -> None:
    stream.started = time.monotonic()
    command = {"do": "send", "id": str(uuid4()), "conversation": None, "text": "go"}
    await socket.send_str(
        orjson.dumps(command | {"model": f"bench-{plan.tokens}-{plan.rate}"}).decode()
    )
    seen = 0
    async for message in socket:
        frame = orjson.loads(message.data)
        if frame["event"] == "events":
            assert frame["from"] == seen, "frames come in order, nothing twice"
            seen = frame["to"]
            if text := "".join(map(text_of, frame["events"])):
                stream.take(text)
            await socket.send_str(
                f'{{"do":"ack","generation":"{frame["generation"]}","seen":{seen}}}'
            ) if plan.rate == 0 else None
        elif frame["event"] == "ended":
            assert frame["status"] == "done", frame["error"]
            return
        elif frame["event"] == "refused":
            raise AssertionError(frame["message"])


def text_of(event: dict[str, Any]) -> str:
    new = event.get("new")
    return str(event.get("add", "")) or (new.get("text", "") if new else "")


async def read_all(plan: Plan) -> Report:
    streams = [Stream() for _ in range(plan.streams)]
    timeout = ClientTimeout(total=None)
    async with ClientSession(connector=TCPConnector(limit=0), timeout=timeout) as session:
        readers = await opened(session, plan, streams)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        tasks = []
        for reader in readers:
            tasks.append(asyncio.create_task(reader))
            await asyncio.sleep(APART)
        await asyncio.gather(*tasks)
    return report(plan, streams)


async def opened(session: ClientSession, plan: Plan, streams: list[Stream]) -> list[Any]:
    if plan.kind == "sse":
        return [read_sse(session, plan, stream) for stream in streams]
    sockets = []
    for cookie in plan.cookies[: plan.streams]:
        headers = {"Cookie": cookie, "Origin": plan.url.replace("ws", "http", 1).rsplit("/ws/")[0]}
        socket = await session.ws_connect(plan.url, headers=headers, max_msg_size=0)
        assert (await socket.receive_json())["event"] == "hello"
        sockets.append(socket)
    return [
        read_socket(socket, plan, stream) for socket, stream in zip(sockets, streams, strict=True)
    ]


if __name__ == "__main__":
    uvloop.install()
    print(json.dumps(asdict(asyncio.run(read_all(Plan(**json.loads(sys.stdin.readline())))))))
