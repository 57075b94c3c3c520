"""Ends runs whose process died. Their text stays, nothing is asked again by itself.

A request that was under way may have been billed, so its reservation is settled by estimate.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from conversations.engine import liveness, money
from conversations.engine.events import Part
from conversations.engine.turn import notice
from conversations.models import Generation, Status
from media_gen import improving
from zaichat.accounts import charging, ledger

PURPOSES = ("chat", "title", improving.PURPOSE)
"""Calls that end within minutes; a job closes its own, hours after it was asked for at times."""

FORGOTTEN_AFTER = timedelta(minutes=30)


def reap(heartbeat_cold_after: float) -> list[Generation]:
    """Interrupt every run of a dead process or with a cold heartbeat; those that were ended."""
    dead = liveness.known_dead()
    cold = Q(heartbeat_at__lt=now() - timedelta(seconds=heartbeat_cold_after))
    lost = Generation.objects.running().filter(Q(process__in=dead) | cold)
    lost = lost.select_related("message")
    ended = [generation for generation in lost if interrupt(generation)]
    liveness.forget(dead)
    return ended


def interrupt(generation: Generation) -> bool:
    """False when it ended, or was saved, in the meantime."""
    parts, seq = as_interrupted(generation)
    with transaction.atomic():
        unchanged = Generation.objects.running().filter(
            pk=generation.pk, seq=generation.seq, heartbeat_at=generation.heartbeat_at
        )
        won = unchanged.update(
            status=Status.INTERRUPTED,
            ended_at=now(),
            error_code="interrupted",
            parts=parts,
            seq=seq,
        )
        if won:
            said = "".join(part.get("text", "") for part in generation.parts)
            money.settle_open([generation.pk], {generation.pk: said})
    return bool(won)


def as_interrupted(generation: Generation) -> tuple[list[Part], int]:
    """Its parts and number of events, if it ended here: what grew ends, and a notice says so."""
    parts = [_ended(part) for part in generation.parts] + [notice("interrupted")]
    changes = sum(1 for old, new in zip(generation.parts, parts, strict=False) if old != new)
    return parts, generation.seq + changes + 1


def settle_forgotten() -> None:
    """Close calls whose process died outside of a run, as while a title was asked for."""
    made_before = now() - FORGOTTEN_AFTER
    running = Generation.objects.open().values("pk")
    for call in ledger.open_since(made_before, PURPOSES, but_not_for=running):
        charging.settle(call, None, 0, "")


def _ended(part: Part) -> Part:
    if "started" not in part or "ended" in part:
        return part
    return {**part, "ended": part["started"]}
