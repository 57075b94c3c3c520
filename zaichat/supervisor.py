"""Keeps child processes running, and ends every one of them.

Each child is a process group of its own, so that a Ctrl-C reaches only the parent and the
parent decides in which order they end. A child that dies is started again after a pause.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
STEADY_AFTER = 30.0  # seconds a child must live for its next pause to be the first again
PAUSES = (1.0, 2.0, 5.0, 15.0)  # seconds before it is started again
LOOK_EVERY = 0.05  # seconds

logger = logging.getLogger(__name__)


@dataclass
class Child:
    """`program` is a module or a file for `zaichat.child`, with its arguments."""

    name: str
    program: list[str]
    says: int | None = None
    """Where its standard output goes: a descriptor, subprocess.DEVNULL, or None for ours."""
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _falls: int = 0
    _again_at: float | None = None

    def start(self) -> None:
        self._again_at = None
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own programs only
            [sys.executable, "-m", "zaichat.child", *self.program],
            stdin=subprocess.PIPE,
            stdout=self.says,
            env=os.environ | {"PYTHONPATH": ROOT},
            process_group=0,
        )

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def falls(self) -> int:
        """How often it fell in a row, without a steady time between."""
        return self._falls

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def keep_up(self) -> None:
        """Start it again when it fell and its pause is over."""
        if self.is_running():
            return
        if self._again_at is None:
            self._again_at = time.monotonic() + self._next_pause()
        elif time.monotonic() >= self._again_at:
            self.start()

    def _next_pause(self) -> float:
        steady = time.monotonic() - self._started >= STEADY_AFTER
        self._falls = 1 if steady else self._falls + 1
        pause = PAUSES[min(self._falls, len(PAUSES)) - 1]
        code = self._process.returncode if self._process else None
        logger.warning("%s ended (%s); starting it again in %g s", self.name, code, pause)
        return pause

    def ask_to_end(self) -> None:
        if self._process and self.is_running():
            self._process.terminate()

    def kill(self) -> None:
        """End the whole group, so that nothing the child started stays behind."""
        if self._process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


def end(children: Iterable[Child], within: float) -> None:
    """Ask all of them to end, wait at most `within` seconds, then kill what is left."""
    children = list(children)
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and any(child.is_running() for child in children):
        time.sleep(LOOK_EVERY)
    for child in children:
        child.kill()
