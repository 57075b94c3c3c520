"""Pictures and films as compact rows, from which a page lays out as many as there are."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime

from media_gen.models import Job

MAX_WORDS = 80


def rows_of(jobs: Iterable[Job]) -> list[list[Any]]:
    """`[job, file, width, height, colour, kind, seconds, starred, day, words]`; the day is the
    reader's, as `2026-11-23`."""
    return [_row(job) for job in jobs]


def _row(job: Job) -> list[Any]:
    file = job.result
    assert file  # noqa: S101 - nothing else stands in the gallery
    return [
        str(job.pk),
        str(file.pk),
        file.width or 1,
        file.height or 1,
        file.colour,
        job.kind,
        round(file.seconds or 0),
        int(job.starred),
        localtime(job.created_at).date().isoformat(),
        job.prompt[:MAX_WORDS],
    ]
