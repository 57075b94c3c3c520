"""Gives bytes out: a piece at a time, whole or in part, and inert whatever they hold."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import content_disposition_header

from zaichat.files import ranges
from zaichat.files.models import StoredFile
from zaichat.files.storing import Away

logger = logging.getLogger(__name__)

PIECE = 256 * 1024  # bytes
SHOWN = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "video/mp4",
        "video/webm",
        "audio/mp4",
        "audio/webm",
        "audio/mpeg",
        "audio/wav",
    }
)
"""What a browser may show in place; everything else is saved."""

NAMED = SHOWN | {"application/pdf"}
"""What is called by its name; everything else is just bytes."""

SMALL = "image/webp"


class Readable(Protocol):
    size: int

    def seek(self, position: int) -> object: ...
    def read(self, size: int) -> bytes: ...
    def close(self) -> None: ...


class Pieces:
    """`length` bytes of an open file, read when they are wanted."""

    def __init__(self, file: Readable, length: int) -> None:
        self._file = file
        self._left = length

    def close(self) -> None:
        self._file.close()

    def read(self) -> bytes:
        """The next piece; empty at the end."""
        piece = self._file.read(min(PIECE, self._left))
        self._left -= len(piece)
        return piece


class PiecesNow(Pieces):
    def __iter__(self) -> Iterator[bytes]:
        return iter(self.read, b"")


class PiecesInTurn(Pieces):
    """For a server with one loop, which does not wait for the disk."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await asyncio.to_thread(self.read):
            yield piece


def serve(request: HttpRequest, stored: StoredFile, *, is_small: bool = False) -> HttpResponseBase:
    """The bytes of `stored`, or its thumbnail, as `request` wants them. Raises Http404."""
    path = stored.thumbnail if is_small else stored.path
    media_type = SMALL if is_small else stored.media_type
    tag = f'"{stored.sha256}{"-small" if is_small else ""}"'
    if settings.X_ACCEL and isinstance(default_storage, FileSystemStorage):
        response: HttpResponseBase = _handed_over(path)
    else:
        response = _from_storage(request, path, tag)
    _label(response, media_type, tag, stored.name, is_saved="download" in request.GET)
    return response


def _handed_over(path: str) -> HttpResponse:
    """The server in front sends the file; `path` is ours, and encoded all the same."""
    response = HttpResponse()
    response["X-Accel-Redirect"] = f"/{settings.X_ACCEL.strip('/')}/{quote(path)}"
    return response


def _from_storage(request: HttpRequest, path: str, tag: str) -> HttpResponseBase:
    try:
        return _given(request, default_storage.open(path), tag)
    except FileNotFoundError:
        raise Http404 from None
    except Away:
        logger.exception("the storage gives nothing out")
        return HttpResponse(status=503, headers={"Retry-After": "10"})


def _given(request: HttpRequest, file: Any, tag: str) -> HttpResponseBase:
    said = request.headers.get("Range", "")
    if request.headers.get("If-Range", tag) != tag:
        said = ""
    try:
        part = ranges.wanted(said, file.size)
    except ranges.Unsatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    response = _answered(request, file, part or ranges.Range(0, file.size))
    if part:
        response.status_code = 206
        response["Content-Range"] = part.of(file.size)
    return response


def _answered(request: HttpRequest, file: Any, part: ranges.Range) -> HttpResponseBase:
    length = part.end - part.start
    if request.method == "HEAD":
        file.close()
        response: HttpResponseBase = HttpResponse()
    else:
        file.seek(part.start)
        kind = PiecesInTurn if hasattr(request, "scope") else PiecesNow
        response = StreamingHttpResponse(kind(file, length))
    response["Content-Length"] = str(length)
    return response


def _label(
    response: HttpResponseBase, media_type: str, tag: str, name: str, *, is_saved: bool
) -> None:
    """The headers that every such answer has, also an empty one."""
    disposition = content_disposition_header(is_saved or media_type not in SHOWN, name)
    response["Content-Type"] = media_type if media_type in NAMED else "application/octet-stream"
    response["Content-Disposition"] = disposition or "inline"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie"])
