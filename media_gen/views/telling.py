"""How jobs stand, for scripts of any page."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from media_gen import news
from media_gen.models import Job
from media_gen.views.viewer import took
from zaichat.accounts.asking import person, uuid_in
from zaichat.zai import catalog

AT_ONCE = 60


@require_safe
@login_required
def about(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a job was asked with and what came of it, to open beside its figure. `?as=text`: the
    prompt alone, for the clipboard."""
    found = Job.objects.visible_to(person(request)).select_related("result")
    job = get_object_or_404(found, pk=pk)
    if request.GET.get("as") == "text":
        return HttpResponse(job.prompt, content_type="text/plain; charset=utf-8")
    context = {"job": job, "model": catalog.find(job.model), "took": took(job)}
    return render(request, "media_gen/_about.html", context)


@require_safe
@login_required
def standing(request: HttpRequest) -> JsonResponse:
    """`?id=`, several times; see `media_gen.news`. What is not there is left out."""
    keys = [key for said in request.GET.getlist("id")[:AT_ONCE] if (key := uuid_in(said))]
    found = Job.objects.visible_to(person(request)).filter(pk__in=keys)
    answer = JsonResponse(news.of_jobs(found.select_related("result").order_by("pk")))
    answer["Cache-Control"] = "no-store"
    return answer
