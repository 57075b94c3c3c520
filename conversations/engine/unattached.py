"""Files that nothing refers to any more: never sent, or sent with what the trash gave up.

A week is left for a message that a browser has kept without a line. The bytes go after the row,
see zaichat.files.sweeping.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from conversations.models import Draft
from media_gen.models import files_in_use
from zaichat.files.models import StoredFile

KEPT = timedelta(days=7)
BATCH = 200
BATCHES = 20


def remove() -> None:
    """A sweep; a bounded part of it each time."""
    last: UUID | None = None
    for _batch in range(BATCHES):
        last = _remove_after(last)
        if last is None:
            return


def _remove_after(last: UUID | None) -> UUID | None:
    """One batch of what comes after `last`. Where the next one begins, if there is more."""
    old = StoredFile.objects.filter(created_at__lt=now() - KEPT, attachments=None)
    later = old.filter(pk__gt=last) if last else old
    batch = dict(later.order_by("pk").values_list("pk", "owner")[:BATCH])
    drafted = _in_drafts_of(set(batch.values()))
    with transaction.atomic():
        unused = StoredFile.objects.select_for_update().filter(pk__in=batch.keys() - drafted)
        keys = {file.pk for file in unused}
        keys -= files_in_use(StoredFile.objects.filter(pk__in=keys))
        StoredFile.objects.filter(pk__in=keys, attachments=None).delete()
    return max(batch) if len(batch) == BATCH else None


def _in_drafts_of(people: Collection[UUID]) -> set[UUID]:
    drafts = Draft.objects.filter(owner__in=people).exclude(attachments=[])
    kept = drafts.values_list("attachments", flat=True)
    return {UUID(key) for keys in kept for key in keys}
