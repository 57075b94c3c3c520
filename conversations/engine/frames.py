"""Frames that need the database: what a command opened, and how a reply ended.

Each function reads and renders once; it runs on a database thread, in the caller's language.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from conversations.engine.opening import Opened, opened
from conversations.models import Generation, Message
from conversations.rendering import message_html, messages_html
from zaichat.accounts.models import User
from zaichat.zai.words import explain

Frame = dict[str, Any]


def opened_frame(user: User, turn: Opened) -> Frame:
    """What the socket that sent the command is told: `opened`, or `queued` behind a reply."""
    if turn.position:
        return {
            "event": "queued",
            "id": str(turn.command_id),
            "conversation": str(turn.conversation),
            "message": str(turn.question),
            "position": turn.position,
        }
    frame: Frame = {
        "event": "opened",
        "id": str(turn.command_id),
        "conversation": str(turn.conversation),
        "user_message": str(turn.question),
        "message": str(turn.message),
        "generation": str(turn.generation),
    }
    if turn.waiting:
        frame["waiting"] = turn.waiting
    return frame | {"html": opened_html(user, turn)}


def opened_html(user: User, turn: Opened) -> str:
    """Question and answer for a new question; the answer alone otherwise."""
    if turn.rows:
        return "".join(message_html(user, message) for message in turn.rows)
    with_question = turn.command in ("send", "edit") and turn.question is not None
    ids = [turn.question, turn.message] if with_question else [turn.message]
    return messages_html(user, [key for key in ids if key])


def started_frame(user: User, generation: UUID) -> Frame:
    """`opened` for a turn that had waited behind another, or `unqueued` when it was taken back."""
    row = Generation.objects.select_related("message").get(pk=generation)
    if row.message.deleted_at is not None:
        return {"event": "unqueued", "message": str(row.message.parent_id)}
    return opened_frame(user, opened(row))


def ended_frame(user: User, generation: UUID) -> Frame:
    rows = Generation.objects.select_related("message__conversation")
    return end_of(user, rows.get(pk=generation))


def ended_here(user: User, row: Generation) -> Frame:
    """`ended` for a run of this process, from the row it still holds.

    A message has only this generation while its first one ends: Continue comes after that.
    """
    return end_of(user, row, only=row.number == 1)


def end_of(user: User, row: Generation, *, only: bool = False) -> Frame:
    """`row` as it is saved, its message and conversation fetched.

    `only`: it is known to be the message's one generation.
    """
    return {
        "event": "ended",
        "generation": str(row.pk),
        "message": str(row.message_id),
        "status": str(row.status),
        "error": error_of(row),
        "usage": row.usage or {},
        "html": message_html(user, fetched_around(row, only=only)),
    }


def fetched_around(row: Generation, *, only: bool) -> Message:
    """The generation's message, with all that its template asks for."""
    message = row.message
    # Asked of the table, since another tab's end may have left the message remembering its runs.
    saved = Generation.objects.filter(message=message).order_by("number")
    runs = [row] if only else list(saved)
    message.remember(runs, list(message.siblings().values_list("pk", flat=True)))
    return message


def error_of(row: Generation) -> dict[str, str] | None:
    if not row.error_code:
        return None
    words = explain(row.error_code, row.vendor_code, get_language() or "en")
    return {"code": row.error_code, "message": words, "vendor_code": row.vendor_code}
