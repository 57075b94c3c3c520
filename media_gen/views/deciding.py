"""What only the owner of a job can decide: to leave it at that, or to look for it once more."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from media_gen.jobs import moving
from media_gen.models import Job
from media_gen.tasks import pass_over
from media_gen.views.studio import one_job
from zaichat.accounts import hints
from zaichat.accounts.asking import person


@require_POST
@login_required
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _decided(request, pk, moving.cancel)


@require_POST
@login_required
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of a job whose fate nobody knows; it may have been billed."""
    return _decided(request, pk, moving.give_up)


@require_POST
@login_required
def fetch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look for a lost result again; free of charge."""
    answer = _decided(request, pk, moving.fetch_again)
    pass_over.enqueue()
    return answer


def _decided(request: HttpRequest, pk: UUID, decide: Callable[[Job], bool]) -> HttpResponse:
    """How it stands now, which is as before where it was too late."""
    user = person(request)
    job = get_object_or_404(Job.objects.visible_to(user), pk=pk)
    decide(job)
    hints.hint(user.pk, "job", job.pk)
    return one_job(request, user, pk)
