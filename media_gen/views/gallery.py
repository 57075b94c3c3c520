"""/gallery/: everything somebody made, newest first."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from media_gen.finding import narrowing
from media_gen.models import Job, JobQuerySet
from media_gen.views.person import person, uuid_in
from zaichat.zai import catalog

PAGE = 60


@require_safe
@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """`?kind=`, `?starred=1`, `?q=` narrow it down; `?before=` goes on below a job."""
    asked = narrowing(request.GET.dict())
    found = asked.of(person(request))
    before = request.GET.get("before", "")
    if before:
        found = found.filter(pk__lt=get_object_or_404(done_by(request), pk=uuid_in(before)).pk)
    page = list(found[: PAGE + 1])
    context: dict[str, Any] = {
        "jobs": page[:PAGE],
        "last": page[PAGE - 1] if len(page) > PAGE else None,
        "kind": asked.chosen.get("kind", ""),
        "starred": "starred" in asked.chosen,
        "typed": asked.typed,
    }
    return render(request, "media_gen/gallery.html", context)


@require_safe
@login_required
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them, with what it was asked with; `older` and `newer` lead on."""
    job = get_object_or_404(done_by(request), pk=pk)
    all_of_them = done_by(request)
    context = {
        "job": job,
        "model": catalog.find(job.model),
        "older": all_of_them.filter(pk__lt=job.pk).first(),
        "newer": all_of_them.filter(pk__gt=job.pk).order_by("pk").first(),
        "references": [row.file for row in job.references.select_related("file")],
    }
    return render(request, "media_gen/one.html", context)


@require_POST
@login_required
def star(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(done_by(request), pk=pk)
    Job.objects.visible_to(person(request)).filter(pk=pk).update(starred=not job.starred)
    return redirect("media_gen:one", pk=pk)


@require_POST
@login_required
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(done_by(request), pk=pk)
    Job.objects.visible_to(person(request)).filter(pk=pk).update(deleted_at=now())
    return redirect("media_gen:gallery")


def done_by(request: HttpRequest) -> JobQuerySet:
    return Job.objects.made_by(person(request))
