"""A fuller prompt for the form of the studio."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from media_gen import improving
from media_gen.improving import NoProposal
from media_gen.templatetags.studio import amount
from zaichat.accounts.asking import person


@require_POST
@login_required
async def improve(request: HttpRequest) -> HttpResponse:
    """`prompt`, `model` and every `picture` of the form. `{"prompt", "note", "by", "cost"}`, or
    words (422). Whoever hangs up ends it."""
    await request.auser()  # `person` reads it without asking the database
    said = {
        "prompt": request.POST.get("prompt", ""),
        "model": request.POST.get("model", ""),
        "pictures": request.POST.getlist("picture"),
    }
    try:
        proposal = await improving.propose(person(request), said)
    except NoProposal as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
    return JsonResponse(
        {
            "prompt": proposal.prompt,
            "note": proposal.note,
            "by": proposal.model.title,
            "cost": amount(proposal.cost_nano, proposal.currency),
        }
    )
