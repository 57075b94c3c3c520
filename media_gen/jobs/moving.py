"""Every write to a job that a worker leads: conditional on its claim, so that one who was too slow
writes nothing."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from media_gen.jobs.asking import call_of, price_of
from media_gen.models import MOVING, Job, State
from zaichat.accounts import ledger
from zaichat.accounts.ledger import Closing
from zaichat.db import durable
from zaichat.files.models import StoredFile
from zaichat.zai import catalog

FATE_UNKNOWN = "fate_unknown"

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """Somebody else leads this job now, or it has ended."""


def move(job: Job, **changes: Any) -> None:
    """Write `changes` while the claim holds. Raises Superseded."""
    held = Job.objects.filter(pk=job.pk, claim=job.claim, state__in=MOVING)
    if not held.update(**changes):
        raise Superseded
    for name, value in changes.items():
        setattr(job, name, value)


def wait(job: Job, pause: timedelta, **changes: Any) -> None:
    """Let it go until `pause` is over."""
    move(job, due_at=now() + pause, claim=None, **changes)


def hand_over(job: Job, lease: timedelta) -> None:
    """Say that the paid request leaves now: whoever finds this state and no task id must not send
    it again."""
    with durable():
        move(job, state=State.SUBMITTING, submitted_at=now(), due_at=now() + lease)


def handed_over(job: Job, pause: timedelta, *, task_id: str, address: str) -> None:
    """Keep what was paid for, through a power cut. It is kept too where the answer came so late
    that the job was already given up as of unknown fate."""
    state = State.SAVING if address else State.RUNNING
    due_at = now() if address else now() + pause
    known = {
        "state": state,
        "task_id": task_id,
        "address": address,
        "due_at": due_at,
        "tries": 0,
        "claim": None,
    }
    with durable():
        try:
            move(job, **known)
        except Superseded:
            given_up = Job.objects.filter(pk=job.pk, submitted_at=job.submitted_at)
            given_up = given_up.filter(state=State.NEEDS_ATTENTION, error=FATE_UNKNOWN)
            if not given_up.update(error="", ended_at=None, **known):
                raise


def finish(job: Job, stored: StoredFile) -> None:
    """Call in the transaction that writes `stored`."""
    move(job, state=State.DONE, result=stored, ended_at=now(), **settled(job))


def fail(job: Job, error: str, *, vendor_code: str = "", billed: bool = False) -> None:
    """It ends here; money that was surely not spent goes back."""
    with transaction.atomic():
        money = settled(job, estimated=True) if billed else refunded(job)
        move(
            job,
            state=State.FAILED,
            error=error,
            vendor_code=vendor_code,
            ended_at=now(),
            **money,
        )
    logger.info("a job failed: %s", error, extra={"job": str(job.pk), "task": job.task_id})


def ask_a_person(job: Job, error: str) -> None:
    """Nobody knows whether the vendor has it, and whether it bills it: no worker sends it again."""
    with transaction.atomic():
        money = settled(job, estimated=True)
        move(job, state=State.NEEDS_ATTENTION, error=error, ended_at=now(), **money)
    logger.warning("a job needs attention: %s", error, extra={"job": str(job.pk)})


def cancel(job: Job) -> bool:
    """By its owner. False where it has ended, or where the paid request is leaving just now."""
    with transaction.atomic():
        held = Job.objects.filter(pk=job.pk, state__in=(State.QUEUED, State.RUNNING, State.SAVING))
        row = held.select_for_update().first()
        if row is None:
            return False
        money = refunded(row) if row.state == State.QUEUED else settled(row, estimated=True)
        changes = {"state": State.CANCELLED, "ended_at": now(), "claim": None, **money}
        return bool(held.filter(state=row.state).update(**changes))


def settled(job: Job, *, estimated: bool = False) -> dict[str, Any]:
    """The vendor bills by piece: it costs what was set aside."""
    amount = price_of(catalog.find(job.model), job.currency)
    ledger.close_all([Closing(call_of(job), amount, {"pieces": 1}, estimated=estimated)])
    return {"cost_nano": amount}


def refunded(job: Job) -> dict[str, Any]:
    ledger.close_all([Closing(call_of(job), 0, None)])
    return {"cost_nano": 0}


def is_over(job: Job, deadline: float, at: datetime) -> bool:
    """Whether it is longer on its way than anybody should believe."""
    begun = job.submitted_at or job.created_at
    return at - begun > timedelta(seconds=deadline)
