"""The control plane: tests choose scripts and read what was asked. Off unless `--control`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web

from .chat import read_body
from .errors import ApiError
from .performing import json_response
from .scripts import SCRIPTS, Args, Play, Script
from .state import STATE, Pending, State
from .steps import (
    Chunk,
    Cut,
    Done,
    Failure,
    Finish,
    Hang,
    Headers,
    Raw,
    Reply,
    Say,
    Step,
    Think,
    Wait,
)
from .turn import Turn

routes = web.RouteTableDef()

# One JSON object per step: {"say": "a "}, {"wait": 20}, {"raw": "data: {oops\n\n"}, {"cut": true}
READERS: dict[str, Callable[[Any], Step]] = {
    "say": Say,
    "think": Think,
    "chunk": Chunk,
    "raw": lambda value: Raw(value.encode()),
    "hex": lambda value: Raw(bytes.fromhex(value)),
    "wait": lambda value: Wait(value / 1000),
    "headers": lambda value: Headers(),
    "hang": lambda value: Hang(),
    "cut": lambda value: Cut(),
    "rst": lambda value: Cut(reset=True),
    "error": lambda value: Failure(str(value)),
    "finish": lambda value: Finish(**value) if isinstance(value, dict) else Finish(value),
    "done": lambda value: Done(),
    "reply": lambda value: Reply(
        value.get("status", 200), value.get("body", "").encode(), value.get("headers", {})
    ),
}


def step_of(value: dict[str, Any]) -> Step:
    [(word, content)] = value.items()
    return READERS[word](content)


def play_of(steps: list[dict[str, Any]]) -> Play:
    read = [step_of(step) for step in steps]

    def play(args: Args, turn: Turn) -> Iterator[Step]:
        yield from read

    return play


def taught(state: State, body: Any, name: str) -> Script:
    """The script a body gives: `{"script": "count n=3"}`, or `{"steps": […]}` kept as `name`."""
    try:
        if "steps" in body:
            state.own_scripts[name] = play_of(body["steps"])
            return Script(name)
        script = Script.read(body["script"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ApiError("1214", "steps") from error
    if script is None:
        raise ApiError("1214", "script")
    return script


@routes.put("/__control/scripts/{name}")
async def put_script(request: web.Request) -> web.Response:
    """Name a script; `{"script": …}` gives another name to one that is there."""
    name, state = request.match_info["name"], request.app[STATE]
    script = taught(state, await read_body(request), name)
    if script.name != name:
        state.own_scripts[name] = lambda args, turn: state.steps(
            turn, Script(script.name, Args({**script.args.values, **args.values}))
        )
    return json_response({"name": name})


@routes.get("/__control/scripts")
async def get_scripts(request: web.Request) -> web.Response:
    """Every script by name, with what it does."""
    shown = {name: (play.__doc__ or "").strip() for name, play in sorted(SCRIPTS.items())}
    return json_response(shown)


@routes.post("/__control/next")
async def put_next(request: web.Request) -> web.Response:
    """The next `n` requests (whose question contains `match`) get this script."""
    body = await read_body(request)
    state = request.app[STATE]
    script = taught(state, body, f"next-{len(state.own_scripts)}")
    state.pending.append(Pending(script, int(body.get("n", 1)), body.get("match", "")))
    return json_response({"pending": len(state.pending)})


@routes.put("/__control/keys/{id}")
async def put_key(request: web.Request) -> web.Response:
    """Check this key id against `{"secret": …}` from here on."""
    request.app[STATE].secrets[request.match_info["id"]] = (await read_body(request))["secret"]
    return json_response({"id": request.match_info["id"]})


@routes.put("/__control/unique_request_ids")
async def unique_request_ids(request: web.Request) -> web.Response:
    """Refuse a `request_id` that comes a second time."""
    request.app[STATE].request_ids = set()
    return json_response({"unique": True})


@routes.get("/__control/requests")
async def get_requests(request: web.Request) -> web.Response:
    return json_response(request.app[STATE].record.listing())


@routes.get("/__control/open")
async def get_open(request: web.Request) -> web.Response:
    """Requests being answered now: `{"open": n, "streams": [{n, path, script, seconds}]}`."""
    seen = request.app[STATE].record.open.values()
    shown = [
        {"n": one.n, "path": one.path, "script": one.script, "seconds": time.time() - one.at}
        for one in seen
    ]
    return json_response({"open": len(shown), "streams": shown})


@routes.post("/__control/reset")
async def reset(request: web.Request) -> web.Response:
    request.app[STATE].reset()
    return json_response({"reset": True})
