"""What a journey runs on: the built scripts, a server of its own, and the stand-in behind it."""

import fcntl
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import psutil

from tests.contract.rig import KEY, ROOT, Environment, Server, environment, free_port, manage
from tests.standin import StandIn

MANIFEST = ROOT / "build" / "static" / "staticfiles.json"
CATALOGUES = ROOT / "zaichat" / "locale"


def build() -> None:
    """Bundle and collect what the browser gets, unless that is newer than all it is made of.

    One at a time: two test runs may begin in the same moment.
    """
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_anew()


def make_anew() -> None:
    if not is_fresh(MANIFEST, ROOT / "static"):
        run("npm", "run", "--silent", "build")
        run(sys.executable, "manage.py", "collect")
        MANIFEST.touch()
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        if not is_fresh(source.with_suffix(".mo"), source):
            words = ["--directory", str(CATALOGUES), "--domain", source.stem]
            run(str(Path(sys.executable).parent / "pybabel"), "--quiet", "compile", *words)


def is_fresh(made: Path, source: Path) -> bool:
    sources = [source, *source.rglob("*")] if source.is_dir() else [source]
    return made.exists() and made.stat().st_mtime >= max(s.stat().st_mtime for s in sources)


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


class Home(Server):
    """`manage.py dev`: everything that `make run` ends in, on a data folder of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        more = {"EMULATOR_PORT": str(free_port())} | more
        super().__init__(environment(folder, **more), folder.parent / f"{folder.name}.log")

    def start(self) -> None:
        command = [sys.executable, "manage.py", "dev"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._env, stdout=log, stderr=subprocess.STDOUT
            )
        self.wait_until_ready()

    @property
    def welcome(self) -> str:
        """The link that the console printed."""
        found = re.search(r"http://\S+/welcome/\S+/", self.log.read_text())
        assert found, self.log.read_text()
        return found[0]

    def lose_power(self) -> None:
        """Every process of it ends in the same moment, without a word."""
        assert self._process is not None
        parent = psutil.Process(self._process.pid)
        family = [parent, *parent.children(recursive=True)]
        for process in family:
            process.send_signal(signal.SIGKILL)
        self._process.wait()
        psutil.wait_procs(family, timeout=10)

    def end(self) -> None:
        """End the whole family, whatever state a failed test left it in."""
        if self._process is not None and self._process.poll() is None:
            self.lose_power()


class House:
    """One server with two people, for most journeys, and a stand-in that obeys."""

    def __init__(self, prepared: Path, folder: Path, upstream: StandIn, **more: str) -> None:
        self.folder = Path(shutil.copytree(prepared, folder / "data"))
        self.upstream = upstream
        env = vendor(upstream) | more
        self.server = Server(environment(self.folder, **env), folder / "serve.log")
        self.server.start()
        self.server.wait_until_ready()

    @property
    def origin(self) -> str:
        return self.server.origin

    def teach(self, name: str, steps: list[dict[str, object]]) -> None:
        """A script of one's own, chosen by `[[script:name]]` in a question."""
        self._control("PUT", f"scripts/{name}", {"steps": steps})

    def answer_next(self, script: str, match: str) -> None:
        """The next question that contains `match` is answered by this script."""
        self._control("POST", "next", {"script": script, "match": match})

    def stop(self) -> None:
        self.server.stop()
        said = self.server.log.read_text()
        assert "Traceback" not in said, said

    def forget_drafts(self) -> None:
        """What an earlier journey wrote and did not send."""
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            database.execute("DELETE FROM conversations_draft")
            database.commit()

    def manage(self, *words: str, **more: str) -> None:
        manage(self.folder, *words, **more)

    def _control(self, method: str, path: str, body: dict[str, object]) -> None:
        url = f"{self.upstream.origin}/__control/{path}"
        httpx.request(method, url, json=body, trust_env=False, timeout=10).raise_for_status()


def vendor(upstream: StandIn) -> Environment:
    """Settings that make a server ask this stand-in as if it were the API."""
    return {"ZAI_BASE_URL": upstream.base_url, "ZAI_API_KEY": KEY}


def chromium() -> str:
    """Debian's browser; another one by CHROMIUM."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Install Debian's chromium, or name another by CHROMIUM=/path."
    return found
