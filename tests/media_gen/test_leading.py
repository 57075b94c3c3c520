"""A job from the wish to the file, and everything that can happen on the way."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.utils.timezone import now

from media_gen.jobs import moving
from media_gen.jobs.leading import lead
from media_gen.jobs.port import Looked, NotBrought, Submitted
from media_gen.jobs.times import SAVE_TRIES, SUBMIT_TRIES
from media_gen.models import Job, State
from tests import s3
from tests.media_gen.making import ADDRESS, Vendor, claimed, png, wanted
from tests.running import free_port
from zaichat.accounts.models import Kind as Line
from zaichat.accounts.models import LedgerEntry, User
from zaichat.files.models import StoredFile
from zaichat.zai import errors

pytestmark = pytest.mark.usefixtures("house")

BUSY = errors.RateLimited("busy", vendor_code="1302", status=429)
PRICE = 15_000_000


async def led(job: Job, vendor: Vendor, times: int = 1) -> Job:
    for _ in range(times):
        await lead(await sync_to_async(claimed)(job), vendor)
    return await Job.objects.aget(pk=job.pk)


def long_ago(**passed: float) -> datetime:
    return now() - timedelta(**(passed or {"minutes": 31}))


async def one(user: User, **said: Any) -> Job:
    return (await sync_to_async(wanted)(user, **said))[0]


async def lines(job: Job) -> list[tuple[str, int]]:
    rows = LedgerEntry.objects.filter(subject=job.pk).order_by("pk")
    return [(row.kind, row.amount_nano) async for row in rows]


async def test_a_picture_is_asked_for_looked_at_and_kept(alice: User) -> None:
    vendor = Vendor()
    job = await one(alice)
    job = await led(job, vendor)
    assert (job.state, job.task_id) == (State.RUNNING, "task-1")
    job = await led(job, vendor)
    assert (job.state, job.address) == (State.SAVING, ADDRESS)
    job = await led(job, vendor)
    assert job.state == State.DONE
    file = await StoredFile.objects.aget(pk=job.result_id)
    assert (file.width, file.height, file.media_type) == (64, 48, "image/png")
    assert await sync_to_async(file.read)() == png()
    assert file.name.startswith("a cat ")
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.SETTLE, PRICE)]
    assert job.cost_nano == PRICE


async def test_a_picture_that_comes_at_once_is_kept_too(alice: User) -> None:
    vendor = Vendor()
    vendor.submits = [Submitted(address=ADDRESS)]
    job = await led(await one(alice, model="cogview-4-250304"), vendor)
    assert job.state == State.SAVING
    assert (await led(job, vendor)).state == State.DONE
    assert vendor.looked == []


async def test_what_surely_was_not_asked_is_asked_again_and_then_given_up(alice: User) -> None:
    vendor = Vendor()
    vendor.submits = [errors.ConnectionFailed("no route")] * SUBMIT_TRIES
    job = await led(await one(alice), vendor, SUBMIT_TRIES)
    assert (job.state, job.error) == (State.FAILED, "connection_failed")
    assert len(vendor.submitted) == SUBMIT_TRIES
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.REFUND, 0)]


async def test_a_key_that_makes_few_at_once_lets_others_wait_their_turn(alice: User) -> None:
    vendor = Vendor()
    vendor.submits = [BUSY] * 9
    job = await led(await one(alice), vendor, 9)
    assert (job.state, job.tries) == (State.QUEUED, 9)
    assert (await led(job, vendor)).state == State.RUNNING
    old = await one(alice)
    await Job.objects.filter(pk=old.pk).aupdate(created_at=long_ago())
    vendor.submits = [BUSY] * SUBMIT_TRIES
    old = await led(old, vendor, SUBMIT_TRIES)
    assert (old.state, old.error) == (State.FAILED, "rate_limited")


async def test_what_the_vendor_refuses_fails_at_once_and_costs_nothing(alice: User) -> None:
    vendor = Vendor()
    vendor.submits = [errors.ContentBlocked("no", vendor_code="1301", status=400)]
    job = await led(await one(alice), vendor)
    assert (job.state, job.error, job.vendor_code) == (State.FAILED, "content_blocked", "1301")
    assert job.prompt == "a cat"
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.REFUND, 0)]


@pytest.mark.parametrize(
    "loss", [errors.ConnectionLost("cut"), errors.TooLong("slow"), errors.BadAnswer("<html>")]
)
async def test_where_nobody_knows_whether_it_was_paid_a_person_decides(
    alice: User, loss: Exception
) -> None:
    vendor = Vendor()
    vendor.submits = [loss]
    job = await led(await one(alice), vendor)
    assert (job.state, job.error) == (State.NEEDS_ATTENTION, moving.FATE_UNKNOWN)
    assert len(vendor.submitted) == 1
    assert not await Job.objects.moving().aexists()
    assert await lines(job) == [(Line.RESERVE, PRICE)]
    assert await sync_to_async(moving.give_up)(job)
    assert not await sync_to_async(moving.give_up)(job)
    job = await Job.objects.aget(pk=job.pk)
    assert (job.state, job.error, job.cost_nano) == (State.CANCELLED, moving.FATE_UNKNOWN, PRICE)
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.SETTLE, PRICE)]


async def test_a_worker_killed_while_asking_leaves_no_second_paid_request(alice: User) -> None:
    vendor = Vendor()
    job = await one(alice)
    dead = await sync_to_async(claimed)(job)
    await sync_to_async(moving.hand_over)(dead, moving.timedelta(seconds=1))
    job = await led(job, vendor)
    assert job.state == State.NEEDS_ATTENTION
    assert vendor.submitted == []


async def test_an_answer_that_comes_after_the_lease_is_not_lost(alice: User) -> None:
    """The worker stood still so long that another gave its job up; then the task id came."""
    slow, quick = Vendor(), Vendor()
    slow.meanwhile = asyncio.Event()
    job = await one(alice)
    asking = asyncio.create_task(lead(await sync_to_async(claimed)(job), slow))
    while not slow.submitted:
        await asyncio.sleep(0)
    assert (await led(job, quick)).state == State.NEEDS_ATTENTION
    slow.meanwhile.set()
    await asking
    job = await Job.objects.aget(pk=job.pk)
    assert (job.state, job.task_id) == (State.RUNNING, "task-1")
    assert (await led(job, quick, 2)).state == State.DONE


async def test_one_who_is_too_slow_writes_nothing(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor, 2)
    slow = await sync_to_async(claimed)(job)
    done = await led(job, vendor)
    await lead(slow, vendor)
    after = await Job.objects.aget(pk=job.pk)
    assert (after.result_id, after.ended_at) == (done.result_id, done.ended_at)
    assert await StoredFile.objects.acount() == 1


async def test_a_result_that_does_not_come_is_fetched_again_by_a_fresh_address(
    alice: User,
) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor, 2)
    vendor.bytes = [NotBrought("403"), b"<html>not a picture</html>", png()[:80]]
    vendor.looks = [Looked("done", f"{ADDRESS}?fresh={n}") for n in range(3)]
    job = await led(job, vendor, 4)
    assert job.state == State.DONE
    assert vendor.brought == [ADDRESS, *(f"{ADDRESS}?fresh={n}" for n in range(3))]
    assert len(vendor.submitted) == 1


async def test_a_result_that_never_comes_fails_and_keeps_the_task_id(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice), vendor, 2)
    vendor.bytes = [NotBrought("gone")] * SAVE_TRIES
    job = await led(job, vendor, SAVE_TRIES)
    assert (job.state, job.error, job.task_id) == (State.FAILED, "not_saved", "task-1")
    assert len(vendor.submitted) == 1
    assert await lines(job) == [(Line.RESERVE, PRICE), (Line.SETTLE, PRICE)]


async def test_a_page_that_calls_itself_a_film_is_not_kept(alice: User) -> None:
    vendor = Vendor()
    job = await led(await one(alice, model="cogvideox-3"), vendor, 2)
    vendor.bytes = [b"<html><script>alert(1)</script></html>"]
    job = await led(job, vendor)
    assert (job.state, job.tries) == (State.SAVING, 1)
    assert not await StoredFile.objects.aexists()


async def test_what_the_storage_does_not_take_now_is_saved_later(
    alice: User, settings: LazySettings
) -> None:
    job = await led(await one(alice), Vendor(), 2)
    with s3.used(settings, s3.storage(f"http://127.0.0.1:{free_port()}")):
        job = await led(job, Vendor())
    assert (job.state, job.tries) == (State.SAVING, 1)
    assert not await StoredFile.objects.aexists()
    assert (await led(job, Vendor())).state == State.DONE
