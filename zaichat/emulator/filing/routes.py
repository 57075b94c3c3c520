"""Upload, list, delete, content (API: files)."""

from __future__ import annotations

from aiohttp import web

from .. import access
from ..aside import aside
from ..chat import SEEN
from ..errors import ApiError
from ..performing import json_response
from ..state import STATE
from .purposes import check, check_batch
from .store import FILES
from .uploads import received

MOST = 100
USUAL = 20


def owner_of(request: web.Request) -> str:
    """The id of the key that asks. Raises ApiError where it may not."""
    authorization = request.headers.get("Authorization")
    request[SEEN].auth = access.check(authorization, request.app[STATE].secrets)
    return access.key_id(str(authorization))


async def upload(request: web.Request) -> web.Response:
    owner, store = owner_of(request), request.app[FILES]
    async with received(request, store.folder) as form:
        purpose = form.fields.get("purpose", "")
        check(purpose, form.name, form.size)
        if purpose == "batch":
            await aside(check_batch, form.path)
        return json_response(store.add(form, owner, purpose).shown())


async def listing(request: web.Request) -> web.Response:
    """The newest first, `limit` of them after the file `after`."""
    files = request.app[FILES].of(owner_of(request))
    if purpose := request.query.get("purpose"):
        files = [kept for kept in files if kept.purpose == purpose]
    if after := request.query.get("after"):
        ids = [kept.id for kept in files]
        if after not in ids:
            raise ApiError("1214", "after")
        files = files[ids.index(after) + 1 :]
    limit = limit_of(request)
    data = [kept.shown() for kept in files[:limit]]
    return json_response({"object": "list", "data": data, "has_more": len(files) > limit})


def limit_of(request: web.Request) -> int:
    asked = request.query.get("limit", str(USUAL))
    if not asked.isdecimal() or not 1 <= int(asked) <= MOST:
        raise ApiError("1214", "limit")
    if request.query.get("order", "created_at") != "created_at":
        raise ApiError("1214", "order")
    return int(asked)


async def delete(request: web.Request) -> web.Response:
    store = request.app[FILES]
    kept = store.find(request.match_info["id"], owner_of(request))
    store.remove(kept)
    return json_response({"id": kept.id, "object": "file", "deleted": True})


async def content(request: web.Request) -> web.StreamResponse:
    """Of batch files only, as documented."""
    store = request.app[FILES]
    kept = store.find(request.match_info["id"], owner_of(request))
    if kept.purpose != "batch":
        raise ApiError("1214", "file_id")
    headers = {"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff"}
    return web.FileResponse(store.path(kept.id), headers=headers)
