"""/gallery/: everything somebody made, newest first."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media_gen.chips import chips_of
from media_gen.finding import RATIOS, Narrowing, narrowing
from media_gen.models import Album, Job, JobQuerySet
from media_gen.rows import rows_of
from zaichat.accounts.asking import person, uuid_in
from zaichat.files.quota import used_by
from zaichat.zai import catalog

PAGE = 60
ROWS = 300


@require_safe
@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Its filters are in the address, see media_gen.finding; `?before=` goes on below a job."""
    asked = narrowing(request.GET.dict())
    page = list(_below(request, asked)[: PAGE + 1])
    context: dict[str, Any] = {
        "jobs": page[:PAGE],
        "last": page[PAGE - 1] if len(page) > PAGE else None,
        "asked": asked,
        "chips": chips_of(asked, person(request)),
        "rows": {"rows": rows_of(page[:PAGE]), "more": len(page) > PAGE},
        "used": used_by(person(request)),
        "limit": settings.STORAGE_PER_PERSON,
        "ratios": RATIOS,
        "albums": Album.objects.visible_to(person(request)),
        "models": _models_of(request),
    }
    return render(request, "media_gen/gallery.html", context)


@require_safe
@login_required
def rows(request: HttpRequest) -> JsonResponse:
    """What follows below `?before=`, as compact rows; see media_gen.rows."""
    asked = narrowing(request.GET.dict())
    page = list(_below(request, asked)[: ROWS + 1])
    return JsonResponse({"rows": rows_of(page[:ROWS]), "more": len(page) > ROWS})


def _below(request: HttpRequest, asked: Narrowing) -> JobQuerySet:
    found = asked.of(person(request))
    before = request.GET.get("before", "")
    if not before:
        return found
    key = uuid_in(before)
    if key is None:
        raise Http404
    return found.filter(pk__lt=key)


def _models_of(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, title) of the models that this person's pictures and films are by."""
    made = Job.objects.made_by(person(request)).order_by()
    names = made.values_list("model", flat=True).distinct()
    return sorted((name, catalog.find(name).title) for name in names)
