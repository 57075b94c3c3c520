"""Which processes are alive: each holds a lock on a file named after it, for as long as it lives.

The kernel drops the lock with the process, also on kill -9, so that a restart on the same
machine need not wait for a heartbeat to go cold. Processes of other machines, whose files are
not here, are judged by their heartbeat alone.
"""

import fcntl
import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings


class ProcessLock:
    """Held from creation until `release` or the end of the process."""

    def __init__(self) -> None:
        self.name = str(uuid4())
        folder().mkdir(parents=True, exist_ok=True)
        unnamed = folder() / f".{self.name}"
        self._file = os.open(unnamed, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unnamed.rename(folder() / self.name)  # nobody ever sees the name without the lock

    def release(self) -> None:
        (folder() / self.name).unlink(missing_ok=True)
        os.close(self._file)


def known_dead() -> set[str]:
    """Names of processes of this machine whose lock is free. Removes nothing."""
    return {path.name for path in _files() if _is_free(path)}


def forget(names: set[str]) -> None:
    """Remove the files of dead processes, once their runs have been ended."""
    for name in names:
        (folder() / name).unlink(missing_ok=True)


def folder() -> Path:
    return Path(settings.DATA_DIR) / "processes"


def _files() -> list[Path]:
    found = folder().iterdir() if folder().is_dir() else []
    return [path for path in found if not path.name.startswith(".")]


def _is_free(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(file)
