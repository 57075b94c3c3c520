"""Takes a file in, again and again, and is killed each time a little later. On a database and a
folder of its own: `python -m tests.zaichat.files.killing TIMES`, which prints what was left as
JSON."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

STEPS = ("os.", "shutil.", "tempfile.", "subprocess.", "sqlite3.")
"""Beginnings of audit events that are a step; statements of SQL are steps too."""
LONG_AGO = 3 * 3600  # seconds


def main() -> None:
    django.setup()
    times = int(sys.argv[1])
    steps_of_a_life(0)  # the first one also makes what all later ones find
    all_steps = steps_of_a_life(0)
    killed = [steps_of_a_life(1 + number * all_steps // times) for number in range(times)]
    print(json.dumps({"steps": all_steps, "killed": killed.count(-signal.SIGKILL)} | left()))


def steps_of_a_life(last: int) -> int:
    """Of a process that takes a file in: how many steps it made, or what ended it at the `last`."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        live(last, told)
    os.close(told)
    with os.fdopen(heard) as said:
        steps = said.read()
    _pid, status = os.waitpid(child, 0)
    return int(steps) if steps else os.waitstatus_to_exitcode(status)


def live(last: int, told: int) -> None:
    from django.db import connection

    steps = counting(last)

    def counted(execute: Callable[..., Any], *said: Any) -> Any:
        steps("sql")
        done = execute(*said)
        steps("sql")
        return done

    sys.addaudithook(lambda event, _said: steps(event))
    with connection.execute_wrapper(counted):
        receive_one()
    os.write(told, str(steps("")).encode())
    os._exit(0)


def counting(last: int) -> Callable[[str], int]:
    made = 0

    def step(event: str) -> int:
        nonlocal made
        made += event == "sql" or event.startswith(STEPS)
        if made and made == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    return step


def receive_one() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.zaichat.files.papers import scanned_pdf
    from zaichat.accounts.models import User
    from zaichat.files.receiving import receive

    receive(User.objects.get(), SimpleUploadedFile("report.pdf", scanned_pdf(1)))


def left() -> dict[str, Any]:
    """After the sweeps of some hours: rows, what they name and is not there, and what is there
    that no row names."""
    from zaichat.files.models import Page, StoredFile

    sweep()
    names = [name for row in StoredFile.objects.values_list("path", "thumbnail") for name in row]
    names += Page.objects.exclude(picture="").values_list("picture", flat=True)
    media, incoming = roots()
    there = {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}
    return {
        "rows": StoredFile.objects.count(),
        "lost": sorted(set(names) - there),
        "nobodys": sorted(there - set(names)),
        "half_done": [path.name for path in incoming.iterdir()],
    }


def sweep() -> None:
    from django.utils.timezone import now

    from zaichat.files import sweeping

    then = time.time() - LONG_AGO
    for root in roots():
        for path in [*root.rglob("*"), root]:
            os.utime(path, (then, then))
    sweeping.clear_incoming()
    for minute in range(60):
        sweeping.clear_orphans(now() + timedelta(minutes=minute))


def roots() -> tuple[Path, Path]:
    from django.conf import settings

    return Path(settings.MEDIA_ROOT), Path(settings.DATA_DIR) / "incoming"


if __name__ == "__main__":
    main()
