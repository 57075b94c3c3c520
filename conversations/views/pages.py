"""The pages: a new conversation, one conversation, and the list beside them. They only read."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conversations.models import Conversation, Message
from conversations.views.drafts import draft_for
from conversations.views.kept import in_trash
from conversations.views.landing import newer_than, view_of
from conversations.views.offer import offer
from conversations.views.path import older_than
from conversations.views.waiting import waiting_in
from zaichat.accounts.asking import person, uuid_in
from zaichat.textsearch import query


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    draft = draft_for(request)
    context = {"draft": draft, "offer": offer(person(request), draft=draft)}
    return render(request, "conversations/show.html", context)


@require_safe
@login_required
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest messages of the path that is shown, or those around `?at=<message>`,
    in which the page marks the words `?find=`.

    `?end=<message>` shows the path to that message instead of the stored one, without storing it.
    Pieces for scripts: `?before=` and `?after=<message>` more of the path, `?piece=state` what
    they need to catch up.
    """
    conversation = Conversation.objects.visible_to(person(request)).filter(pk=pk).first()
    if conversation is None:
        return in_trash(request, pk)
    if {"before", "after"} & set(request.GET):
        return _more(request, conversation)
    at, end = (uuid_in(request.GET.get(name, "")) for name in ("at", "end"))
    view = view_of(person(request), conversation, at, end)
    context: dict[str, Any] = {
        "conversation": conversation,
        "view": view,
        "path": view.path,
        "waiting": waiting_in(person(request), conversation),
    }
    if request.GET.get("piece") == "state":
        return render(request, "conversations/_state.html", context)
    context["find"] = [term.runs for term in query.read(request.GET.get("find", "")).terms]
    context["draft"] = draft_for(request, conversation)
    context["offer"] = offer(person(request), conversation, context["draft"])
    return render(request, "conversations/show.html", context)


@require_safe
@login_required
def sidebar(request: HttpRequest) -> HttpResponse:
    return render(request, "conversations/_list.html")


def _more(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Messages before or after one that is on the screen already."""
    user, ours = person(request), Message.objects.visible_to(person(request))
    older = "before" in request.GET
    named = uuid_in(request.GET["before" if older else "after"])
    message = get_object_or_404(ours.filter(conversation=conversation), pk=named)
    end = uuid_in(request.GET.get("end", ""))
    if older:
        path = older_than(user, message)
    else:
        path = newer_than(user, message, end or conversation.leaf_id)
    view = {"end": end if end != conversation.leaf_id else None}
    context = {"conversation": conversation, "path": path, "view": view}
    return render(request, "conversations/_path.html", context)
