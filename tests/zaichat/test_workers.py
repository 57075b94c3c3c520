"""Background workers: they beat, sweep, and leave in time."""

import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from tests.running import eventually, manage, redis_server, running
from zaichat import sweeping
from zaichat.models import Due, Worker

swept: list[str] = []


def count_a_sweep() -> None:
    swept.append("counted")


def fail_a_sweep() -> None:
    raise OSError("out of luck")


@pytest.mark.django_db
def test_what_is_due_is_claimed_once_and_again_when_its_time_has_come() -> None:
    every, at = timedelta(seconds=30), now()
    assert Due.objects.claim("sweep", every, at)
    assert not Due.objects.claim("sweep", every, at + timedelta(seconds=2))
    assert Due.objects.claim("sweep", every, at + timedelta(seconds=40))


@pytest.mark.django_db
def test_a_sweep_that_fails_does_not_hold_up_the_next(settings: LazySettings) -> None:
    swept.clear()
    settings.SWEEPS = [f"{__name__}.fail_a_sweep", f"{__name__}.count_a_sweep"]
    sweeping.sweep.call()
    assert swept == ["counted"]


@pytest.mark.django_db
def test_rows_of_killed_workers_and_old_results_are_forgotten() -> None:
    Worker.objects.create(role="worker", host="gone", beat_at=now() - timedelta(hours=2))
    alive = Worker.objects.create(role="worker", host="here")
    old, fresh = result("SUCCESSFUL", days=9), result("SUCCESSFUL", days=0)
    stuck, waiting = result("RUNNING", days=2), result("READY", days=9)
    sweeping.forget_workers()
    sweeping.prune_task_results()
    assert list(Worker.objects.all()) == [alive]
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {fresh, waiting}
    assert not {old, stuck} & {fresh, waiting}


@pytest.mark.django_db
def test_expired_sessions_are_cleared() -> None:
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, expire_date=now() + timedelta(days=days))
    sweeping.clear_sessions()
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def result(status: str, days: int) -> object:
    then = now() - timedelta(days=days)
    row = DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="zaichat.sweeping.sweep",
        backend_name="default",
        run_after=then,
        started_at=then,
        finished_at=then if status == "SUCCESSFUL" else None,
        exception_class_path="",
        traceback="",
    )
    return row.pk


WORKERS = "SELECT count(*) FROM zaichat_worker"
SESSIONS = "SELECT count(*) FROM django_session"
EXPIRED = "INSERT INTO django_session VALUES ('old', '', '2020-01-01 00:00:00')"


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_worker_shows_that_it_lives_sweeps_and_leaves_no_row(tmp_path: Path) -> None:
    watch_a_worker(tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server")
def test_a_worker_on_redis_does_the_same(tmp_path: Path) -> None:
    with redis_server(tmp_path) as url:
        watch_a_worker(tmp_path, REDIS_URL=url)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_task_that_takes_too_long_is_cut_off_as_failed(tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "--verbosity=0").returncode == 0
    enqueue = "from tests.tasks import take_a_minute; take_a_minute.enqueue()"
    assert manage(tmp_path, "shell", "--no-imports", "-c", enqueue).returncode == 0
    table = DBTaskResult._meta.db_table
    statuses = f"SELECT status FROM {table} WHERE task_path LIKE '%take_a_minute'"  # noqa: S608
    with running(tmp_path, "manage.py", "worker") as process:
        eventually(lambda: ask(tmp_path, statuses) == [("RUNNING",)], process)
        assert process.tell(signal.SIGTERM) < 10
    assert ask(tmp_path, statuses) == [("FAILED",)]


def watch_a_worker(folder: Path, **environment: str) -> None:
    """It shows that it lives, clears the expired session, and its row goes with it."""
    assert manage(folder, "migrate", "--verbosity=0").returncode == 0
    ask(folder, EXPIRED)
    with running(folder, "manage.py", "worker", **environment) as process:
        eventually(lambda: ask(folder, WORKERS) == [(1,)], process)
        eventually(lambda: ask(folder, SESSIONS) == [(0,)], process)
        assert process.tell(signal.SIGTERM) < 10
    assert ask(folder, WORKERS) == [(0,)]
    assert "Traceback" not in process.said


def ask(folder: Path, question: str) -> list[Any]:
    """Ask the database of another process."""
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database, database:
        return database.execute(question).fetchall()
