"""Chat completions, streamed and complete (API: chat completions)."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from . import access
from .aside import aside
from .errors import ApiError
from .folding import complete
from .media import check_each
from .performing import StreamedAnswer
from .record import Seen, shortened
from .state import STATE, State
from .turn import Turn
from .validation import checked

SEEN = web.RequestKey("seen", Seen)
BIGGEST_BODY = 100 * 1024 * 1024  # bytes: the documented limit of a file


def language_of(request: web.Request) -> str:
    """Language of error words: English when asked for first, Chinese otherwise."""
    return "en" if request.headers.get("Accept-Language", "").startswith("en") else "zh"


async def read_body(request: web.Request) -> Any:
    """Its JSON. The bytes are not kept, as `request.read` would: pictures make them many."""
    received = bytearray()
    async for piece in request.content.iter_any():
        received += piece
        if len(received) > BIGGEST_BODY:
            raise ApiError("1210", status=435)
    try:
        return json.loads(received)
    except ValueError as error:
        raise ApiError("1210") from error


async def asked(request: web.Request, *, is_async: bool = False) -> Turn:
    """The checked turn of a request: who asks first, then what."""
    state, seen = request.app[STATE], request[SEEN]
    seen.auth = access.check(request.headers.get("Authorization"), state.secrets)
    given = await read_body(request)
    if state.control:
        seen.body = shortened(given)
    body, model = checked(given, is_async=is_async)
    await aside(check_each, body["messages"], model)
    check_new(state, body.get("request_id"))
    return Turn.of(body, thinks=model.thinks(body), language=language_of(request))


def check_new(state: State, request_id: str | None) -> None:
    """Where the control plane asked for it, a request id may come once only."""
    if state.request_ids is None or request_id is None:
        return
    if request_id in state.request_ids:
        raise ApiError("1231", request_id)
    state.request_ids.add(request_id)


async def chat_completions(request: web.Request) -> web.StreamResponse:
    turn = await asked(request)
    state = request.app[STATE]
    script = state.chosen(turn)
    request[SEEN].script = script.name if script else ""
    steps = state.steps(turn, script)
    if turn.streams:
        return await StreamedAnswer(turn, request, {}).perform(steps)
    return await complete(turn, steps, request, {})
