"""What the gallery's search finds: the prompt of everything made, and what the vendor made of it.

Written together with the result. What was there before has no `indexed_at`; the sweep sees to it.
"""

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils.timezone import now

from media_gen.models import Job, JobQuerySet, PromptEntry, State
from zaichat.accounts.models import User
from zaichat.textsearch.grams import grams, readable
from zaichat.textsearch.matching import label, matching
from zaichat.textsearch.query import Query

BATCH = 200
BATCHES = 20
MADE = "m"


def index_the_rest() -> None:
    """A sweep; a bounded part of it each time, in batches that hold up nobody."""
    for _batch in range(BATCHES):
        if not _index_batch():
            return


def index(jobs: Sequence[Job]) -> None:
    """Write what these are found by, instead of whatever was there. Call in a transaction."""
    keys = [job.pk for job in jobs]
    PromptEntry.objects.filter(job__in=keys).delete()
    PromptEntry.objects.bulk_create([entry for job in jobs if (entry := _entry(job))])
    Job.objects.filter(pk__in=keys).update(indexed_at=now())


def found_by(jobs: JobQuerySet, user: User, query: Query) -> JobQuerySet:
    """Those of `jobs` whose words hold every term."""
    if not query.terms:
        return jobs
    entries = matching(PromptEntry.objects.all(), query.terms, {label(MADE, user.pk): None})
    return jobs.filter(pk__in=entries.order_by().values("job"))


def _index_batch() -> int:
    with transaction.atomic():
        rows = Job.objects.filter(state=State.DONE, indexed_at=None)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        batch = list(rows.order_by("pk")[:BATCH])
        index(batch)
    return len(batch)


def _entry(job: Job) -> PromptEntry | None:
    text = readable(f"{job.prompt}\n{job.revised_prompt}".strip())
    found = grams(text)
    if not found:
        return None
    named = f" {label(MADE, job.owner_id)}{found}"
    return PromptEntry(owner_id=job.owner_id, job=job, text=text, grams=named)
