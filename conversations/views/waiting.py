"""The questions above the composer, in the order in which they will be asked."""

from typing import TYPE_CHECKING

from conversations.models import Conversation, Generation, Message
from conversations.models.attachment import attach

if TYPE_CHECKING:
    from zaichat.accounts.models import User


def waiting_in(user: "User", conversation: Conversation) -> list[Message]:
    """The questions that are not asked yet; `held` says that they wait for their person. One query,
    two where pictures go along.

    Each comes after the one it is behind, whatever was sent first.
    """
    waiting = Generation.objects.visible_to(user).waiting().select_related("message__parent")
    rows = waiting.filter(message__conversation=conversation).defer("parts", "message__text")
    in_order = sorted(rows, key=lambda row: (row.message.depth, row.message.number))
    after = {row.behind_id: row for row in in_order if not row.is_held}
    known = {row.pk for row in in_order}
    questions: list[Message] = []
    for first in (row for row in in_order if row.is_held or row.behind_id not in known):
        row: Generation | None = first
        while row is not None:
            questions += _question_of(row, held=first.is_held)
            row = after.get(row.pk)
    attach(questions)
    return questions


def _question_of(row: Generation, *, held: bool) -> list[Message]:
    question = row.message.parent
    if question is None:
        return []
    question.held = held  # type: ignore[attr-defined]  # only for the template
    return [question]
