"""The ASGI application: pages over http, the one socket at /ws/.

A socket is refused before it opens when its origin is not ours: full origins are compared,
scheme and port included. The engine starts with the first event of the server's loop, so any
ASGI server will do; where the server tells of its lifespan, it also ends with it.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaichat.settings")
from zaichat import handling

pages = handling.pages()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import path

from conversations.consumers import ChatConsumer
from conversations.engine import lifecycle
from zaichat.forwarded import Forwarded

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def with_direct_send(application: Application) -> Application:
    """Keep the server's own `send` in the scope.

    The session's middleware looks at every message that leaves, to save the session with the
    handshake. A streamed word needs none of that, and it is what a socket sends most.
    """

    async def kept(scope: Scope, receive: Receive, send: Send) -> None:
        await application(scope | {"direct_send": send}, receive, send)

    return kept


sockets = OriginValidator(
    with_direct_send(AuthMiddlewareStack(URLRouter([path("ws/", ChatConsumer.as_asgi())]))),
    settings.ALLOWED_ORIGINS,
)
router = Forwarded(
    ProtocolTypeRouter({"http": pages, "websocket": sockets}),
    trusted=settings.TRUSTED_PROXIES,
    secure=settings.ADDRESSES.secure,
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    lifecycle.start()
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    else:
        await router(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """The ASGI lifespan protocol: start is done, end when told."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await lifecycle.shutdown()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await send({"type": "lifespan.startup.complete"})
