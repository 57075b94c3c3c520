"""Layout parsing (API: layout parsing): the lines of a PDF with their places.

There is no text recognition here: pictures and scanned pages are one element without words, and
the result says so.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from ..aside import aside
from ..chat import language_of, read_body
from ..documents.apart import Leaf, Unreadable, read
from ..errors import ApiError
from ..performing import json_response
from ..turn import count_tokens, new_id
from ..validation import check_ids, within
from ..vision.headers import decoded, header_of, is_address
from .parsing import joined
from .purposes import MB
from .routes import owner_of
from .store import FILES

BIGGEST_PICTURE = 10 * MB
BIGGEST_PDF = 50 * MB
MOST_PAGES = 100

NOTES = {
    "unread": (
        "（本地替身没有文字识别，未能读出图中的文字。）",
        "(The stand-in has no text recognition: it read no words here.)",
    ),
    "address": (
        "（文件以网址给出，本地替身不会去下载。）",
        "(The file was given by address, which the stand-in does not fetch.)",
    ),
}


@dataclass
class Found:
    """Sizes of the pages in points or pixels, their elements, and the text."""

    sizes: list[tuple[int, int]] = field(default_factory=list)
    elements: list[list[dict[str, Any]]] = field(default_factory=list)
    text: str = ""


async def layout_parsing(request: web.Request) -> web.Response:
    owner_of(request)
    body = checked(await read_body(request))
    language = language_of(request)
    found = await looked_at(request, body)
    if found is None:
        found = Found(text=note("address", language))
    elif not found.text:
        found.text = note("unread", language)
    return json_response(shown(body, found))


def note(key: str, language: str) -> str:
    return NOTES[key][language.startswith("en")]


def checked(body: object) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise ApiError("1210")
    given = {name: value for name, value in body.items() if value is not None}
    for name in ("model", "file"):
        if name not in given:
            raise ApiError("1213", name)
        if not isinstance(given[name], str):
            raise ApiError("1214", name)
    if given["model"].lower() != "glm-ocr":
        raise ApiError("1211")
    check_span(given)
    check_ids(given)
    return given


def check_span(given: dict[str, Any]) -> None:
    within(given, "start_page_id", 1, 2**31, whole=True)
    within(given, "end_page_id", given.get("start_page_id", 1), 2**31, whole=True)


async def looked_at(request: web.Request, body: dict[str, Any]) -> Found | None:
    """None for a file by address."""
    if is_address(body["file"]):
        return None
    data = await aside(decoded, body["file"])
    if data.startswith(b"%PDF"):
        return await printed(request, data, body)
    header = header_of(data)
    if header is None or len(data) > BIGGEST_PICTURE:
        raise ApiError("1214", "file")
    size = header[1], header[2]
    return Found([size], [[element(1, "image", [0, 0, 1, 1], "", size)]])


async def printed(request: web.Request, data: bytes, body: dict[str, Any]) -> Found:
    if len(data) > BIGGEST_PDF:
        raise ApiError("1214", "file")
    path = request.app[FILES].folder / f"{secrets.token_hex(16)}.part"
    first = body.get("start_page_id", 1)
    last = min(body.get("end_page_id", MOST_PAGES), first + MOST_PAGES - 1)
    try:
        await aside(path.write_bytes, data)
        count, pages = await read(path, ".pdf", first, last)
    except Unreadable as error:
        raise ApiError("1214", "file") from error
    finally:
        path.unlink(missing_ok=True)
    if count > MOST_PAGES:
        raise ApiError("1214", "file")
    sizes = [(page.width, page.height) for page in pages]
    return Found(sizes, list(map(elements_of, pages)), joined(pages))


def elements_of(page: Leaf) -> list[dict[str, Any]]:
    """Its lines; one picture where it has none."""
    size = page.width, page.height
    if not page.lines:
        return [element(1, "image", [0, 0, 1, 1], "", size)]
    return [
        element(number, "text", box, text, size)
        for number, (*box, text) in enumerate(page.lines, 1)
    ]


def element(
    index: int, label: str, box: list[float], content: str, size: tuple[int, int]
) -> dict[str, Any]:
    width, height = size
    place = {"index": index, "label": label, "bbox_2d": box, "content": content}
    return {**place, "height": height, "width": width}


def shown(body: dict[str, Any], found: Found) -> dict[str, Any]:
    id, said = new_id(), count_tokens(found.text)
    pages = [{"width": width, "height": height} for width, height in found.sizes]
    return {
        "id": id,
        "created": int(time.time()),
        "model": "GLM-OCR",
        "md_results": found.text,
        "layout_details": found.elements,
        "layout_visualization": [],
        "data_info": {"num_pages": len(pages), "pages": pages},
        "usage": {
            "prompt_tokens": len(pages),
            "completion_tokens": said,
            "prompt_tokens_details": {"cached_tokens": 0},
            "total_tokens": len(pages) + said,
        },
        "request_id": body.get("request_id", id),
    }
