"""What was made and what was brought, to choose from: for the studio and for a question."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media_gen.finding import narrowing
from zaichat.accounts.asking import person
from zaichat.files.describing import described

SHOWN = 60
"""Newest ones; a word or two find the others."""


@require_safe
@login_required
def pick(request: HttpRequest) -> HttpResponse:
    """`?kind=`, `?q=`: what the person made, newest first, each told as an upload is."""
    said = {name: request.GET.get(name, "") for name in ("kind", "q")}
    asked = narrowing(said)
    rows = asked.of(person(request)).filter(result__deleted_at=None)[:SHOWN]
    context: dict[str, Any] = {
        "offered": [(job, described(job.result)) for job in rows if job.result],
        "typed": asked.typed,
    }
    return render(request, "media_gen/_pick.html", context)
