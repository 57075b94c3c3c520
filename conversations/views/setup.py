"""How a conversation is set up: the form of its dialog, and keeping what it says.

A new chat has no row yet: its setup is kept with its draft, and comes with its first question.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from conversations.models import Conversation, Draft
from conversations.options import (
    MAX_INSTRUCTIONS,
    MAX_STOPS,
    PARAMETERS,
    USUAL,
    Setup,
    Unfit,
    read_instructions,
    read_parameter,
)
from conversations.views.drafts import draft_of
from zaichat import vendor
from zaichat.accounts import hints
from zaichat.accounts.asking import person
from zaichat.zai import catalog

LABELS = {
    "instructions": gettext_lazy("Instructions"),
    "temperature": gettext_lazy("Temperature"),
    "top_p": gettext_lazy("Top P"),
    "max_tokens": gettext_lazy("Longest answer"),
    "stop": gettext_lazy("Stop words"),
    "do_sample": gettext_lazy("Choose words freely"),
    "response_format": gettext_lazy("Answer in JSON"),
    "stream": gettext_lazy("Stream"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def setup(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of an existing conversation; a post keeps it."""
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    if request.method != "POST":
        return form(request, Setup(conversation.instructions, conversation.parameters))
    wanted, wrong = read(request.POST)
    if wrong:
        return JsonResponse({"errors": wrong}, status=422)
    conversation.instructions, conversation.parameters = wanted.instructions, wanted.parameters
    conversation.save(update_fields=["instructions", "parameters"])
    hints.hint(person(request).pk, "conversation", conversation.pk)
    return JsonResponse(wanted.stored())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_setup(request: HttpRequest) -> HttpResponse:
    """The form of the next new chat; a post keeps it until that begins, for every browser."""
    if request.method != "POST":
        return form(request, Setup(**draft_of(request, None).setup))
    wanted, wrong = read(request.POST)
    if wrong:
        return JsonResponse({"errors": wrong}, status=422)
    Draft.objects.keep_setup(person(request), wanted.stored() if wanted else {})
    return JsonResponse(wanted.stored())


def form(request: HttpRequest, now: Setup) -> HttpResponse:
    """What is empty in it shows what the model does by itself."""
    model = catalog.find(request.GET.get("model") or vendor.default_model())
    limits = {
        "instructions": f"{MAX_INSTRUCTIONS:,}",
        "stops": MAX_STOPS,
        "usual_answer": f"{model.default_output:,}",
        "longest_answer": f"{model.max_output:,}",
    }
    context = {"setup": now, "on": USUAL | now.parameters, "model": model, "limits": limits}
    return render(request, "conversations/_setup.html", context)


def read(posted: QueryDict) -> tuple[Setup, dict[str, str]]:
    """What the form says, and a sentence for every field that says something impossible."""
    wrong: dict[str, str] = {}
    instructions, parameters = "", {}
    try:
        instructions = read_instructions(posted.get("instructions"))
    except Unfit as unfit:
        wrong["instructions"] = sentence("instructions", unfit)
    for name, value in typed(posted).items():
        try:
            parameters[name] = read_parameter(name, value)
        except Unfit as unfit:
            wrong[name] = sentence(name, unfit)
    kept = {
        name: value for name, value in parameters.items() if value not in (None, USUAL.get(name))
    }
    return Setup(instructions, kept), wrong


def sentence(name: str, unfit: Unfit) -> str:
    return _("%(field)s: %(reason)s.") % {"field": LABELS[name], "reason": unfit.reason}


def typed(posted: QueryDict) -> dict[str, Any]:
    """Each parameter as its reader wants it; what is no number stays as it was typed."""
    lines = [line for line in posted.get("stop", "").splitlines() if line.strip()]
    said: dict[str, Any] = {
        "temperature": number(posted.get("temperature", "")),
        "top_p": number(posted.get("top_p", "")),
        "max_tokens": number(posted.get("max_tokens", "").replace(",", "")),
        "stop": lines or None,
        "do_sample": "do_sample" in posted,
        "response_format": "json_object" if "response_format" in posted else None,
        "stream": "stream" in posted,
    }
    return {name: said[name] for name in PARAMETERS}


def number(text: str) -> int | float | str | None:
    text = text.strip().replace(",", ".")
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text or None
