"""Starts the processes that decode what people bring, few at a time, and believes only what they
wrote."""

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext as _

from zaichat.files import limits

ENDED = "ended"
REFUSALS: dict[int, str] = {
    signal.SIGXCPU: "too_slow",
    signal.SIGKILL: ENDED,
    signal.SIGTERM: ENDED,
}
"""What ended a process -> what is said of its file; all else is the file's doing."""

logger = logging.getLogger(__name__)
_places = BoundedSemaphore(limits.AT_ONCE)


def asked(program: str, *arguments: str | Path, seconds: int) -> dict[str, Any]:
    """What `python -m program` said; `{"refused": code}` where it did not come to saying it.

    A process that was ended from outside says nothing about the file: it is read once more.
    """
    command = [sys.executable, "-m", program, *map(str, arguments)]
    with _places:
        said = _run(command, seconds)
        return _run(command, seconds) if said.get("refused") == ENDED else said


def why_ended() -> str:
    """`ENDED` in words."""
    return _("The process that was reading it was ended, twice. Try again in a while.")


def _run(command: list[str], seconds: int) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - our own program with paths of our own making
            command,
            capture_output=True,
            timeout=seconds,
            cwd=Path(__file__).parents[2],
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "too_slow"}
    return _understood(done)


def _understood(done: "subprocess.CompletedProcess[bytes]") -> dict[str, Any]:
    try:
        return dict(json.loads(done.stdout))
    except (ValueError, TypeError):
        logger.warning("a file ended the process that read it: exit %d", done.returncode)
        return {"refused": REFUSALS.get(-done.returncode, "broken")}
