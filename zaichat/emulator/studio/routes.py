"""Pictures and films as the API has them (API: images, videos, async-result)."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from .. import access
from ..chat import SEEN, language_of, read_body
from ..errors import ApiError, envelope
from ..performing import Broken, json_response
from ..record import shortened
from ..state import STATE
from ..turn import new_id
from . import wishes
from .store import FAIL, NAMES, PROCESSING, STUDIO, SUCCESS, Made
from .wishes import Wish

SENSITIVE = "1301"


async def picture(request: web.Request) -> web.Response:
    wish = await _wish(request, "image")
    studio = request.app[STUDIO]
    made = await studio.finished(studio.submit(wish, new_id()))
    shown = {"url": _address(request, made, NAMES["image"])}
    return json_response({"created": int(made.created), "id": made.id, "data": [shown]})


async def picture_task(request: web.Request) -> web.Response:
    return await _submitted(request, "image")


async def film_task(request: web.Request) -> web.Response:
    return await _submitted(request, "video")


async def _submitted(request: web.Request, kind: str) -> web.Response:
    wish = await _wish(request, kind, as_task=kind == "image")
    made = request.app[STUDIO].submit(wish, new_id())
    if made.fault == "silent":
        raise Broken
    return json_response(_head(made, PROCESSING))


async def _wish(request: web.Request, kind: str, *, as_task: bool = False) -> Wish:
    state, seen = request.app[STATE], request[SEEN]
    seen.auth = access.check(request.headers.get("Authorization"), state.secrets)
    given = await read_body(request)
    if state.control:
        seen.body = shortened(given)
    wish = wishes.read(given, kind, new_id(), as_task=as_task)
    if wish.fault == "refused":
        raise ApiError(SENSITIVE)
    return wish


def result(request: web.Request, made: Made) -> web.Response:
    """How a task stands, or what its fault makes of that."""
    asked = request.app[STUDIO].asked
    asked[made.id, "look"] += 1
    looks = asked[made.id, "look"]
    if made.fault == "lost":
        raise ApiError("1233", made.id)
    if made.fault == "busy" and looks <= (made.times or 3):
        raise ApiError("1302")
    status = made.status
    if made.fault == "stuck":
        status = PROCESSING
    if made.fault == "revert" and status == SUCCESS:
        asked[made.id, "done"] += 1
        status = SUCCESS if asked[made.id, "done"] % 2 else PROCESSING
    return json_response(_shown(request, made, status))


def _shown(request: web.Request, made: Made, status: str) -> dict[str, Any]:
    head = _head(made, status)
    if status == FAIL:
        return {**head, **envelope(made.code, language_of(request))}
    if status == PROCESSING:
        return head
    address = _address(request, made, NAMES[made.kind])
    if made.kind == "image":
        return {**head, "image_result": [{"url": address}]}
    cover = _address(request, made, "cover.jpg")
    return {**head, "video_result": [{"url": address, "cover_image_url": cover}]}


def _head(made: Made, status: str) -> dict[str, Any]:
    return {"id": made.id, "model": made.model, "request_id": made.id, "task_status": status}


def _address(request: web.Request, made: Made, name: str) -> str:
    """Each look gives another address, as the vendor's signed ones are."""
    return f"http://{request.host}/__made/{made.id}/{name}?at={time.time_ns()}"


async def download(request: web.Request) -> web.StreamResponse:
    """The file itself, without a key: whoever has the address may have it."""
    id, name = request.match_info["id"], request.match_info["name"]
    studio = request.app[STUDIO]
    path, made = studio.file(id, name), studio.find(id)
    if path is None or made is None:
        raise web.HTTPNotFound
    studio.asked[id, "download"] += 1
    if studio.asked[id, "download"] <= made.times:
        if made.fault == "expired":
            raise web.HTTPForbidden
        if made.fault == "html":
            return web.Response(text="<html><script>1</script></html>", content_type="video/mp4")
        if made.fault == "cut":
            return await _cut(request, path.read_bytes())
    return web.FileResponse(path)


async def _cut(request: web.Request, data: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(data))})
    await response.prepare(request)
    await response.write(data[: len(data) // 2])
    raise Broken
