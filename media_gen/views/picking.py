"""What was made and what was brought, to choose from: for the studio and for a question."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media_gen.models import Job, Kind, State
from zaichat.accounts.asking import person
from zaichat.files.describing import described

SHOWN = 60
"""Newest ones; a word or two find the others."""


@require_safe
@login_required
def pick(request: HttpRequest) -> HttpResponse:
    """`?kind=`, `?q=`: what the person made, newest first, each told as an upload is."""
    found = Job.objects.visible_to(person(request)).filter(
        state=State.DONE, result__isnull=False, result__deleted_at=None
    )
    if request.GET.get("kind") in Kind.values:
        found = found.filter(kind=request.GET["kind"])
    for word in request.GET.get("q", "")[:400].split():
        found = found.filter(prompt__icontains=word)
    rows = found.select_related("result").order_by("-pk")[:SHOWN]
    context: dict[str, Any] = {
        "offered": [(job, described(job.result)) for job in rows if job.result],
        "typed": request.GET.get("q", "").strip()[:400],
    }
    return render(request, "media_gen/_pick.html", context)
