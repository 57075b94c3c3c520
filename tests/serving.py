"""One request to our http application, as a server makes it: by ASGI, on a loop."""

import asyncio
from collections.abc import Mapping
from typing import Any

from zaichat import handling


async def ask(
    path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Status and body of what is answered to a GET, or to a POST where there is a `body`."""
    said: list[dict[str, Any]] = []
    asked = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return asked.pop() if asked else await asyncio.Future()

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    stated = {"Host": "localhost", "Content-Length": str(len(body))}
    scope = {
        "type": "http",
        "method": "POST" if body else "GET",
        "path": path,
        "query_string": b"",
        "headers": [
            (name.lower().encode(), value.encode())
            for name, value in (stated | dict(headers or {})).items()
        ],
    }
    await handling.pages()(scope, receive, send)
    return said[0]["status"], b"".join(message.get("body", b"") for message in said)
