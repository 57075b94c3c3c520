"""`manage.py dev` with real processes: it starts all, restarts what falls, leaves nothing."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import Running, children_of, eventually, is_alive, manage, running, wait_until
from zaichat import ports

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PARTS = ("zaichat.emulator", "serve", "worker")


@pytest.fixture
def dev(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path, "manage.py", "dev") as process:
        eventually(lambda: process.healthy() and "Ctrl-C" in process.said, process)
        eventually(lambda: workers(tmp_path) == 2, process)
        yield process


def workers(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database:
        return int(database.execute("SELECT count(*) FROM zaichat_worker").fetchone()[0])


def the_one(dev: Running, part: str) -> int:
    """The process id of the child that runs this part."""
    return next(
        pid
        for pid, command in children_of(dev.process.pid).items()
        if "zaichat.child" in command and part in command
    )


def test_one_ctrl_c_ends_everything(dev: Running) -> None:
    children = children_of(dev.process.pid)
    assert all(any(part in command for command in children.values()) for part in PARTS)
    assert f"http://127.0.0.1:{dev.port}/welcome/" in dev.said
    assert dev.tell(signal.SIGINT) < 10
    assert dev.process.returncode == 0
    assert not [pid for pid in children if is_alive(pid)]
    assert "Traceback" not in dev.said


def test_no_child_survives_a_killed_parent(dev: Running) -> None:
    children = children_of(dev.process.pid)
    dev.process.kill()
    dev.process.wait()
    wait_until(lambda: not [pid for pid in children if is_alive(pid)], "the children ended")


def test_what_falls_is_started_again(dev: Running) -> None:
    fallen = the_one(dev, "zaichat.emulator"), the_one(dev, "serve")
    for pid in fallen:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: not any(map(is_alive, fallen)), dev)
    eventually(dev.healthy, dev)
    port = int(dev.environment["EMULATOR_PORT"])
    eventually(lambda: ports.answers("127.0.0.1", port), dev)
    assert "starting it again" in dev.said


def test_a_taken_port_ends_the_start_with_one_sentence(dev: Running, tmp_path: Path) -> None:
    done = manage(tmp_path, "dev", PORT=str(dev.port))
    assert done.returncode == 1
    assert f"Port {dev.port} on 127.0.0.1 is taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_stand_in_moves_when_its_port_is_taken(tmp_path: Path) -> None:
    with closing(ports.listener("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with running(tmp_path, "manage.py", "dev", EMULATOR_PORT=port) as process:
            eventually(lambda: process.healthy() and "Ctrl-C" in process.said, process)
            command = children_of(process.process.pid)[the_one(process, "zaichat.emulator")]
            assert f"--port {port}" not in command
            process.tell(signal.SIGTERM)
