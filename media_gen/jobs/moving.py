"""Every write to a job that a worker leads: conditional on its claim, so that one who was too slow
writes nothing."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from media_gen.indexing import index
from media_gen.jobs.asking import call_of, price_of
from media_gen.models import MOVING, Job, State
from zaichat.accounts import ledger
from zaichat.accounts.ledger import Closing
from zaichat.db import durable
from zaichat.files.models import StoredFile
from zaichat.zai import catalog

FATE_UNKNOWN = "fate_unknown"
UNWANTED = "unwanted"
"""Cancelled while its request was under way, which nobody can call back."""

UNCLOSED = (*MOVING, State.NEEDS_ATTENTION)
"""States in which money is set aside for it."""

FETCHED_AGAIN = ("too_slow", "task_lost", "not_saved", "no_room")
"""It may be there all the same: looking for it once more costs nothing."""

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
    that the job was already given up as of unknown fate, or its owner wants it no more."""
    state = State.SAVING if address else State.RUNNING
    due_at = now() if address else now() + pause
    found = {"task_id": task_id, "address": address}
    known = {"state": state, "due_at": due_at, "tries": 0, "claim": None, **found}
    with durable():
        if leave(job, billed=True, **found):
            return
        try:
            move(job, **known)
        except Superseded:
            _came_late(job, known, found)


def _came_late(job: Job, known: dict[str, Any], found: dict[str, Any]) -> None:
    this = Job.objects.filter(pk=job.pk, submitted_at=job.submitted_at, task_id="", address="")
    given_up = this.filter(state=State.NEEDS_ATTENTION, error=FATE_UNKNOWN)
    if not given_up.update(error="", ended_at=None, **known):
        this.exclude(state__in=MOVING).update(**found)


def leave(job: Job, *, billed: bool, **found: Any) -> bool:
    """End it if its owner cancelled it while it was being asked for; now its price is known."""
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=job.pk).first()
        if row is None or (row.state, row.error) != (State.SUBMITTING, UNWANTED):
            return False
        money = settled(row, estimated=True) if billed else refunded(row)
        _end(row, State.CANCELLED, **money, **found)
    job.state = State.CANCELLED
    return True


def _end(row: Job, state: State, **changes: Any) -> None:
    """Of a row that is locked."""
    known = {"state": state, "error": "", "claim": None, "ended_at": now(), **changes}
    Job.objects.filter(pk=row.pk).update(**known)


def finish(job: Job, stored: StoredFile) -> None:
    """Call in the transaction that writes `stored`."""
    move(job, state=State.DONE, result=stored, ended_at=now(), **settled(job))
    index([job])


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
    """Nobody knows whether the vendor has it, and whether it bills it: no worker sends it again.
    The money stays set aside until its owner gives it up."""
    move(job, state=State.NEEDS_ATTENTION, error=error, ended_at=now())
    logger.warning("a job needs attention: %s", error, extra={"job": str(job.pk)})


def give_up(job: Job) -> bool:
    """By its owner, who leaves it at that: it may have been billed. False where it has changed."""
    with transaction.atomic():
        lost = Job.objects.filter(pk=job.pk, state=State.NEEDS_ATTENTION)
        row = lost.select_for_update().first()
        if row is None:
            return False
        _end(row, State.CANCELLED, error=row.error, **settled(row, estimated=True))
    return True


def fetch_again(job: Job) -> bool:
    """By its owner: look once more for what was paid for. False where there is nothing to find."""
    if not may_fetch(job):
        return False
    state = State.RUNNING if job.task_id else State.SAVING
    lost = Job.objects.filter(pk=job.pk, state=State.FAILED, error=job.error)
    known = {"state": state, "tries": 0, "error": "", "ended_at": None, "claim": None}
    return bool(lost.update(due_at=now(), **known))


def may_fetch(job: Job) -> bool:
    is_lost = job.state == State.FAILED and job.error in FETCHED_AGAIN
    return is_lost and bool(job.task_id or job.address)


def cancel(job: Job) -> bool:
    """By its owner. The API takes no task back: what was asked for is billed. False where it has
    ended."""
    with transaction.atomic():
        held = Job.objects.filter(pk=job.pk, state__in=MOVING)
        row = held.select_for_update().first()
        if row is None:
            return False
        if row.state == State.SUBMITTING:
            return bool(held.update(error=UNWANTED))
        _end(row, State.CANCELLED, **_let_go(row))
    return True


def _let_go(row: Job) -> dict[str, Any]:
    """What left may be billed, whatever becomes of it; what waits costs nothing."""
    return refunded(row) if row.state == State.QUEUED else settled(row, estimated=True)


def forget(jobs: Iterable[Job]) -> None:
    """Delete their rows for good. Money that was set aside is closed before: a worker who leads one
    of them finds nothing to write to any more."""
    keys = [job.pk for job in jobs]
    with transaction.atomic():
        for row in Job.objects.select_for_update().filter(pk__in=keys, state__in=UNCLOSED):
            _let_go(row)
        Job.objects.filter(pk__in=keys).delete()


def settled(job: Job, *, estimated: bool = False) -> dict[str, Any]:
    """The vendor bills by piece: it costs what was set aside."""
    amount = price_of(catalog.find(job.model), job.currency)
    ledger.close_all([Closing(call_of(job), amount, {"pieces": 1}, estimated=estimated)])
    return {"cost_nano": ledger.cost_of(job.call)}


def refunded(job: Job) -> dict[str, Any]:
    """What was settled before stays so, and is what it cost."""
    ledger.close_all([Closing(call_of(job), 0, None)])
    return {"cost_nano": ledger.cost_of(job.call)}


def is_over(job: Job, deadline: float, at: datetime) -> bool:
    """Whether it is longer on its way than anybody should believe."""
    begun = job.submitted_at or job.created_at
    return at - begun > timedelta(seconds=deadline)
