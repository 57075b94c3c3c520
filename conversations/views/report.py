"""What is known of an answer, for somebody who looks into a fault: numbers, never words."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from conversations.models import Generation, Message
from zaichat.accounts.asking import person

KEPT_OPTIONS = ("thinking", "web_search", "stream", "temperature", "top_p", "max_tokens")
"""What a person wrote, as the instructions of a conversation, is not among them."""


@require_safe
@login_required
def report(request: HttpRequest, pk: UUID, message: UUID) -> HttpResponse:
    """As JSON for the clipboard. Without keys, questions and answers."""
    ours = Message.objects.visible_to(person(request)).filter(conversation=pk)
    found = get_object_or_404(ours.with_generations(), pk=message)
    runs = [of_run(run) for run in found.all_generations()]
    facts = {"application": "ZaiChat", "build": settings.BUILD, "message": str(found.pk)}
    text = json.dumps(facts | {"runs": runs}, indent=2, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")


def of_run(run: Generation) -> dict[str, Any]:
    """Only what is set: an empty field says nothing."""
    facts = {
        "generation": str(run.pk),
        "command": run.command,
        "model": run.model,
        "options": {name: run.options[name] for name in KEPT_OPTIONS if name in run.options},
        "status": str(run.status),
        "finish_reason": run.finish_reason,
        "error_code": run.error_code,
        "vendor_code": run.vendor_code,
        "request_ids": run.request_ids,
        "created_at": _moment(run.created_at),
        "started_at": _moment(run.started_at),
        "first_token_at": _moment(run.first_token_at),
        "ended_at": _moment(run.ended_at),
        "duration_ms": run.duration_ms,
        "events": run.seq,
        "parts": [
            {"kind": part["kind"], "length": len(part.get("text", ""))} for part in run.parts
        ],
        "usage": run.usage,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
