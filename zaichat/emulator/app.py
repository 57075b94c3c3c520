"""The application: routes under both path prefixes, errors in the service's envelope."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from aiohttp import web

from . import control
from .chat import BIGGEST_BODY, SEEN, chat_completions, language_of
from .errors import ApiError
from .filing import parsing
from .filing import routes as files
from .filing.layout import layout_parsing
from .filing.parsing import PARSER, Parser
from .filing.store import FILES, FileStore
from .models import MODELS
from .performing import JSON, Broken, json_response
from .state import STATE, Brain, State
from .studio import routes as studio
from .studio.store import STUDIO, Studio
from .tasks import TASKS, TaskStore, submit_chat, task_result

PREFIXES = ("/api/paas/v4", "/api/coding/paas/v4")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(
    brain: Brain, *, with_control: bool = False, folder: Path | None = None
) -> web.Application:
    """`folder`: where tasks and files survive a restart; without one they end with the process."""
    app = web.Application(client_max_size=BIGGEST_BODY, middlewares=[in_envelope, recorded])
    app[STATE] = State(brain, with_control)
    app[TASKS] = TaskStore(app[STATE], folder)
    app[FILES], app[PARSER], app[STUDIO] = FileStore(folder), Parser(), Studio(folder)
    app.cleanup_ctx.append(alive)
    for prefix in PREFIXES:
        add(app, "POST", f"{prefix}/chat/completions", chat_completions)
        add(app, "POST", f"{prefix}/async/chat/completions", submit_chat)
        add(app, "GET", f"{prefix}/async-result/{{id}}", task_result)
        add(app, "GET", f"{prefix}/models", list_models)
        add(app, "POST", f"{prefix}/images/generations", studio.picture)
        add(app, "POST", f"{prefix}/async/images/generations", studio.picture_task)
        add(app, "POST", f"{prefix}/videos/generations", studio.film_task)
        add_files(app, prefix)
    app.router.add_get("/__made/{id}/{name}", studio.download)
    app.router.add_get("/__parsed/{id}.zip", parsing.download)
    add(app, "GET", "/__status", status)
    if with_control:
        app.add_routes(control.routes)
    return app


async def alive(app: web.Application) -> AsyncIterator[None]:
    """The brain, unfinished tasks and open files live as long as the server."""
    await app[STATE].brain.start()
    app[TASKS].resume()
    app[STUDIO].resume()
    app[FILES].open()
    yield
    await app[TASKS].stop()
    await app[STUDIO].stop()
    await app[PARSER].stop()
    app[FILES].close()
    await app[STATE].brain.stop()


def add_files(app: web.Application, prefix: str) -> None:
    add(app, "POST", f"{prefix}/files", files.upload)
    add(app, "GET", f"{prefix}/files", files.listing)
    add(app, "DELETE", f"{prefix}/files/{{id}}", files.delete)
    add(app, "GET", f"{prefix}/files/{{id}}/content", files.content)
    add(app, "POST", f"{prefix}/files/parser/create", parsing.create)
    add(app, "POST", f"{prefix}/files/parser/sync", parsing.create_sync)
    add(app, "GET", f"{prefix}/files/parser/result/{{id}}/{{form}}", parsing.result)
    add(app, "POST", f"{prefix}/layout_parsing", layout_parsing)


def add(app: web.Application, method: str, path: str, handler: Handler) -> None:
    """With and without a slash at the end."""
    app.router.add_route(method, path, handler)
    app.router.add_route(method, path + "/", handler)


@web.middleware
async def in_envelope(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal as `{"error": {"code", "message"}}`."""
    try:
        return await handler(request)
    except ApiError as error:
        refusal = error
    except web.HTTPRequestEntityTooLarge:
        refusal = ApiError("1210", status=435)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        refusal = ApiError("1222", request.path)
    return web.Response(
        status=refusal.status,
        body=refusal.body(language_of(request)),
        headers={"Content-Type": JSON},
    )


@web.middleware
async def recorded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Notes every API request and how it ended."""
    if request.path.startswith("/__"):
        return await handler(request)
    record = request.app[STATE].record
    seen = request[SEEN] = record.begin(request.method, request.path, dict(request.headers))
    try:
        response = await handler(request)
        if isinstance(response, web.StreamResponse) and response.prepared:
            await response.write_eof()
        record.end(seen, "finished", response.status)
        return response
    except Broken:
        record.end(seen, "cut")
        raise asyncio.CancelledError from None
    except ApiError as error:
        record.end(seen, "refused", error.status)
        raise
    except (asyncio.CancelledError, ConnectionError):
        record.end(seen, "client_closed")
        raise
    finally:
        record.end(seen, "failed")


async def list_models(request: web.Request) -> web.Response:
    """In no specification; reported of the live service."""
    names = [name for name, model in MODELS.items() if model.chats]
    data = [
        {"id": name, "object": "model", "created": 1753632000, "owned_by": "z-ai"} for name in names
    ]
    return json_response({"object": "list", "data": data})


async def status(request: web.Request) -> web.Response:
    """Which brain serves and why; never needs a key."""
    brain = request.app[STATE].brain
    return json_response(
        {
            "brain": brain.name,
            "model": brain.model,
            "languages": list(brain.languages),
            "own_model": brain.own_model,
            "reason": brain.reason,
            "ready": brain.ready,
        }
    )
