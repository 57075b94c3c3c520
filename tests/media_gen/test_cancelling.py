"""A job that its owner cancels, in whatever state, and clocks that are set."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils.timezone import now

from media_gen import tasks
from media_gen.jobs import moving
from media_gen.jobs.leading import lead
from media_gen.jobs.port import Submitted
from media_gen.models import Job, State
from tests.media_gen.making import LEASE, Vendor, claimed
from tests.media_gen.test_leading import PRICE, led, lines, one
from zaichat.accounts.models import Kind as Line
from zaichat.accounts.models import User
from zaichat.models import Due
from zaichat.zai import errors

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    ("steps", "kept"), [(0, (Line.REFUND, 0)), (1, (Line.SETTLE, PRICE)), (2, (Line.SETTLE, PRICE))]
)
async def test_a_cancelled_job_stays_cancelled_and_is_billed_if_it_was_asked_for(
    alice: User, steps: int, kept: tuple[str, int]
) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor, steps)
    held = await sync_to_async(claimed)(job)
    assert await sync_to_async(moving.cancel)(job)
    await lead(held, vendor)
    job = await Job.objects.aget(pk=job.pk)
    assert (job.state, job.result_id) == (State.CANCELLED, None)
    assert await lines(job) == [(Line.RESERVE, PRICE), kept]
    assert not await sync_to_async(moving.cancel)(job)


REFUND, SETTLE = (Line.REFUND, 0), (Line.SETTLE, PRICE)


@pytest.mark.parametrize(
    ("answer", "task", "closed"),
    [
        (Submitted(task_id="late"), "late", SETTLE),
        (errors.ConnectionLost("cut"), "", SETTLE),
        (errors.ContentBlocked("no", vendor_code="1301", status=400), "", REFUND),
    ],
)
async def test_cancelled_while_it_is_asked_for_it_ends_when_the_answer_is_there(
    alice: User, answer: Submitted | Exception, task: str, closed: tuple[str, int]
) -> None:
    vendor = Vendor()
    vendor.submits, vendor.meanwhile = [answer], asyncio.Event()
    job = await one(alice)
    asking = asyncio.create_task(lead(await sync_to_async(claimed)(job), vendor))
    while not vendor.submitted:
        await asyncio.sleep(0)
    assert await sync_to_async(moving.cancel)(job)
    assert (await Job.objects.aget(pk=job.pk)).state == State.SUBMITTING
    vendor.meanwhile.set()
    await asking
    job = await Job.objects.aget(pk=job.pk)
    assert (job.state, job.task_id, job.error) == (State.CANCELLED, task, "")
    assert await lines(job) == [(Line.RESERVE, PRICE), closed]


async def test_cancelled_while_its_worker_dies_it_ends_with_the_lease(alice: User) -> None:
    job = await one(alice)
    dead = await sync_to_async(claimed)(job)
    await sync_to_async(moving.hand_over)(dead, LEASE)
    assert await sync_to_async(moving.cancel)(job)
    job = await led(job, Vendor())
    assert job.state == State.CANCELLED
    assert await lines(job) == [(Line.RESERVE, PRICE), SETTLE]


async def test_cancelled_between_two_tries_it_is_not_asked_for(alice: User) -> None:
    vendor, job = Vendor(), await one(alice)
    await Job.objects.filter(pk=job.pk).aupdate(error=moving.UNWANTED)
    job = await led(job, vendor)
    assert (job.state, vendor.submitted) == (State.CANCELLED, [])


async def test_the_id_of_a_task_that_nobody_wants_any_more_is_kept(alice: User) -> None:
    """Given up as of unknown fate; then the answer came after all."""
    job = await one(alice)
    slow = await sync_to_async(claimed)(job)
    await sync_to_async(moving.hand_over)(slow, LEASE)
    job = await led(job, Vendor())
    assert await sync_to_async(moving.give_up)(job)
    pause = timedelta(seconds=1)
    await sync_to_async(moving.handed_over)(slow, pause, task_id="late", address="")
    job = await Job.objects.aget(pk=job.pk)
    assert (job.state, job.task_id) == (State.CANCELLED, "late")


async def test_a_clock_that_is_set_back_holds_no_job_up(alice: User) -> None:
    job, saving = await led(await one(alice), Vendor()), await led(await one(alice), Vendor(), 2)
    far, soon = now() + timedelta(days=2), now() + timedelta(seconds=20)
    await Job.objects.filter(pk__in=[job.pk, saving.pk]).aupdate(due_at=far)
    await sync_to_async(tasks.wake)()
    assert await Job.objects.filter(due_at__lte=now()).acount() == 2
    await Job.objects.all().aupdate(due_at=soon)
    await sync_to_async(tasks.wake)()
    assert await Job.objects.filter(due_at=soon).acount() == 2


async def test_a_clock_that_is_set_back_holds_no_lane_and_no_sweep_up(alice: User) -> None:
    every = timedelta(seconds=30)
    await Due.objects.acreate(name="sweep", at=now() + timedelta(hours=3))
    assert await sync_to_async(Due.objects.claim)("sweep", every, now())
    assert not await sync_to_async(Due.objects.claim)("sweep", every, now())
