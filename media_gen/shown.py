"""Jobs as pages show them: in batches, with how long they usually take and why one failed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from statistics import median, quantiles

from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from media_gen.models import Job, State
from zaichat.zai.words import explain

LEARNED_FROM = 20
"""The newest jobs of a model tell how long the next one takes."""

USUAL = {
    "image": (timedelta(seconds=15), timedelta(seconds=20), timedelta(seconds=30)),
    "video": (timedelta(minutes=2), timedelta(minutes=2), timedelta(minutes=4)),
}
"""Before there are any: the quickest, the middle one and the slowest that are usual."""


@dataclass(frozen=True)
class Batch:
    """Variants that were asked for together, in their order."""

    jobs: Sequence[Job]

    @property
    def first(self) -> Job:
        return self.jobs[0]


def batches(jobs: Iterable[Job]) -> list[Batch]:
    """`jobs` newest first, those of one batch beside each other."""
    return [
        Batch(sorted(together, key=lambda job: job.number))
        for _key, together in groupby(jobs, key=lambda job: job.batch)
    ]


@dataclass(frozen=True, slots=True)
class Usual:
    """Seconds: a tenth is done before `least`, half before `middle`, a tenth after `most`."""

    least: float
    middle: float
    most: float


def usual_time(model: str, kind: str) -> Usual:
    """What this model took lately."""
    done = Job.objects.filter(model=model, state=State.DONE).order_by("-pk")
    taken = done.annotate(took=F("ended_at") - F("created_at")).values_list("took", flat=True)
    times = [took.total_seconds() for took in taken[:LEARNED_FROM] if took]
    if not times:
        return Usual(*(time.total_seconds() for time in USUAL[kind]))
    if len(times) == 1:
        return Usual(times[0], times[0], times[0])
    tenths = quantiles(times, n=10, method="inclusive")
    return Usual(tenths[0], float(median(times)), tenths[-1])


def seconds_since(job: Job) -> float:
    return max(0.0, (now() - job.created_at).total_seconds())


POLICY = ("1300", "1301")
"""The vendor's codes for words it does not want; a film hears them only when it is looked at."""


def is_refused(job: Job) -> bool:
    """Whether the same words would be refused again."""
    return job.error == "content_blocked" or job.vendor_code in POLICY


def asks_for_other_words(job: Job) -> bool:
    """Whether `reason` says to change them."""
    return is_refused(job) or (job.error == "vendor_failed" and not job.vendor_code)


def reason(job: Job) -> str:
    """Why it failed or waits for somebody, in words for a person."""
    own = {
        "fate_unknown": _(
            "The connection broke while it was asked for. It may have been made and billed; "
            "nothing was sent again. Look at your account with the vendor, then decide."
        ),
        "too_slow": _("It took longer than half an hour, so we stopped waiting."),
        "task_lost": _("The vendor does not know this task any more."),
        "not_saved": _("It was made, but could not be fetched from the vendor."),
        "no_room": _("It was made, but your storage is full. Make room, then fetch it."),
        "vendor_failed": _("The vendor could not make it. Change the words and try again."),
    }
    if is_refused(job):
        return _(
            "The content check found something possibly unsafe or sensitive in the words, or in "
            "what came of them. Change the words."
        )
    if job.error in own and not (job.error == "vendor_failed" and job.vendor_code):
        return own[job.error]
    return explain(job.error, job.vendor_code, get_language() or "en")
