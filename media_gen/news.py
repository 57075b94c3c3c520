"""Jobs as scripts hear of them: how each stands, and in words what became of a wish."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_gen import shown
from media_gen.models import MOVING, Job, State

ENDED = (State.DONE, State.FAILED, State.NEEDS_ATTENTION)
"""What is worth a word; who cancels knows."""

WORDS = 80


def of_jobs(jobs: Iterable[Job]) -> dict[str, Any]:
    """`{"jobs": [job], "news": [news]}`; news are of batches of which nothing moves any more."""
    told = list(jobs)
    batches = dict.fromkeys(job.batch for job in told)
    together = Job.objects.filter(owner__in={job.owner_id for job in told}, batch__in=batches)
    rows = list(together.filter(deleted_at=None).select_related("result").order_by("number"))
    news = [_news([row for row in rows if row.batch == batch]) for batch in batches]
    makers = {(job.model, job.kind) for job in told if job.is_moving}
    usual = {maker: shown.usual_time(*maker).middle for maker in makers}
    said = [of_job(job, usual.get((job.model, job.kind))) for job in told]
    return {"jobs": said, "news": [one for one in news if one]}


def of_job(job: Job, usual: float | None) -> dict[str, Any]:
    """The public fields. `reason` is for people; `since` and `usual` in seconds."""
    return {
        "id": str(job.pk),
        "batch": str(job.batch),
        "number": job.number,
        "kind": job.kind,
        "state": job.shown_state,
        "model": job.model,
        "prompt": job.prompt,
        "origin": job.origin,
        "reason": shown.reason(job) if job.error and not job.is_moving else "",
        "since": round(shown.seconds_since(job), 1),
        "usual": usual if job.is_moving else None,
        "href": reverse("media_gen:one", args=[job.pk]) if job.state == State.DONE else None,
        "result": _result(job),
    }


def _result(job: Job) -> dict[str, Any] | None:
    file = job.result
    if job.state != State.DONE or file is None:
        return None
    size = {"width": file.width, "height": file.height, "seconds": file.seconds}
    places = {"url": file.get_absolute_url(), "thumbnail": file.thumbnail_url}
    return {"id": str(file.pk), "name": file.name, "colour": file.colour, **size, **places}


def _news(batch: list[Job]) -> dict[str, Any] | None:
    ended = [job for job in batch if job.state in ENDED]
    if not ended or any(job.state in MOVING for job in batch):
        return None
    done = [job for job in ended if job.state == State.DONE]
    first = (done or ended)[0]
    return {
        "batch": str(first.batch),
        "level": "" if len(done) == len(ended) else "error",
        "words": _words(first, len(done), len(ended)),
        "prompt": first.prompt[:WORDS],
        "href": _place(first, len(batch)),
        "picture": first.result.thumbnail_url if done and first.result else "",
    }


def _place(first: Job, of_batch: int) -> str:
    """One is looked at by itself; several, and what went wrong, stand in the studio."""
    if of_batch == 1 and first.state == State.DONE:
        return reverse("media_gen:one", args=[first.pk])
    return reverse("media_gen:studio")


def _words(first: Job, done: int, ended: int) -> str:
    is_film = first.kind == "video"
    if not done and first.state == State.NEEDS_ATTENTION:
        return _("Your film needs a decision") if is_film else _("Your picture needs a decision")
    if not done:
        return _("Your film could not be made") if is_film else _("Your picture could not be made")
    if done < ended:
        return _("%(done)d of %(ended)d are ready") % {"done": done, "ended": ended}
    if is_film:
        words = ngettext("Your film is ready", "Your %(count)d films are ready", done)
    else:
        words = ngettext("Your picture is ready", "Your %(count)d pictures are ready", done)
    return words % {"count": done}
