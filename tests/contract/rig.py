"""The machinery of a contract test: real web processes on one data folder, ended one by one.

Every process is a child of the test and is known by its id alone; when a rig ends, nothing it
started may be left, its log may hold no exception, and the key must not have been written down.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.contract.client import sign_in
from tests.standin import StandIn

ROOT = Path(__file__).resolve().parents[2]
KEY = "contract.never-to-be-written-down"
PASSWORD = "correct-horse-battery-9"
PEOPLE = ("ada", "mallory")
START_WITHIN = 30.0
END_WITHIN = 10.0  # what the contract promises for every role

Environment = dict[str, str]


def environment(folder: Path, **more: str) -> Environment:
    """Nothing of the developer's own settings, and no proxy for loopback."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "VIRTUAL_ENV", "TMPDIR")
    base = {name: os.environ[name] for name in kept if name in os.environ}
    base |= {"ENV_FILE": os.devnull, "DATA_DIR": str(folder), "TITLES": "off"}
    base |= {"ENGINE_TIME_SCALE": "0.2", "PYTHONUNBUFFERED": "1"}
    # Pages name their scripts by a list that the build writes; none of these tests runs scripts.
    if not (ROOT / "build" / "static" / "staticfiles.json").exists():
        base["DEBUG"] = "on"
    return base | more


def manage(folder: Path, *words: str, **more: str) -> None:
    """Run one command to its end."""
    command = [sys.executable, "manage.py", *words]
    env = environment(folder, **more)
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def create_person(folder: Path, name: str) -> None:
    manage(
        folder,
        "createsuperuser",
        "--noinput",
        DJANGO_SUPERUSER_USERNAME=name,
        DJANGO_SUPERUSER_EMAIL=f"{name}@example.org",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )


def prepare(folder: Path) -> Path:
    """A data folder with its rows laid and two people, to be copied for each rig."""
    manage(folder, "migrate", "--verbosity", "0")
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda name: create_person(folder, name), PEOPLE))
    return folder


class Server:
    """`manage.py serve` at one port, which it keeps when it is started again."""

    def __init__(self, env: Environment, log: Path) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.log = log
        self._env = env | {"PORT": str(self.port)}
        self._process: subprocess.Popen[bytes] | None = None
        self._family: list[psutil.Process] = []

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=subprocess.STDOUT
            )

    def wait_until_ready(self) -> None:
        assert self._process is not None
        give_up = time.monotonic() + START_WITHIN
        while not answers(f"{self.origin}/healthz"):
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < give_up, self.log.read_text()
            time.sleep(0.02)

    def kill(self) -> None:
        """As the kernel does when memory runs out: no word to the process."""
        self._signal(signal.SIGKILL)
        self.wait_until_gone()

    def terminate(self) -> None:
        """Told to end; returns at once."""
        self._signal(signal.SIGTERM)

    def wait_until_gone(self) -> int:
        """The exit code. Fails when it takes longer than promised, or leaves a child behind."""
        assert self._process is not None
        try:
            code = self._process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        left = [child for child in self._family if child.is_running()]
        assert not left, f"left behind: {left}"
        return code

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.terminate()
            assert self.wait_until_gone() == 0, self.log.read_text()

    def kill_if_running(self) -> None:
        """For a test that failed half-way: whatever happened, nothing stays."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._family = psutil.Process(self._process.pid).children(recursive=True)
        self._process.send_signal(number)


class Rig:
    """One or more web processes on a copy of the prepared folder, and the stand-in behind them."""

    def __init__(
        self, prepared: Path, folder: Path, upstream: StandIn, processes: int = 1, **more: str
    ) -> None:
        self.folder = Path(shutil.copytree(prepared, folder / "data"))
        self.upstream = Upstream(upstream)
        env = environment(self.folder, ZAI_BASE_URL=upstream.base_url, ZAI_API_KEY=KEY, **more)
        logs = [folder / f"serve-{number}.log" for number in range(processes)]
        self.servers = [Server(env, log) for log in logs]
        self._cookies: dict[str, str] = {}

    @property
    def origin(self) -> str:
        return self.servers[0].origin

    @property
    def elsewhere(self) -> str:
        """The other process, where there is one."""
        return self.servers[-1].origin

    def start(self) -> None:
        for server in self.servers:
            server.start()
        for server in self.servers:
            server.wait_until_ready()

    def cookie(self, person: str = "ada") -> str:
        if person not in self._cookies:
            self._cookies[person] = sign_in(self.origin, person, PASSWORD)
        return self._cookies[person]

    def get(self, path: str, person: str = "ada", origin: str = "") -> httpx.Response:
        """A page as this person sees it; "" is somebody signed out."""
        headers = {"Cookie": self.cookie(person)} if person else {}
        return httpx.get(
            (origin or self.origin) + path, headers=headers, trust_env=False, timeout=20
        )

    def stop(self) -> None:
        for server in self.servers:
            server.stop()
        logs = "\n".join(server.log.read_text() for server in self.servers)
        assert "Traceback" not in logs, logs
        assert KEY.partition(".")[2] not in logs


class Upstream:
    """What the stand-in was asked, by words that stand in one conversation only."""

    def __init__(self, standin: StandIn) -> None:
        self._http = httpx.Client(base_url=standin.origin, trust_env=False, timeout=10)

    def asked(self, words: str) -> list[dict[str, Any]]:
        """Chat requests in which these words were said, oldest first."""
        seen = self._http.get("/__control/requests").raise_for_status().json()
        return [
            request
            for request in seen
            if request["path"].endswith("/chat/completions") and words in str(request["body"])
        ]

    def next(self, script: str, match: str) -> None:
        """The next request whose last question contains `match` is answered by this script."""
        body = {"script": script, "match": match}
        self._http.post("/__control/next", json=body).raise_for_status()

    def close(self) -> None:
        self._http.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(url: str) -> bool:
    try:
        return httpx.get(url, trust_env=False, timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
