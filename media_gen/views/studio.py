"""/studio/: a form that asks for pictures and films, and what it has asked for."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from media_gen import asked, shown
from media_gen.jobs import asking, moving, wishes
from media_gen.jobs.wishes import Unfit
from media_gen.models import Job
from media_gen.tasks import pass_over
from media_gen.views.beginning import begun
from media_gen.views.form import form_of
from zaichat.accounts import hints
from zaichat.accounts.asking import person, uuid_in
from zaichat.accounts.models import User
from zaichat.ids import new_id

SHOWN = 60
"""Jobs on the wall; the gallery has them all."""

ASKED_AT_ONCE = 60
"""Jobs whose state one request asks for."""


@require_safe
@login_required
def studio(request: HttpRequest) -> HttpResponse:
    """What the address says begins the form, see `beginning`."""
    user = person(request)
    context = {**form_of(user, begun(request)), "batches": wall(user)}
    return render(request, "media_gen/studio.html", context)


@require_safe
@login_required
def fields(request: HttpRequest) -> HttpResponse:
    """The form's fields for another kind or model."""
    user = person(request)
    return render(request, "media_gen/_fields.html", form_of(user, begun(request)))


@require_POST
@login_required
def make(request: HttpRequest) -> HttpResponse:
    """A script gets the batch (201), or words (422); without one, the page again."""
    user = person(request)
    try:
        wish = asked.wish_of(user, request)
    except Unfit as refusal:
        return _refused(request, user, str(refusal))
    jobs = asking.ask(user, asked.command_of(request.POST), wish)
    pass_over.enqueue()
    for job in jobs:
        hints.hint(user.pk, "job", job.pk)
    if not _is_script(request):
        return redirect("media_gen:studio")
    context = {"batch": shown.Batch(jobs), "next": new_id()}
    return render(request, "media_gen/_batch.html", context, status=201)


@require_safe
@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """`?id=`, several times: how these stand now, as figures."""
    keys = [key for said in request.GET.getlist("id")[:ASKED_AT_ONCE] if (key := uuid_in(said))]
    found = Job.objects.visible_to(person(request)).filter(pk__in=keys).select_related("result")
    return render(request, "media_gen/_jobs.html", {"jobs": found})


@require_POST
@login_required
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same wish once more, as a batch of its own. 201, or 422 where the model is gone. Whoever
    asks again for what nobody knows about has given that up."""
    user = person(request)
    job = get_object_or_404(Job.objects.visible_to(user), pk=pk)
    try:
        wishes.maker(job.model)
    except Unfit as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    more = asking.again(job, asked.command_of(request.POST))
    if moving.give_up(job):
        hints.hint(user.pk, "job", job.pk)
    pass_over.enqueue()
    if not _is_script(request):
        return redirect("media_gen:studio")
    return render(request, "media_gen/_batch.html", {"batch": shown.Batch([more])}, status=201)


def wall(user: User) -> list[shown.Batch]:
    newest = Job.objects.visible_to(user).select_related("result").order_by("-batch", "number")
    return shown.batches(newest[:SHOWN])


def _refused(request: HttpRequest, user: User, words: str) -> HttpResponse:
    """Nothing that was typed is lost: the page comes again with it."""
    if _is_script(request):
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    said = {name: request.POST.get(name, "") for name in ("kind", "model", "prompt")}
    more = {"parameters": request.POST.dict(), "pictures": request.POST.getlist("picture")}
    context = form_of(user, {**said, **more, "count": 1})
    context |= {"batches": wall(user), "refusal": words}
    return render(request, "media_gen/studio.html", context, status=422)


def one_job(request: HttpRequest, user: User, pk: UUID) -> HttpResponse:
    if not _is_script(request):
        return redirect("media_gen:studio")
    found = Job.objects.visible_to(user).filter(pk=pk).select_related("result")
    return render(request, "media_gen/_jobs.html", {"jobs": found})


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
