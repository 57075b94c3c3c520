"""Real processes of ours for tests: started on a free port with a data folder of their own."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from zaichat import ports

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds; a limit for hopeless cases, not a measure


class Running:
    """A process, what it said so far, and where it listens."""

    def __init__(self, folder: Path, *command: str, **environment: str) -> None:
        self.port = free_port()
        self._log = folder / f"said-{self.port}.log"
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "EMULATOR_PORT": str(free_port()),
            "PYTHONWARNINGS": "ignore:No directory at:UserWarning",
            **environment,
        }
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    @property
    def said(self) -> str:
        return self._log.read_text()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def healthy(self) -> bool:
        try:
            return httpx.get(self.url("/healthz")).status_code == 200
        except httpx.TransportError:
            return False

    def tell(self, number: signal.Signals) -> float:
        """Send a signal and wait for the end; the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - started

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def free_port() -> int:
    """Below the range from which the system takes ports for connections, so it stays free."""
    return next(port for port in iter(_any_port, None) if ports.is_free("127.0.0.1", port))


def _any_port() -> int:
    return random.randrange(20_000, 30_000)


@contextmanager
def running(folder: Path, *command: str, **environment: str) -> Iterator[Running]:
    process = Running(folder, *command, **environment)
    try:
        yield process
    finally:
        process.kill()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Its address; nothing is kept."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL) as redis:
        try:
            wait_until(lambda: ports.answers("127.0.0.1", port), "redis answers")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            redis.terminate()


def manage(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def eventually(true: Callable[[], object], process: Running) -> None:
    """Wait until it is so, as long as the process lives."""

    deadline = time.monotonic() + PATIENCE
    while not true():
        assert process.process.poll() is None, f"it ended:\n{process.said}"
        assert time.monotonic() < deadline, f"it never came to be so:\n{process.said}"
        time.sleep(0.05)


def wait_until(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"within {patience:g} s: {what}"
        time.sleep(0.05)


def children_of(pid: int) -> dict[int, str]:
    """Every process below this one, with its command line."""
    import psutil

    below = psutil.Process(pid).children(recursive=True)
    return {process.pid: " ".join(process.cmdline()) for process in below}


def is_alive(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
