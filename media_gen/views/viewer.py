"""/gallery/<uuid>/: one picture or film, with what it was asked with."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from media_gen import trash
from media_gen.chips import query
from media_gen.finding import narrowing
from media_gen.models import Album, Job
from zaichat.accounts.asking import person
from zaichat.zai import catalog

BESIDE = 4
"""How many stand in the strip on either side."""


@require_safe
@login_required
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A page; scripts get its inside alone. The neighbours are those that the filters leave."""
    user = person(request)
    job = get_object_or_404(Job.objects.made_by(user), pk=pk)
    asked = narrowing(request.GET.dict())
    among = asked.of(user)
    newer = list(among.filter(pk__gt=job.pk).order_by("pk")[:BESIDE])
    older = list(among.filter(pk__lt=job.pk)[:BESIDE])
    context: dict[str, Any] = {
        "job": job,
        "model": catalog.find(job.model),
        "newer": newer[0] if newer else None,
        "older": older[0] if older else None,
        "strip": [*reversed(newer), job, *older],
        "query": query(asked) if asked else "",
        "number": among.filter(pk__gt=job.pk).order_by().count() + 1,
        "count": among.order_by().count(),
        "albums": Album.objects.visible_to(user).filter(jobs=job),
        "references": [row.file for row in job.references.select_related("file")],
        "took": took(job),
    }
    is_inside = request.headers.get("X-Requested-With") == "fetch"
    return render(request, f"media_gen/{'_viewer' if is_inside else 'one'}.html", context)


def took(job: Job) -> float | None:
    """Seconds."""
    return (job.ended_at - job.created_at).total_seconds() if job.ended_at else None


@require_POST
@login_required
def star(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.made_by(person(request)), pk=pk)
    Job.objects.visible_to(person(request)).filter(pk=pk).update(starred=not job.starred)
    return redirect("media_gen:one", pk=pk)


@require_POST
@login_required
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Job.objects.made_by(person(request)), pk=pk)
    trash.put_away(person(request), [pk])
    return redirect("media_gen:gallery")
