"""How jobs stand, for scripts of any page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from media_gen import news
from media_gen.models import Job
from zaichat.accounts.asking import person, uuid_in

AT_ONCE = 60


@require_safe
@login_required
def standing(request: HttpRequest) -> JsonResponse:
    """`?id=`, several times; see `media_gen.news`. What is not there is left out."""
    keys = [key for said in request.GET.getlist("id")[:AT_ONCE] if (key := uuid_in(said))]
    found = Job.objects.visible_to(person(request)).filter(pk__in=keys)
    answer = JsonResponse(news.of_jobs(found.select_related("result").order_by("pk")))
    answer["Cache-Control"] = "no-store"
    return answer
