"""The trash of pictures and films: kept for KEPT_DELETED, then removed.

Their bytes go when nothing else refers to them, with the sweep of files. What was paid stays in
the ledger.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import now

from media_gen.models import KEPT_DELETED, MOVING, Job, JobQuerySet
from zaichat.accounts.models import User

BATCH = 200
BATCHES = 20


def put_away(user: User, keys: Collection[UUID]) -> None:
    Job.objects.made_by(user).filter(pk__in=keys).order_by().update(deleted_at=now())


def bring_back(user: User, keys: Collection[UUID]) -> None:
    Job.objects.in_trash_of(user).filter(pk__in=keys).order_by().update(deleted_at=None)


def give_up(user: User, keys: Collection[UUID]) -> None:
    """Delete for good: they leave the trash in this moment, and the next sweep removes them."""
    mine = Job.objects.in_trash_of(user).filter(pk__in=keys)
    mine.order_by().update(deleted_at=now() - KEPT_DELETED)


def empty(user: User) -> None:
    Job.objects.in_trash_of(user).order_by().update(deleted_at=now() - KEPT_DELETED)


def made_in(user: User, conversations: Collection[UUID]) -> JobQuerySet:
    """What conversations led to, as far as it stands in the gallery."""
    asked_by = Q()
    for key in conversations:
        asked_by |= Q(origin__conversation=str(key))
    made = Job.objects.made_by(user)
    return made.filter(asked_by) if conversations else made.none()


def purge() -> None:
    """A sweep; a bounded part of it each time."""
    over = Job.objects.filter(deleted_at__lte=now() - KEPT_DELETED).exclude(state__in=MOVING)
    for _batch in range(BATCHES):
        batch = list(over.values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        Job.objects.filter(pk__in=batch).delete()
