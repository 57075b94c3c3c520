"""Background tasks: they move jobs, and lose nothing when they are lost."""

import asyncio
from datetime import timedelta

from django.utils.timezone import now
from django_tasks import task

from media_gen.jobs.passing import Pass
from media_gen.jobs.times import Times, times
from media_gen.jobs.wire import Wire
from media_gen.models import Job
from zaichat import vendor
from zaichat.models import Due, Worker

LANE = "media pass %d"


@task(queue_name="poll")
def pass_over() -> None:
    """Lead what is due for a while; then make room for other tasks and come again.

    As many passes run at once as there are lanes; one more finds none free and ends.
    """
    limits = times()
    lane = _lane(limits)
    if lane is None:
        return
    try:
        goes_on = asyncio.run(_pass(limits))
    finally:
        Due.objects.filter(name=lane).update(at=now())
    if goes_on:
        pass_over.enqueue()


def wake() -> None:
    """A sweep: have somebody look after jobs; where somebody does, one more pass ends at once.

    Those of a dead worker become due while it goes on.
    """
    limits = times()
    Job.objects.set_right(now(), limits.longest_pause, limits.longest_save_pause)
    if Job.objects.moving().exists():
        pass_over.enqueue()


def _lane(limits: Times) -> str | None:
    """Half of the workers at most lead jobs, so that the others stay free."""
    lease = timedelta(seconds=limits.pass_takes + limits.lease_takes)
    lanes = [LANE % number for number in range(max(1, Worker.objects.alive().count() // 2))]
    return next((lane for lane in lanes if Due.objects.claim(lane, lease, now())), None)


async def _pass(limits: Times) -> bool:
    try:
        return await Pass(Wire()).run(limits.pass_takes)
    finally:
        await vendor.close()
