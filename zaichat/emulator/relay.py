"""Asks the sidecar and turns its OpenAI-style stream into steps as it arrives."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import aiohttp

from .errors import ApiError
from .sidecar import Sidecar

PATIENT = aiohttp.ClientTimeout(total=None, sock_connect=5)  # seconds; others may be served
TOO_LONG = "exceed_context_size_error"


@dataclass
class Heard:
    """What one pass used; filled while its text is read."""

    prompt: int = 0
    completion: int = 0
    begun: bool = False
    reason: str = "network_error"  # until the model says how it ended


async def listen(sidecar: Sidecar, body: dict[str, Any], heard: Heard) -> AsyncGenerator[str, None]:
    """Pieces of text as the model finds them. Closing it closes the connection, which stops
    the model. Raises aiohttp.ClientError when the sidecar is lost, ApiError when it refuses."""
    url = f"{sidecar.address}/v1/chat/completions"
    headers = {"Authorization": f"Bearer {sidecar.key}"}
    async with (
        aiohttp.ClientSession(timeout=PATIENT) as session,
        session.post(url, json=body, headers=headers) as response,
    ):
        if response.status != 200:
            raise refusal(await response.text())
        heard.begun = True
        async for line in response.content:
            if line.startswith(b"data: {"):
                text = read(json.loads(line[6:]), heard)
                if text:
                    yield text


def refusal(body: str) -> ApiError:
    return ApiError("1261" if TOO_LONG in body else "1230")


def read(chunk: dict[str, Any], heard: Heard) -> str:
    """The text of a chunk; notes usage and finish reason. `choices` may be empty."""
    if usage := chunk.get("usage"):
        heard.prompt, heard.completion = usage["prompt_tokens"], usage["completion_tokens"]
    for choice in chunk.get("choices") or []:
        heard.reason = choice.get("finish_reason") or heard.reason
        return (choice.get("delta") or {}).get("content") or ""
    return ""
