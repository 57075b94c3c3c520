"""What is not in the list: the archive, the trash, and an address whose conversation is there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from conversations.engine import trash as trash_can
from conversations.listing import more_than, shown_in
from conversations.models import Conversation, Draft
from media_gen import trash as media_trash
from media_gen.models import Job
from zaichat.accounts import hints
from zaichat.accounts.asking import person


@require_safe
@login_required
def archive(request: HttpRequest) -> HttpResponse:
    """`?shown=` says how many; the newest first."""
    archived = Conversation.objects.visible_to(person(request)).archived().newest_first()
    shown = shown_in(request)
    found = list(archived.defer("instructions", "parameters")[: shown + 1])
    context = {"conversations": found[:shown], "more": more_than(shown, found)}
    return render(request, "conversations/archive.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def trash(request: HttpRequest) -> HttpResponse:
    """What was deleted in the last 30 days; a POST empties it."""
    if request.method == "POST":
        trash_can.empty(person(request))
        media_trash.empty(person(request))
        hints.hint(person(request).pk, "list", person(request).pk)
        return redirect("conversations:trash")
    return render(request, "conversations/trash.html", _in_trash(request))


def in_trash(request: HttpRequest, pk: Any) -> HttpResponse:
    """For its owner, a deleted conversation's page says where it is; anybody else finds nothing.

    A page that looks how it stands hears by an empty answer that it is gone: no failure.
    """
    if {"before", "after"} & set(request.GET):
        raise Http404
    gone = get_object_or_404(Conversation.objects.in_trash_of(person(request)), pk=pk)
    if "piece" in request.GET:
        return HttpResponse(status=204)
    begun = Draft.objects.visible_to(person(request)).filter(conversation=gone).exclude(text="")
    context = {"gone": gone, "is_begun": begun.exists()}
    return render(request, "conversations/in_trash.html", context, status=404)


def _in_trash(request: HttpRequest) -> dict[str, Any]:
    user, shown = person(request), shown_in(request)
    deleted = Conversation.objects.in_trash_of(user).defer("instructions", "parameters")
    conversations = list(deleted[: shown + 1])
    branches = list(trash_can.branches_in_trash_of(user).with_generations()[: shown + 1])
    jobs = list(Job.objects.in_trash_of(user)[: shown + 1])
    return {
        "conversations": conversations[:shown],
        "branches": branches[:shown],
        "jobs": jobs[:shown],
        "more": max(more_than(shown, found) for found in (conversations, branches, jobs)),
    }
