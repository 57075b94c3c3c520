"""Runs background tasks on whichever engine is configured, and shows that it lives.

The engines are well-kept ones (django-tasks-db, or RQ when REDIS_URL is set); this adds a
heartbeat, the periodic sweep, and an end within 10 s of a signal even in the middle of a task.
A task that is cut off is started again by what it worked on: rows are the truth.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.timezone import now
from django_tasks_db.management.commands import db_worker

from zaichat.models import BEAT_EVERY, Due, Worker
from zaichat.sweeping import SWEEP_EVERY, sweep

TASK_MAY_END_WITHIN = 7.5  # seconds after the signal; then it is cut off
EXIT_WITHIN = 1.5  # seconds more; then the process ends as it is
LOOK_EVERY = 1.0  # seconds between looks into the queue

ending = threading.Event()
"""Set when this worker is told to end: long tasks then finish what they have in hand."""

logger = logging.getLogger(__name__)


def run() -> None:
    worker = Worker(role="worker", host=socket.gethostname())
    with beating(worker):
        if settings.REDIS_URL:
            _run_on_redis()
        else:
            _run_on_database(str(worker.pk))


@contextmanager
def beating(worker: Worker) -> Iterator[None]:
    """Beat and see what is due, from a thread of its own, until the block ends."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=[worker, over], name="heart", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join(timeout=1)
        Worker.objects.filter(pk=worker.pk).delete()


def _beat(worker: Worker, over: threading.Event) -> None:
    """What a killed process left is taken up at once, not when the next sweep is due."""
    is_new = True
    while True:
        try:
            worker.beat()
            if Due.objects.claim("sweep", SWEEP_EVERY, now()) or is_new:
                sweep.enqueue()
            is_new = False
        except (DatabaseError, OSError):
            logger.warning("a heartbeat was missed", exc_info=True)
        except Exception:
            logger.exception("the sweep was not enqueued")
        finally:
            connection.close()
        if over.wait(BEAT_EVERY.total_seconds()):
            return


class DatabaseWorker(db_worker.Worker):
    """Leaves at once when idle; a running task gets a moment, then it is cut off as failed."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if self.running:
            self.running = False
            _end_soon()
            if self.running_task:
                return
        raise SystemExit(0)


def _run_on_database(worker_id: str) -> None:
    worker = DatabaseWorker(
        queue_names=["*"],
        interval=LOOK_EVERY,
        batch=False,
        backend_name="default",
        startup_delay=True,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def _run_on_redis() -> None:
    from django_rq import get_worker
    from rq import SimpleWorker

    # RQ's usual worker forks for each task, which may not be done beside the heart's thread.
    class Orderly(SimpleWorker):
        def request_stop(self, signum: int, frame: FrameType | None) -> None:
            _end_soon()
            super().request_stop(signum, frame)

    worker_class: Any = Orderly  # get_worker is annotated for its forking sibling only
    worker = get_worker(
        *settings.RQ_QUEUES, job_class="django_tasks_rq.Job", worker_class=worker_class
    )
    worker.work(with_scheduler=True, logging_level="WARNING")


def _end_soon() -> None:
    """A second signal cuts the running task off; the last resort needs no one's help."""
    ending.set()
    _later(TASK_MAY_END_WITHIN, os.kill, os.getpid(), signal.SIGTERM)
    _later(TASK_MAY_END_WITHIN + EXIT_WITHIN, os._exit, 1)


def _later(seconds: float, act: Any, *arguments: Any) -> None:
    timer = threading.Timer(seconds, act, arguments)
    timer.daemon = True
    timer.start()
