"""Receives a multipart form with one file, written to disk as it comes."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import BodyPartReader, web

from ..errors import ApiError
from .purposes import BIGGEST

PIECE = 256 * 1024  # bytes
LONGEST_FIELD = 64 * 1024  # bytes
MOST_FIELDS = 20
LONGEST_NAME = 255  # characters


@dataclass
class Upload:
    """`path` holds the bytes, "" in `name` says that no file came."""

    path: Path
    name: str = ""
    size: int = 0
    fields: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def received(request: web.Request, folder: Path) -> AsyncIterator[Upload]:
    """The form; its file is gone afterwards unless it was moved away. Raises ApiError."""
    upload = Upload(folder / f"{secrets.token_hex(16)}.part")
    try:
        await read_form(request, upload)
        if not upload.name:
            raise ApiError("1213", "file")
        yield upload
    finally:
        upload.path.unlink(missing_ok=True)


async def read_form(request: web.Request, upload: Upload) -> None:
    if not request.content_type.startswith("multipart/"):
        raise ApiError("1210")
    try:
        reader, count = await request.multipart(), 0
        while (part := await reader.next()) is not None:
            count += 1
            if count > MOST_FIELDS or not isinstance(part, BodyPartReader):
                raise ApiError("1210")
            if part.name == "file" and not upload.name:
                await write(part, upload)
            elif part.name:
                upload.fields[part.name] = await text_of(part)
    except (ValueError, AssertionError) as error:  # what aiohttp says to a form that breaks off
        raise ApiError("1210") from error


async def write(part: BodyPartReader, upload: Upload) -> None:
    upload.name = Path((part.filename or "file").replace("\\", "/")).name[-LONGEST_NAME:]
    with upload.path.open("wb") as file:
        while piece := await part.read_chunk(PIECE):
            upload.size += len(piece)
            if upload.size > BIGGEST:
                raise ApiError("1210", status=435)
            file.write(piece)


async def text_of(part: BodyPartReader) -> str:
    data = bytearray()
    while piece := await part.read_chunk():
        data += piece
        if len(data) > LONGEST_FIELD:
            raise ApiError("1214", part.name or "")
    return data.decode(errors="replace")
