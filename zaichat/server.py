"""The web server: daphne, with a limit on bodies before they are read, and an orderly end.

Daphne alone takes any body into memory or a temporary file before the application can refuse
it, and on a signal it cancels what runs. Import this only in the process that serves: it puts
Twisted on the process's event loop.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import daphne.server
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketProtocol
from django.conf import settings

from zaichat.bodies import Unhurried, reading
from zaichat.refusing import Refusing

SHUTDOWN_WITHIN = 8.0  # seconds for the engine to save and close what runs
FAREWELL = 0.1  # seconds for the last frames to leave
EXIT_WITHIN = 1.5  # seconds more for threads that still wait for something
MAX_FRAME = (
    16 * 1024**2
)  # bytes of a WebSocket message, either way; commands have a limit of theirs
PING_EVERY = 20  # seconds
PING_TIMEOUT = 30
SERVICE_RESTART = 1012  # the close code: come back soon

logger = logging.getLogger(__name__)


class Request(Refusing, Unhurried, WebRequest):
    """A request whose body is counted while it arrives, on a disk of a size we know."""

    max_body = settings.MAX_BODY
    max_upload = settings.MAX_UPLOAD
    folder = settings.DATA_DIR


class Factory(HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol


class Server(daphne.server.Server):
    """`started` is called on the running loop; `shutdown` is awaited before anything is closed."""

    def __init__(
        self,
        application: Any,
        endpoints: list[str],
        *,
        started: Callable[[], object],
        shutdown: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(
            reading(application),
            endpoints=endpoints,
            signal_handlers=False,
            ping_interval=PING_EVERY,
            ping_timeout=PING_TIMEOUT,
            websocket_max_message_size=MAX_FRAME,
            websocket_max_frame_size=MAX_FRAME,
            ready_callable=self._ready,
            server_name="zaichat",
        )
        self._started = started
        self._shutdown = shutdown
        self._ending: asyncio.Task[None] | None = None

    def run(self) -> None:
        # Daphne has no other place to say which factory it shall use.
        vars(daphne.server)["HTTPFactory"] = Factory
        super().run()
        _leave_within(EXIT_WITHIN)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, Request):
            scope["body"] = protocol.body
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """As in daphne, at the pace of the reader."""
        if not isinstance(protocol, Request):
            return await super().handle_reply(protocol, message)
        has_more = message.get("more_body", False)
        if message["type"] == "http.response.body" and not has_more:
            protocol.end_answer()
        await super().handle_reply(protocol, message)
        if message["type"] == "http.response.start":
            protocol.begin_answer()
        elif has_more:
            await protocol.drained()

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        logger.info("listening on %s, port %s", port.getHost().host, port.getHost().port)

    def _ready(self) -> None:
        self._listen_to_signals()
        asyncio.get_event_loop().call_soon(self._started)

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_event_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._told_to_end)

    def _told_to_end(self) -> None:
        if self._ending is None:
            _leave_within(SHUTDOWN_WITHIN + EXIT_WITHIN)
            self._ending = asyncio.ensure_future(self._end())
        else:
            self.stop()

    async def _end(self) -> None:
        """No new connections, then the engine's end, then the sockets', then the loop's."""
        for listener in self.listeners:
            listener.addCallback(lambda port: port.stopListening())
        try:
            await asyncio.wait_for(self._shutdown(), SHUTDOWN_WITHIN)
        except TimeoutError:
            logger.error("the engine did not end within %g s", SHUTDOWN_WITHIN)
        except Exception:
            logger.exception("the engine did not end in order")
        asyncio.get_running_loop().call_later(FAREWELL, self.stop)
        self._close_sockets()

    def _close_sockets(self) -> None:
        for protocol in list(self.connections):
            if isinstance(protocol, WebSocketProtocol) and protocol.state == protocol.STATE_OPEN:
                # `sendClose` refuses this code, which is a server's to say and no application's.
                protocol.sendCloseFrame(code=SERVICE_RESTART)

    def kill_all_applications(self) -> Any:
        """As in daphne, also when a connection has no application any more."""
        for protocol, details in list(self.connections.items()):
            if "application_instance" not in details:
                del self.connections[protocol]
        return super().kill_all_applications()


def _leave_within(seconds: float) -> None:
    """A page that still waits for something keeps its thread; it does not keep the process."""
    timer = threading.Timer(seconds, os._exit, [0])
    timer.daemon = True
    timer.start()
