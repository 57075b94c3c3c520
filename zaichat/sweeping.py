"""The periodic sweep: what must be looked after from time to time, whoever is signed in.

A worker enqueues it every SWEEP_EVERY. Each entry of settings.SWEEPS is a function without
arguments that may be called at any time and twice; one that fails does not hold up the others.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.module_loading import import_string
from django.utils.timezone import now
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from zaichat.models import Worker

SWEEP_EVERY = timedelta(seconds=30)
KEEP_RESULTS = timedelta(days=3)
GIVE_UP_RUNNING = timedelta(days=1)  # longer than any task may take: its worker was killed

logger = logging.getLogger(__name__)


@task()
def sweep() -> None:
    for path in settings.SWEEPS:
        try:
            import_string(path)()
        except Exception:
            logger.exception("the sweep %s failed", path)


def forget_workers() -> None:
    """Rows of workers that were killed; those that end in order remove their own."""
    Worker.objects.forgotten().delete()


def prune_task_results() -> None:
    """Rows are the truth about work; what is left of a task is only a record of the engine."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEEP_RESULTS).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now() - GIVE_UP_RUNNING).delete()


def clear_sessions() -> None:
    Session.objects.filter(expire_date__lt=now()).delete()
