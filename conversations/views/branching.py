"""What is done with a part of a conversation: fork it, delete it, bring it back."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conversations.engine import branches, forking, indexing
from conversations.engine.forking import Extent
from conversations.models import Conversation, Message
from conversations.protocol import Refusal
from conversations.views.path import newest_of
from zaichat.accounts import hints
from zaichat.accounts.asking import person, uuid_in

Result = TypeVar("Result")


@require_safe
@login_required
def size(request: HttpRequest, pk: UUID, message: UUID) -> HttpResponse:
    """What deleting the branch of `message` would remove, in words, and where it begins."""
    found = _message(request, pk, message)
    context = {"size": branches.size_of(person(request), found), "message": found}
    return render(request, "conversations/_branch_size.html", context)


@require_POST
@login_required
def delete(request: HttpRequest, pk: UUID, message: UUID) -> HttpResponse:
    """Put the branch away; answers with the path that remains as a piece."""
    found = _message(request, pk, message)
    return _changed(request, pk, lambda: branches.delete_branch(person(request), found))


@require_POST
@login_required
def restore(request: HttpRequest, pk: UUID, message: UUID) -> HttpResponse:
    """Bring back the branch with this root; answers with the path that shows it as a piece."""
    roots = branches.deleted_branches(person(request)).filter(conversation=pk)
    root = get_object_or_404(roots, pk=message)
    return _changed(request, pk, lambda: branches.restore_branch(person(request), root))


@require_POST
@login_required
def fork(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Copy a part of the conversation into a new one; its address is in `Location`."""
    found = _message(request, pk, uuid_in(request.POST.get("message", "")))
    wanted = request.POST.get("extent", Extent.PATH)
    if wanted not in list(Extent):
        words = _("Extent: it must be one of %(allowed)s.") % {"allowed": ", ".join(Extent)}
        return HttpResponse(words, status=422, content_type="text/plain")
    made = _obeyed(lambda: forking.fork(person(request), found, Extent(wanted)))
    indexing.index_conversation(made.pk)
    hints.hint(person(request).pk, "conversation", made.pk)
    return HttpResponse(status=201, headers={"Location": made.get_absolute_url()})


def _message(request: HttpRequest, conversation: UUID, message: UUID | None) -> Message:
    ours = Message.objects.visible_to(person(request)).filter(conversation=conversation)
    return get_object_or_404(ours.select_related("conversation", "parent"), pk=message)


def _changed(request: HttpRequest, pk: UUID, change: Callable[[], object]) -> HttpResponse:
    _obeyed(change)
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    hints.hint(person(request).pk, "conversation", pk)
    context = {"conversation": conversation, "path": newest_of(person(request), conversation)}
    return render(request, "conversations/_path.html", context)


def _obeyed(change: Callable[[], Result]) -> Result:
    try:
        return change()
    except Refusal:
        raise Http404 from None
