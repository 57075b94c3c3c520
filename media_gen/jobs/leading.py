"""One step of one job, whatever state it is found in. Every step may be cut off anywhere by a
crash; the next one who finds the row goes on from what it says."""

import logging
from datetime import timedelta

from django.utils.timezone import now

from media_gen.jobs import moving, saving
from media_gen.jobs.moving import Superseded
from media_gen.jobs.port import Looked, NotBrought, Vendor
from media_gen.jobs.times import SAVE_TRIES, SUBMIT_TRIES, UNKNOWN_TASKS, Times, times
from media_gen.models import Job, State
from zaichat.accounts import hints
from zaichat.db import in_db
from zaichat.files.made import Unreadable
from zaichat.zai.errors import ConnectionFailed, RateLimited, Refused, ZaiError
from zaichat.zai.retries import may_repeat

NO_PAUSE = timedelta(0)

logger = logging.getLogger(__name__)

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
    try:
        await steps[State(job.state)](job, vendor, times())
    except Superseded:
        logger.info("a job was led by somebody else", extra={"job": str(job.pk)})
    await hints.ahint(job.owner_id, "job", job.pk)


async def _submit(job: Job, vendor: Vendor, limits: Times) -> None:
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
    if is_safe and job.tries + 1 < SUBMIT_TRIES:
        pause = limits.again_pause(job.tries)
        await in_db(moving.wait, job, pause, state=State.QUEUED, tries=job.tries + 1)
    elif is_safe or isinstance(error, Refused):
        await in_db(moving.fail, job, error.code, vendor_code=error.vendor_code)
    else:
        await in_db(moving.ask_a_person, job, moving.FATE_UNKNOWN)


async def _found_submitting(job: Job, vendor: Vendor, limits: Times) -> None:
    """Whoever sent it never came back to say what became of it."""
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
        found = {"address": looked.address, "cover": looked.cover}
        await in_db(moving.wait, job, NO_PAUSE, state=State.SAVING, tries=0, **found)
    elif looked.status == "failed":
        logger.info("the vendor failed: %s", looked.detail, extra={"job": str(job.pk)})
        code = looked.vendor_code
        await in_db(moving.fail, job, "vendor_failed", vendor_code=code)
    elif moving.is_over(job, limits.deadline, now()):
        await in_db(moving.fail, job, "too_slow", billed=True)
    else:
        await in_db(moving.wait, job, limits.look_pause(job.tries), tries=job.tries + 1)


async def _not_looked(job: Job, error: ZaiError, limits: Times) -> None:
    """A look costs nothing, so it is made again until the deadline; a task that the vendor keeps
    denying is lost."""
    is_unknown = isinstance(error, Refused) and (
        error.status == 404 or error.vendor_code in UNKNOWN_TASK
    )
    if is_unknown and job.tries >= UNKNOWN_TASKS:
        await in_db(moving.fail, job, "task_lost", vendor_code=error.vendor_code, billed=True)
    elif moving.is_over(job, limits.deadline, now()):
        await in_db(moving.fail, job, error.code, vendor_code=error.vendor_code, billed=True)
    else:
        is_ours = isinstance(error, RateLimited | ConnectionFailed)
        pause = limits.look_pause(job.tries)
        await in_db(moving.wait, job, pause, tries=job.tries + (0 if is_ours else 1))


async def _save(job: Job, vendor: Vendor, limits: Times) -> None:
    try:
        await saving.save(job, vendor)
    except (Unreadable, NotBrought) as loss:
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
