"""Turns that wait: for the reply before them, or for room under their person's limit.

Whichever process looks first claims them, by a conditional UPDATE; so they also start when the
process that took the command is gone.
"""

from uuid import UUID

from django.utils.timezone import now

from conversations.engine.opening import Ready, claim, lock, may_start
from conversations.models import Generation, Status
from conversations.models.generation import GenerationQuerySet
from zaichat.db import durable


def owners_with_startable() -> list[UUID]:
    """People for whom a turn waits with nothing before it. One indexed query."""
    return list(
        Generation.objects.startable().order_by().values_list("owner_id", flat=True).distinct()
    )


def start_for(owner: UUID, process: str) -> tuple[list[Ready], bool]:
    """Claim as many of this person's waiting turns as their limit allows; whether some are left."""
    ready: list[Ready] = []
    startable = Generation.objects.startable().filter(owner_id=owner)
    if not startable.exists():
        return ready, Generation.objects.filter(owner_id=owner, status=Status.QUEUED).exists()
    with durable():
        lock(owner)
        running = Generation.objects.running().filter(owner_id=owner).count()
        around = ("message__parent", "message__conversation", "behind")
        for generation in startable.select_related(*around):
            if not may_start(generation, running + len(ready)):
                break
            if taken := claim(generation, process):
                ready.append(taken)
        left = Generation.objects.filter(owner_id=owner, status=Status.QUEUED).exists()
    return ready, left


def end_open(generations: GenerationQuerySet) -> None:
    """Of these, what waits is not asked, and what runs is asked to stop, wherever it runs."""
    generations.filter(status=Status.QUEUED).update(status=Status.STOPPED, ended_at=now())
    generations.filter(status=Status.RUNNING).update(stop_requested_at=now())


def stop_waiting(generation: Generation) -> bool:
    """End it without a request. False when it started or ended in the meantime."""
    waiting = Generation.objects.filter(pk=generation.pk, status=Status.QUEUED)
    return waiting.update(status=Status.STOPPED, ended_at=now()) == 1
