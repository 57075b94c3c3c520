"""Real processes that make films: a web process, workers, and the stand-in, which outlives them."""

import hashlib
import re
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.contract.client import sign_in
from tests.contract.rig import KEY, PASSWORD, ROOT, Server, environment
from tests.running import wait_until
from tests.standin import StandIn

Row = dict[str, Any]
FINAL = {"done", "failed", "cancelled", "needs_attention"}


class Worker:
    """`manage.py worker` as a process of its own."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "worker"],
                cwd=ROOT,
                env=env,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        self._state = psutil.Process(self._process.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def stop(self) -> None:
        """It stands still when this returns."""
        self.signal(signal.SIGSTOP)
        wait_until(lambda: self._state.status() == psutil.STATUS_STOPPED, "it stands still")

    def wait(self) -> int:
        return self._process.wait(60)

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


class MediaHouse:
    """`folder` is prepared: its rows are laid, and `ada` may sign in."""

    def __init__(self, folder: Path, upstream: StandIn, scale: float, **more: str) -> None:
        self.folder = folder
        more |= {"ZAI_BASE_URL": upstream.base_url, "ZAI_API_KEY": KEY, "ZAI_MAX_RETRIES": "0"}
        self.env = environment(folder, JOB_TIME_SCALE=str(scale), **more)
        self.server = Server(self.env, folder.parent / "serve.log")
        self.workers: list[Worker] = []
        self._upstream = httpx.Client(base_url=upstream.origin, trust_env=False, timeout=10)
        self._cookie = ""

    def start(self, workers: int) -> None:
        self.server.start()
        for _ in range(workers):
            self.hire()
        self.server.wait_until_ready()

    def hire(self) -> Worker:
        log = self.folder.parent / f"worker-{len(self.workers)}.log"
        self.workers.append(Worker(self.env, log))
        return self.workers[-1]

    def lose_power(self) -> None:
        """Everything but the vendor ends in the same moment, without a word."""
        for worker in self.workers:
            worker.kill()
        self.server.kill()

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.server.kill_if_running()
        self._upstream.close()

    def cookie(self) -> str:
        self._cookie = self._cookie or sign_in(self.server.origin, "ada", PASSWORD)
        return self._cookie

    def ask(self, prompt: str, model: str, size: str) -> str:
        """By the form of the studio. A word that stands in this wish only."""
        word = f"w{uuid.uuid4().hex}"
        headers = {"Cookie": self.cookie(), "Origin": self.server.origin}
        with httpx.Client(base_url=self.server.origin, headers=headers, trust_env=False) as browser:
            page = browser.get("/studio/", timeout=20).raise_for_status().text
            token = re.search(r'name="csrfmiddlewaretoken"[^>]*value="([^"]+)"', page)
            assert token
            said = {"csrfmiddlewaretoken": token[1], "command": str(uuid.uuid4()), "size": size}
            said |= {"prompt": f"{prompt} {word}", "model": model, "count": "1"}
            answer = browser.post(
                "/studio/make/", data=said, headers={"X-Requested-With": "fetch"}, timeout=20
            )
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return word

    def ask_for_many(self, pictures: int) -> None:
        """All wanted in the same moment, before anybody works."""
        code = f"from tests.media_gen.making import ask_for_many; ask_for_many({pictures})"
        self.run_code(code)

    def run_code(self, code: str) -> None:
        """In a process of its own, with models."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        env = self.env | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=ROOT, env=env, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def submits(self) -> Counter[str]:
        """How often the vendor was asked to make something, by the word of the wish."""
        seen = self._upstream.get("/__control/requests").raise_for_status().json()
        asked = [request for request in seen if request["path"].endswith("/generations")]
        return Counter(str(request["body"]["prompt"]).split()[-1] for request in asked)

    def rows(self, query: str) -> list[Row]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]

    def jobs(self) -> dict[str, Row]:
        """By the word of the wish."""
        rows = self.rows(
            "SELECT job.*, file.path, file.sha256 FROM media_gen_job job"
            " LEFT JOIN files_storedfile file ON file.id = job.result_id"
        )
        return {row["prompt"].split()[-1]: row for row in rows}

    def wait_until_all_ended(self, patience: float = 150) -> dict[str, Row]:
        def have_ended() -> bool:
            return {row["state"] for row in self.jobs().values()} <= FINAL

        wait_until(have_ended, "all end", patience)
        return self.jobs()

    def expect_made_once(self, pictures: int) -> None:
        """Each was asked for once, billed once, and is there as a file of its own."""
        rows = self.jobs()
        assert {row["state"] for row in rows.values()} == {"done"}, rows
        assert len(rows) == len({row["path"] for row in rows.values()}) == pictures
        assert self.submits() == Counter(rows.keys())
        assert len(self.rows("SELECT id FROM files_storedfile")) == pictures
        ledger = self.ledger()
        assert {tuple(ledger[row["id"]]) for row in rows.values()} == {("reserve", "settle")}
        for row in rows.values():
            self.expect_kept(row)

    def expect_kept(self, row: Row) -> None:
        data = (self.folder / "media" / row["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]

    def ledger(self) -> dict[str, list[str]]:
        """Job -> the kinds of its lines."""
        lines = self.rows("SELECT subject, kind FROM accounts_ledgerentry ORDER BY created_at")
        found: dict[str, list[str]] = {}
        for line in lines:
            found.setdefault(line["subject"], []).append(line["kind"])
        return found

    def stand_still(self, worker: Worker) -> None:
        """Between two writes: one that stands still within a write has SQLite wait for it."""
        worker.stop()
        while not self._can_write():
            worker.signal(signal.SIGCONT)
            worker.stop()

    def _can_write(self) -> bool:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=0.5)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            database.rollback()
            return True
