"""One pass over what is due: many jobs at once on one event loop, for a bounded time."""

import asyncio
import logging
import time

from django.utils.timezone import now

from media_gen.jobs.budget import is_held
from media_gen.jobs.leading import lead
from media_gen.jobs.port import Vendor
from media_gen.jobs.times import Times, times
from media_gen.models import Job, State
from zaichat import workers
from zaichat.db import in_db

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""Jobs in one worker's hands; a step is mostly waiting."""

TOGETHER = 0.05
"""Seconds: steps that end within so long make room together, since a claim is several queries."""


class Pass:
    """Leads what is due until its time is over, nothing moves any more, or the worker is to end."""

    def __init__(self, vendor: Vendor, *, at_once: int = AT_ONCE) -> None:
        self._vendor = vendor
        self._at_once = at_once
        self._led: dict[asyncio.Task[None], Job] = {}
        self._limits = times()
        self._renewed = time.monotonic()

    async def run(self, seconds: float) -> bool:
        """Whether anything still moves afterwards. Steps that have begun are finished."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and not workers.ending.is_set():
            await self._claim()
            if not self._led and not await in_db(_moves):
                return False
            await self._wait(min(self._limits.claim_every, max(0.0, ends - time.monotonic())))
        while self._led:
            await self._wait(self._limits.lease_renewal)
        return await in_db(_moves)

    async def _claim(self) -> None:
        free = self._at_once - len(self._led)
        jobs = await in_db(_claimed, self._limits, free) if free else []
        for job in jobs:
            task = asyncio.create_task(self._lead(job))
            self._led[task] = job
            task.add_done_callback(self._led.pop)

    async def _lead(self, job: Job) -> None:
        try:
            await lead(job, self._vendor)
        except Exception:
            # Its lease runs out, then it is tried again; one job must not end the pass.
            logger.exception("a step of a job broke", extra={"job": str(job.pk)})

    async def _wait(self, seconds: float) -> None:
        if self._led:
            await asyncio.wait(self._led, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(TOGETHER)
        else:
            await asyncio.sleep(seconds)
        if time.monotonic() - self._renewed >= self._limits.lease_renewal:
            self._renewed = time.monotonic()
            await in_db(Job.objects.renew, list(self._led.values()), now() + self._limits.lease)


def _claimed(limits: Times, most: int) -> list[Job]:
    """What waits for the vendor's patience is left alone."""
    jobs, at = Job.objects.all(), now()
    if is_held(limits, at):
        jobs = jobs.exclude(state=State.RUNNING)
    return jobs.claim(at, limits.lease, most)


def _moves() -> bool:
    return Job.objects.moving().exists()
