"""`manage.py dev`: everything on this machine, in one terminal, ended by one Ctrl-C.

The stand-in for the API (when there is no key), the web server and two workers, each a process
of its own. Applies migrations first. Prints the address, and the link that makes the first
account while there is none.
"""

import os
import signal
import subprocess
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zaichat import ports, supervisor
from zaichat.files.storing import STORAGE
from zaichat.supervisor import Child

WORKERS = 2
MAX_FALLS = 3  # of the web server in a row; then something is wrong that a restart cannot mend
LOOK_EVERY = 0.25  # seconds
PATIENCE = 8.5, 1.0  # seconds for web and workers, then for the stand-in: together under 10


class Command(BaseCommand):
    help = "Run the server, two workers and, without a key, the stand-in for the API."
    requires_system_checks = (STORAGE,)

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse_a_taken_port()
        _migrate()
        self.told_to_end = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.told_to_end.set())
        self.stand_in = _stand_in()
        manage = str(settings.BASE_DIR / "manage.py")
        self.web = Child("web server", [manage, "serve"])
        self.workers = [Child(f"worker {n}", [manage, "worker"]) for n in range(1, WORKERS + 1)]
        try:
            self._run()
        finally:
            self._end()

    def _run(self) -> None:
        for child in (*self.stand_in, self.web):
            child.start()
        greeted = False
        while not self.told_to_end.wait(LOOK_EVERY):
            if not greeted and ports.answers(settings.HOST, settings.PORT):
                greeted = True
                self._greet()
                for worker in self.workers:
                    worker.start()
            for child in (*self.stand_in, self.web, *(self.workers if greeted else ())):
                child.keep_up()
            if self.web.falls >= MAX_FALLS:
                raise CommandError("The web server does not stay up; its last lines above say why.")

    def _end(self) -> None:
        """Web and workers first, so that they can finish what they ask the stand-in."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(
                number, lambda *_: os._exit(_kill([self.web, *self.workers, *self.stand_in]))
            )
        supervisor.end([self.web, *self.workers], PATIENCE[0])
        supervisor.end(self.stand_in, PATIENCE[1])

    def _greet(self) -> None:
        from zaichat.accounts import welcome

        lines = [f"ZaiChat is at {settings.ALLOWED_ORIGINS[0]}/"]
        if link := welcome.link():
            lines.append(f"Make your account: {link}")
        if settings.LOCAL_DEMO:
            lines.append(
                "Answers come from a small local model; set ZAI_API_KEY for the real ones."
            )
        lines.append("Ctrl-C ends it.")
        self.stdout.write("\n" + "\n".join(lines) + "\n")
        sys.stdout.flush()
        connection.close()


def _refuse_a_taken_port() -> None:
    if not ports.is_free(settings.HOST, settings.PORT):
        raise CommandError(
            f"Port {settings.PORT} on {settings.HOST} is taken, perhaps by ZaiChat in another "
            f"terminal. End that one, or choose another port: PORT={settings.PORT + 10} make run"
        )


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def _stand_in() -> list[Child]:
    """None or one; its port is handed down to everybody through the environment."""
    if not settings.LOCAL_DEMO:
        return []
    port = str(ports.free("127.0.0.1", settings.EMULATOR_PORT))
    os.environ["EMULATOR_PORT"] = port
    folder = settings.DATA_DIR / "emulator"
    program = ["zaichat.emulator", "--port", port, "--data-dir", str(folder)]
    return [Child("stand-in", program, says=subprocess.DEVNULL)]


def _kill(children: list[Child]) -> int:
    for child in children:
        child.kill()
    return 1
