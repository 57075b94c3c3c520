"""A stand-in as a process of its own, and raw conversations with it over a plain socket."""

import json
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

ROOT = Path(__file__).parents[3]
CHAT = "/api/paas/v4/chat/completions"
PATIENCE = 10.0
SILENCE = 0.3
"""Seconds without a byte that count as silence; a stand-in that speaks does so in milliseconds."""


class Running:
    """`python -m zaichat.emulator` on a free port with the control plane."""

    def __init__(self, *options: str, brain: str = "scripted", env: dict[str, str] | None = None):
        command = [sys.executable, "-m", "zaichat.emulator", "--port", "0", "--control"]
        self.process = subprocess.Popen(
            [*command, "--pace", "0", "--brain", brain, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=env,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.origin = self.process.stdout.readline().strip().removeprefix("listening on ")
        self.base_url = f"{self.origin}/api/paas/v4"
        self.port = urlsplit(self.origin).port
        self.http = httpx.Client(base_url=self.origin, trust_env=False, timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> str:
        """End it in order; what it said on stderr."""
        self.http.close()
        self.process.terminate()
        _, said = self.process.communicate(timeout=5)
        return said

    def post(self, body: dict[str, Any], *, path: str = CHAT, key: str = "id.secret", **more: Any):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.http.post(path, json=body, headers={**headers, **more.pop("headers", {})})

    def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.http.request(method, f"/__control/{path}", json=body)
        return answer.raise_for_status().json()

    def open(self) -> int:
        return self.control("GET", "open")["open"]

    def wire(self, script: str, *, stream: bool = True, **fields: Any) -> "Wire":
        """A connection on which this script has been asked for."""
        return Wire(self.port, question(f"go [[script:{script}]]", stream=stream, **fields))


def question(text: str, **fields: Any) -> dict[str, Any]:
    body = {"model": "glm-4.6", "messages": [{"role": "user", "content": text}]}
    return {**body, **fields}


class Wire:
    """One request on a plain socket, and the bytes that come back."""

    def __init__(self, port: int | None, body: dict[str, Any], version: str = "1.1") -> None:
        self.received = b""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        content = json.dumps(body).encode()
        self.socket.sendall(
            f"POST {CHAT} HTTP/{version}\r\nHost: stand-in\r\nAuthorization: Bearer id.secret\r\n"
            f"Connection: close\r\nContent-Length: {len(content)}\r\n\r\n".encode()
            + content
        )

    def to_end(self) -> bytes:
        """Everything up to the end of the connection. A reset raises ConnectionResetError."""
        with self.socket:
            while piece := self.socket.recv(65536):
                self.received += piece
        return self.received

    def until(self, mark: bytes) -> bytes:
        """Everything up to these bytes at the least."""
        while mark not in self.received:
            piece = self.socket.recv(65536)
            assert piece, f"the connection ended before {mark!r}: {self.received[-300:]!r}"
            self.received += piece
        return self.received

    def is_silent(self) -> bool:
        """Whether the connection stays open and says nothing."""
        self.socket.settimeout(SILENCE)
        try:
            self.received += self.socket.recv(65536)
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(PATIENCE)
        return False

    def close(self) -> None:
        self.socket.close()

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def body_of(received: bytes) -> bytes:
    """The body of a chunked answer, as far as it has come."""
    _, _, rest = received.partition(b"\r\n\r\n")
    body = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            break
        body, rest = body + rest[:length], rest[length + 2 :]
    return body


def events_of(received: bytes) -> list[Any]:
    """The events of a well-framed stream: parsed JSON, and "[DONE]"."""
    events = []
    for block in body_of(received).decode().split("\n\n"):
        if block.startswith("data: "):
            data = block.removeprefix("data: ")
            events.append(data if data == "[DONE]" else json.loads(data))
    return events


def deltas_of(events: list[Any]) -> list[dict[str, Any]]:
    spoken = [event for event in events if isinstance(event, dict) and event.get("choices")]
    return [event["choices"][0]["delta"] for event in spoken]


def content_of(received: bytes) -> str:
    return "".join(delta.get("content") or "" for delta in deltas_of(events_of(received)))
