"""Many jobs, several workers."""

import asyncio
from collections import Counter

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.db import connection
from django.utils.timezone import now

from media_gen import tasks
from media_gen.jobs.passing import Pass
from media_gen.jobs.times import times
from media_gen.models import Job, State
from tests.media_gen.making import LEASE, Vendor, wanted
from zaichat import workers
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.models import Due, Worker

PATIENCE = 60.0


pytestmark = pytest.mark.usefixtures("threads")


@pytest.fixture(autouse=True)
def quick(settings: LazySettings) -> None:
    settings.JOB_TIME_SCALE = 0.01


async def test_four_workers_ask_for_each_of_forty_pictures_once(
    alice: User, settings: LazySettings
) -> None:
    settings.JOB_TIME_SCALE = 0.2  # a lease that no busy machine outlives
    for _ in range(5):
        await sync_to_async(wanted)(alice, count=8)
    vendors = [Vendor() for _ in range(4)]
    await asyncio.gather(*(Pass(vendor, at_once=5).run(PATIENCE) for vendor in vendors))
    states = Counter([state async for state in Job.objects.values_list("state", flat=True)])
    assert states == {State.DONE: 40}
    asked = Counter(job.pk for vendor in vendors for job in vendor.submitted)
    assert set(asked.values()) == {1}
    assert len(asked) == 40
    assert await StoredFile.objects.acount() == 40


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="other planners look at sizes")
def test_workers_look_past_all_that_was_ever_made() -> None:
    for asked in (Job.objects.due(now()), Job.objects.moving()):
        assert "USING INDEX job_due" in asked.explain()
    done = Job.objects.filter(model="cogvideox-3", state=State.DONE).order_by("-pk")
    assert "USING INDEX job_of_model" in done.explain()


async def test_a_dead_workers_job_is_taken_over_when_its_lease_is_over(alice: User) -> None:
    (job,) = await sync_to_async(wanted)(alice)
    (held,) = await sync_to_async(Job.objects.claim)(now(), LEASE, 5)
    assert held.pk == job.pk
    assert await sync_to_async(Job.objects.claim)(now(), LEASE, 5) == []
    (taken,) = await sync_to_async(Job.objects.claim)(now() + 2 * LEASE, LEASE, 5)
    assert taken.claim != held.claim


async def test_a_claim_is_renewed_while_it_is_worked_on_and_not_when_it_was_let_go(
    alice: User,
) -> None:
    jobs = await sync_to_async(wanted)(alice, count=2)
    held, free = await sync_to_async(Job.objects.claim)(now(), LEASE, 5)
    await Job.objects.filter(pk=free.pk).aupdate(claim=None)
    until = now() + 3 * LEASE
    await sync_to_async(Job.objects.renew)([held, free], until)
    due = {job.pk: job.due_at async for job in Job.objects.all()}
    assert due[held.pk] == until
    assert due[free.pk] < until
    assert len(jobs) == 2


async def test_a_worker_that_is_to_end_begins_nothing_more(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sync_to_async(wanted)(alice)
    workers.ending.set()
    try:
        vendor = Vendor()
        assert await Pass(vendor).run(PATIENCE)
        assert vendor.submitted == []
    finally:
        workers.ending.clear()


async def test_a_step_that_breaks_stops_no_other(alice: User) -> None:
    await sync_to_async(wanted)(alice, count=3)
    vendor = Vendor()
    vendor.submits = [RuntimeError("a fault of ours")]
    assert not await Pass(vendor).run(PATIENCE)
    states = Counter([state async for state in Job.objects.values_list("state", flat=True)])
    assert states == {State.DONE: 2, State.NEEDS_ATTENTION: 1}


@pytest.mark.django_db(transaction=True)
def test_half_of_the_workers_lead_jobs_at_once() -> None:
    for _ in range(5):
        Worker(role="worker", host="here").beat()
    limits = times()
    lanes = [tasks._lane(limits) for _ in range(4)]
    assert lanes == ["media pass 0", "media pass 1", None, None]
    Due.objects.filter(name=lanes[1]).update(at=now())
    assert tasks._lane(limits) == lanes[1]
