"""What somebody has written and not sent: kept here, so that another device finds it too."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversations.models import Conversation, Draft
from conversations.protocol import Fields, Refusal
from zaichat import well_formed
from zaichat.accounts.asking import person, uuid_in
from zaichat.files.describing import described
from zaichat.files.models import StoredFile

MAX_DRAFT = 500_000
"""Characters: more than can be sent, since what is too long is cut down in the box."""


@require_http_methods(["GET", "HEAD", "POST", "PUT"])
@login_required
def draft(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """The draft of a conversation, or of the next new one. Saving answers with its stamp alone."""
    conversation = None
    if pk is not None:
        ours = Conversation.objects.visible_to(person(request))
        conversation = get_object_or_404(ours, pk=pk)
    if request.method in ("POST", "PUT"):
        return _save(request, conversation)
    kept = draft_of(request, conversation)
    said = {"text": kept.text, "model": kept.model, "options": kept.options, "stamp": kept.stamp}
    return JsonResponse(
        {**said, "setup": kept.setup, "attachments": [described(file) for file in kept.files]}
    )


def draft_of(request: HttpRequest, conversation: Conversation | None) -> Draft:
    """The saved row with its files, or an empty one that is not saved. At most two queries."""
    ours = Draft.objects.visible_to(person(request)).filter(conversation=conversation)
    kept = ours.first() or Draft(owner=person(request), conversation=conversation)
    kept.files = _files(request, kept.attachments)
    return kept


def draft_for(request: HttpRequest, conversation: Conversation | None = None) -> Draft:
    """What the page shows in the box: the draft, and what an address brings by `?q=`, `?file=`."""
    kept = draft_of(request, conversation)
    brought = request.GET.get("q", "").replace("\x00", "").strip()
    if brought and brought not in kept.text:
        kept.text = f"{kept.text}\n\n{brought}" if kept.text.strip() else brought
    kept.files = [*kept.files, *_brought(request, kept)]
    return kept


def _brought(request: HttpRequest, kept: Draft) -> list[StoredFile]:
    known = {str(file.pk) for file in kept.files}
    keys = [str(key) for name in request.GET.getlist("file") if (key := uuid_in(name))]
    return _files(request, [key for key in keys if key not in known])


def _save(request: HttpRequest, conversation: Conversation | None) -> HttpResponse:
    try:
        fields = _read(request.body)
    except Refusal as refusal:
        return HttpResponse(refusal.message, status=422, content_type="text/plain")
    files = _files(request, fields["attachments"])
    fields["attachments"] = [str(file.pk) for file in files]
    kept, _created = Draft.objects.update_or_create(
        {**fields, "saved_at": now()}, owner=person(request), conversation=conversation
    )
    return HttpResponse(status=204, headers={"ETag": f'"{kept.stamp}"'})


def _files(request: HttpRequest, keys: list[str]) -> list[StoredFile]:
    """In order; what is not theirs, or gone, is left out."""
    if not keys:
        return []
    files = StoredFile.objects.visible_to(person(request)).in_bulk(keys)
    return [files[UUID(key)] for key in dict.fromkeys(keys) if UUID(key) in files]


def _read(body: bytes) -> dict[str, Any]:
    """The fields of a draft. Raises Refusal, which names the field and the limit."""
    said = well_formed.read(body)
    if not isinstance(said, dict):
        raise Refusal("bad_frame", _("The server expects one JSON object per message."))
    fields = Fields(said)
    options = fields.options()
    return {
        "text": _text(said.get("text", "")),
        "attachments": [str(key) for key in fields.uuids("attachments")],
        "model": fields.model() or "",
        "options": options.stored() if options else {},
    }


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise Refusal("bad_field", _("Field “text”: it must be text."))
    if len(text) > MAX_DRAFT:
        words = _("The draft has %(count)s characters; at most %(limit)s are kept on the server.")
        numbers = {"count": f"{len(text):,}", "limit": f"{MAX_DRAFT:,}"}
        raise Refusal("too_large", words % numbers)
    return text.replace("\x00", "")
