"""Changes of one conversation that need no socket: version shown, name, read, put away."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations.engine.trash import put_away
from conversations.engine.versions import choose
from conversations.models import Conversation, Message
from conversations.models.conversation import MAX_TITLE
from conversations.views.path import newest_of
from zaichat.accounts import hints
from zaichat.accounts.asking import person, uuid_in


@require_POST
@login_required
def leaf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show another version of a message and what followed it; answers with the path as a piece."""
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    ours = Message.objects.visible_to(person(request)).filter(conversation=conversation)
    choose(person(request), get_object_or_404(ours, pk=uuid_in(request.POST.get("message", ""))))
    hints.hint(person(request).pk, "conversation", conversation.pk)
    conversation.refresh_from_db(fields=["leaf"])
    context = {"conversation": conversation, "path": newest_of(person(request), conversation)}
    return render(request, "conversations/_path.html", context)


@require_POST
@login_required
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    title = request.POST.get("title", "").strip()
    if not title:
        return HttpResponse(_("Name: it must not be empty."), status=422, content_type="text/plain")
    if len(title) > MAX_TITLE:
        words = _("Name: it may hold at most %(limit)d characters.") % {"limit": MAX_TITLE}
        return HttpResponse(words, status=422, content_type="text/plain")
    conversation.rename(title)
    hints.hint(person(request).pk, "title", conversation.pk)
    return HttpResponse(status=204)


@require_POST
@login_required
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was answered so far has been seen, in a tab that is looked at."""
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    if conversation.mark_read():
        hints.hint(person(request).pk, "list", conversation.pk)
    return HttpResponse(status=204)


@require_POST
@login_required
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a conversation away. What still runs in it is asked to stop, as nobody would read it."""
    conversation = get_object_or_404(Conversation.objects.visible_to(person(request)), pk=pk)
    put_away(person(request), [conversation.pk])
    hints.hint(person(request).pk, "conversation", conversation.pk)
    return redirect("conversations:index")
