"""`manage.py serve`: the web process. Ends within 10 s of SIGINT or SIGTERM."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from zaichat import ports
from zaichat.files.storing import STORAGE

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the web server at HOST and PORT."
    requires_system_checks = (STORAGE,)

    def handle(self, *args: Any, **options: Any) -> None:
        if not ports.is_free(settings.HOST, settings.PORT):
            raise CommandError(
                f"Port {settings.PORT} on {settings.HOST} is taken by another program: "
                "end that one or set PORT to another number."
            )
        # Twisted takes the process's event loop when it is imported, so these come first.
        from zaichat import loops

        loops.install()
        from zaichat.server import Server

        # isort: split
        from conversations.engine import lifecycle
        from zaichat.accounts import welcome
        from zaichat.asgi import application

        if link := welcome.link():
            logger.info("no account yet, make one: %s", link)
        connection.close()
        Server(
            application, _endpoints(), started=lifecycle.start, shutdown=lifecycle.shutdown
        ).run()


def _endpoints() -> list[str]:
    """Both loopback addresses where there are two: browsers take `localhost` for either."""
    hosts = [settings.HOST.strip("[]")]
    if settings.HOST in ("127.0.0.1", "localhost"):
        hosts = ["127.0.0.1", *(["::1"] if ports.is_free("::1", settings.PORT) else [])]
    return [_endpoint(host, settings.PORT) for host in hosts]


def _endpoint(host: str, port: int) -> str:
    """Twisted's description of a listening port."""
    interface = host.replace(":", r"\:")
    return f"tcp:port={port}:interface={interface}:backlog=511"
