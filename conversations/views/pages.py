"""The pages: a new conversation, one conversation, and the list beside them. They only read."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conversations.models import Conversation, Message
from conversations.views.fields import person, uuid_in
from conversations.views.offer import offer
from conversations.views.path import newest_of, older_than, waiting_in


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "conversations/show.html", {"offer": offer(person(request))})


@require_safe
@login_required
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest messages of the path that is shown.

    `?before=<message>` gives older ones as a piece, `?piece=state` what scripts need to catch up.
    """
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    if "before" in request.GET:
        return _older(request, conversation)
    context: dict[str, Any] = {
        "conversation": conversation,
        "path": newest_of(person(request), conversation),
        "waiting": waiting_in(person(request), conversation),
    }
    if request.GET.get("piece") == "state":
        return render(request, "conversations/_state.html", context)
    context["offer"] = offer(person(request), conversation)
    return render(request, "conversations/show.html", context)


@require_safe
@login_required
def sidebar(request: HttpRequest) -> HttpResponse:
    return render(request, "conversations/_list.html")


def _older(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    ours = Message.objects.visible_to(person(request)).filter(conversation=conversation)
    first = get_object_or_404(ours, pk=uuid_in(request.GET["before"]))
    path = older_than(person(request), first)
    return render(request, "conversations/_path.html", {"conversation": conversation, "path": path})
