"""One step of one job, whatever state it is found in. Every step may be cut off anywhere by a
crash; the next one who finds the row goes on from what it says."""

import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.utils.timezone import now

from media_gen.jobs import budget, moving, saving
from media_gen.jobs.moving import Superseded
from media_gen.jobs.port import Looked, NotBrought, Vendor
from media_gen.jobs.times import LOOKS, SAVE_TRIES, SUBMIT_TRIES, UNKNOWN_TASKS, Times, times
from media_gen.models import Job, State
from zaichat.accounts import hints
from zaichat.db import in_db
from zaichat.files.made import Unreadable
from zaichat.files.quota import StorageFull
from zaichat.zai.errors import Overloaded, RateLimited, Refused, ZaiError
from zaichat.zai.retries import may_repeat

NO_PAUSE = timedelta(0)

logger = logging.getLogger(__name__)

TASK_LOST = "task_lost"
UNKNOWN_TASK = frozenset({"1232", "1233", "1234"})
"""Business codes for a task that is not there; not all are documented (async-result)."""


async def lead(job: Job, vendor: Vendor) -> None:
    """Take `job` one step further. Never raises but for faults of our own."""
    steps = {
        State.QUEUED: _submit,
        State.SUBMITTING: _found_submitting,
        State.RUNNING: _look,
        State.SAVING: _save,
    }
    before = job.shown_state
    try:
        await steps[State(job.state)](job, vendor, times())
    except Superseded:
        logger.info("a job was led by somebody else", extra={"job": str(job.pk)})
        return
    if job.shown_state != before:
        await hints.ahint(job.owner_id, "job", job.pk)


async def _submit(job: Job, vendor: Vendor, limits: Times) -> None:
    if job.error == moving.UNWANTED:
        await in_db(moving.cancel, job)
        return
    await in_db(moving.hand_over, job, limits.lease)
    await hints.ahint(job.owner_id, "job", job.pk)
    try:
        submitted = await vendor.submit(job)
    except ZaiError as error:
        await _not_submitted(job, error, limits)
    else:
        pause = limits.look_pause(0)
        await in_db(
            moving.handed_over,
            job,
            pause,
            task_id=submitted.task_id,
            address=submitted.address,
        )


async def _not_submitted(job: Job, error: ZaiError, limits: Times) -> None:
    """Sent again only where it surely did nothing; where nobody knows, a person decides."""
    is_safe = may_repeat(error)
    if await in_db(moving.leave, job, billed=not (is_safe or isinstance(error, Refused))):
        return
    is_busy = isinstance(error, RateLimited | Overloaded) and is_safe
    if is_safe and (job.tries + 1 < SUBMIT_TRIES or (is_busy and not _is_old(job, limits))):
        pause = max(limits.again_pause(job.tries), timedelta(seconds=error.after or 0))
        await in_db(moving.wait, job, pause, state=State.QUEUED, tries=job.tries + 1)
    elif is_safe or isinstance(error, Refused):
        await in_db(moving.fail, job, error.code, vendor_code=error.vendor_code)
    else:
        await in_db(moving.ask_a_person, job, moving.FATE_UNKNOWN)


def _is_old(job: Job, limits: Times) -> bool:
    """A key makes few things at once, and others of the same person may be before this one."""
    return now() - job.created_at > timedelta(seconds=limits.deadline)


async def _found_submitting(job: Job, vendor: Vendor, limits: Times) -> None:
    """Whoever sent it never came back to say what became of it."""
    if await in_db(moving.leave, job, billed=True):
        return
    await in_db(moving.ask_a_person, job, moving.FATE_UNKNOWN)


async def _look(job: Job, vendor: Vendor, limits: Times) -> None:
    try:
        looked = await vendor.look(job.task_id)
    except ZaiError as error:
        await _not_looked(job, error, limits)
    else:
        await _looked(job, looked, limits)


async def _looked(job: Job, looked: Looked, limits: Times) -> None:
    if looked.status == "done":
        known = {"state": State.SAVING, "tries": 0, "error": "", "address": looked.address}
        await in_db(moving.wait, job, NO_PAUSE, **known)
    elif looked.status == "failed":
        logger.info("the vendor failed: %s", looked.detail, extra={"job": str(job.pk)})
        code = looked.vendor_code
        await in_db(moving.fail, job, "vendor_failed", vendor_code=code)
    elif job.tries >= LOOKS and moving.is_over(job, limits.deadline, now()):
        await in_db(moving.fail, job, "too_slow", billed=True)
    else:
        await _look_later(job, limits, tries=job.tries + 1, error="")


async def _look_later(job: Job, limits: Times, **changes: Any) -> None:
    await in_db(_wait_for_look, job, limits, changes)


def _wait_for_look(job: Job, limits: Times, changes: dict[str, Any]) -> None:
    moving.wait(job, budget.look_pause(job, limits), **changes)


async def _not_looked(job: Job, error: ZaiError, limits: Times) -> None:
    """A look costs nothing, so it is made again until the vendor has surely thrown it away."""
    is_unknown = isinstance(error, Refused) and (
        error.status == HTTPStatus.NOT_FOUND or error.vendor_code in UNKNOWN_TASK
    )
    if is_unknown:
        await _denied(job, error.vendor_code, limits)
    elif moving.is_over(job, limits.silence, now()):
        await in_db(moving.fail, job, "too_slow", vendor_code=error.vendor_code, billed=True)
    else:
        if isinstance(error, RateLimited):
            await in_db(budget.hold, limits, error.after)
        await _look_later(job, limits)


async def _denied(job: Job, vendor_code: str, limits: Times) -> None:
    """Once may be a slip of theirs; a task that is denied again and again is lost."""
    times_denied = job.tries + 1 if job.error == TASK_LOST else 1
    if times_denied > UNKNOWN_TASKS:
        await in_db(moving.fail, job, TASK_LOST, vendor_code=vendor_code, billed=True)
    else:
        await _look_later(job, limits, tries=times_denied, error=TASK_LOST)


async def _save(job: Job, vendor: Vendor, limits: Times) -> None:
    try:
        await saving.save(job, vendor)
    except StorageFull:
        await in_db(moving.fail, job, "no_room", billed=True)
    except (Unreadable, NotBrought, OSError) as loss:
        await _not_saved(job, vendor, str(loss), limits)


async def _not_saved(job: Job, vendor: Vendor, detail: str, limits: Times) -> None:
    """Tried again over hours, with a fresh address where there is a task to ask; never made anew:
    it is paid for."""
    logger.warning("a result was not saved: %s", detail, extra={"job": str(job.pk)})
    if job.tries + 1 >= SAVE_TRIES:
        await in_db(moving.fail, job, "not_saved", billed=True)
        return
    address = await _fresh_address(job, vendor)
    pause = limits.save_pause(job.tries)
    await in_db(moving.wait, job, pause, tries=job.tries + 1, address=address)


async def _fresh_address(job: Job, vendor: Vendor) -> str:
    """Addresses run out; a task that is asked again names a new one."""
    if not job.task_id:
        return job.address
    try:
        looked = await vendor.look(job.task_id)
    except ZaiError:
        return job.address
    return looked.address or job.address
