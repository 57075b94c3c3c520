"""Looks at a task: how often, what is believed, and when it is given up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.utils.timezone import now

from media_gen.jobs import budget, moving
from media_gen.jobs.leading import lead
from media_gen.jobs.passing import Pass
from media_gen.jobs.port import Looked, NotBrought
from media_gen.jobs.times import LOOKS, UNKNOWN_TASKS, times
from media_gen.models import Job, State
from tests.media_gen.making import ADDRESS, LEASE, Vendor, claimed
from tests.media_gen.test_leading import BUSY, PRICE, led, lines, long_ago, one
from zaichat.accounts.models import Kind as Line
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.zai import errors

pytestmark = pytest.mark.usefixtures("house")


async def test_a_job_is_looked_at_less_and_less_often(alice: User) -> None:
    vendor = Vendor()
    vendor.looks = [Looked("running") for _ in range(12)]
    job = await led(await one(alice), vendor)
    pauses = []
    for _ in range(12):
        held = await sync_to_async(claimed)(job)
        taken = held.due_at - LEASE
        await lead(held, vendor)
        job = await Job.objects.aget(pk=job.pk)
        pauses.append(round((job.due_at - taken).total_seconds(), 1))
    assert pauses == sorted(pauses)
    assert pauses[0] == pytest.approx(5, abs=0.5)
    assert pauses[-1] == pytest.approx(30, abs=0.5)


async def test_a_failure_at_the_vendor_is_said_and_costs_nothing(alice: User) -> None:
    vendor = Vendor()
    vendor.looks = [Looked("failed", vendor_code="1301", detail="sensitive")]
    job = await led(await one(alice), vendor, 2)
    assert (job.state, job.error, job.vendor_code) == (State.FAILED, "vendor_failed", "1301")
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.REFUND, 0)]


async def test_a_task_that_never_ends_is_given_up_and_its_id_kept(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    await Job.objects.filter(pk=job.pk).aupdate(submitted_at=long_ago())
    vendor.looks = [Looked("running")] * (LOOKS + 1)
    job = await led(job, vendor, LOOKS)
    assert job.state == State.RUNNING  # a clock that was set, or a machine that slept, fails none
    job = await led(job, vendor)
    assert (job.state, job.error, job.task_id) == (State.FAILED, "too_slow", "task-1")
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.SETTLE, PRICE)]


async def test_a_lost_result_is_looked_for_again_at_no_cost_when_its_owner_says_so(
    alice: User,
) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    await Job.objects.filter(pk=job.pk).aupdate(state=State.FAILED, error="too_slow")
    job = await Job.objects.aget(pk=job.pk)
    assert await sync_to_async(moving.fetch_again)(job)
    assert not await sync_to_async(moving.fetch_again)(await Job.objects.aget(pk=job.pk))
    job = await led(job, vendor, 2)
    assert (job.state, job.error, job.cost_nano) == (State.DONE, "", PRICE)
    assert len(vendor.submitted) == 1
    assert not await sync_to_async(moving.fetch_again)(job)


async def test_what_was_settled_and_then_fails_costs_what_the_ledger_says(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    await sync_to_async(moving.fail)(await sync_to_async(claimed)(job), "too_slow", billed=True)
    assert await sync_to_async(moving.fetch_again)(await Job.objects.aget(pk=job.pk))
    vendor.looks = [Looked("failed")]
    job = await led(job, vendor)
    assert (job.state, job.cost_nano) == (State.FAILED, PRICE)
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.SETTLE, PRICE)]


async def test_while_the_vendor_cannot_be_reached_a_job_waits_for_a_day(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    await Job.objects.filter(pk=job.pk).aupdate(submitted_at=long_ago())
    vendor.looks = [errors.ConnectionFailed("no route")] * 3
    assert (await led(job, vendor, 2)).state == State.RUNNING
    await Job.objects.filter(pk=job.pk).aupdate(submitted_at=long_ago(hours=25))
    job = await led(job, vendor)
    assert (job.state, job.error, job.task_id) == (State.FAILED, "too_slow", "task-1")


async def test_what_is_done_is_not_asked_for_again_whatever_the_vendor_says_later(
    alice: User,
) -> None:
    """F-44: SUCCESS, then PROCESSING while the file does not come, then SUCCESS again."""
    vendor = Vendor()
    job = await led(await one(alice), vendor, 2)
    vendor.bytes = [NotBrought("reset")] * 2
    vendor.looks = [Looked("running"), Looked("done", ADDRESS)]
    job = await led(job, vendor, 2)
    assert (job.state, job.address) == (State.SAVING, ADDRESS)
    job = await led(job, vendor)
    assert job.state == State.DONE
    assert await StoredFile.objects.acount() == 1
    assert len(vendor.submitted) == 1


async def test_a_full_storage_loses_nothing_that_was_paid_for(
    alice: User, settings: LazySettings
) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor, 2)
    settings.STORAGE_PER_PERSON = 10
    job = await led(job, vendor)
    assert (job.state, job.error) == (State.FAILED, "no_room")
    settings.STORAGE_PER_PERSON = 0
    assert await sync_to_async(moving.fetch_again)(job)
    assert (await led(job, vendor, 2)).state == State.DONE


async def test_a_busy_vendor_is_asked_again_without_counting(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    vendor.looks = [BUSY] * 3
    job = await led(job, vendor, 3)
    assert (job.state, job.tries) == (State.RUNNING, 0)


async def test_looks_of_all_jobs_rest_when_the_vendor_found_us_too_busy(alice: User) -> None:
    vendor = Vendor()
    job, other = await led(await one(alice), vendor), await led(await one(alice), vendor)
    vendor.looks = [errors.RateLimited("busy", vendor_code="1302", status=429, after=40)]
    await led(job, vendor)
    limits = times()
    for seconds, rests in ((1, True), (39, True), (41, False)):
        at = now() + timedelta(seconds=seconds)
        assert await sync_to_async(budget.is_held)(limits, at) is rests
    await Job.objects.filter(pk=other.pk).aupdate(due_at=now())
    assert await Pass(vendor).run(0.01)
    assert len(vendor.looked) == 1


async def test_many_jobs_share_the_looks_of_a_key(alice: User) -> None:
    job = await led(await one(alice), Vendor())
    few = await sync_to_async(budget.look_pause)(job, times())
    many = await sync_to_async(budget.look_pause)(job, replace(times(), looks_per_second=0.01))
    assert (few.total_seconds(), many.total_seconds()) == (5, 100)


async def test_one_denial_after_many_looks_loses_no_task(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    unknown = errors.Refused("no task", status=404)
    vendor.looks = [Looked("running")] * 9 + [unknown, Looked("running"), unknown]
    job = await led(job, vendor, 12)
    assert job.state == State.RUNNING


async def test_a_task_that_the_vendor_keeps_denying_is_lost(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor)
    vendor.looks = [errors.Refused("no task", status=404)] * (UNKNOWN_TASKS + 1)
    assert (await led(job, vendor, UNKNOWN_TASKS)).state == State.RUNNING
    job = await led(job, vendor)
    assert (job.state, job.error) == (State.FAILED, "task_lost")
