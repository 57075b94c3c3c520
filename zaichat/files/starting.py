"""Starts the processes that decode what people bring, few at a time, and believes only what they
wrote."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from zaichat.files import limits

logger = logging.getLogger(__name__)
_places = BoundedSemaphore(limits.AT_ONCE)


def asked(program: str, *arguments: str | Path, seconds: int) -> dict[str, Any]:
    """What `python -m program` said; `{"refused": code}` where it did not come to saying it."""
    command = [sys.executable, "-m", program, *map(str, arguments)]
    with _places:
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
        return {"refused": "too_slow" if done.returncode == -24 else "broken"}
