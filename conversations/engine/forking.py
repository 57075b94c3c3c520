"""A new conversation from a place in an old one: messages and runs are copied, money is not.

Rows are read and written together, so a conversation of thousands of messages takes a few
statements for each few hundred rows, all in one transaction.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID, uuid4

from django.utils.timezone import now
from django.utils.translation import gettext as _

from conversations.engine.opening import lock
from conversations.engine.reaper import as_interrupted
from conversations.engine.versions import not_waiting
from conversations.models import Attachment, Conversation, Generation, Message, Status
from conversations.models.attachment import attach
from conversations.models.message import MessageQuerySet
from conversations.protocol import Refusal
from zaichat.accounts.models import User
from zaichat.db import durable
from zaichat.ids import new_id

BATCH = 500

Copies = dict[UUID, Message]
"""By the id of the message that was copied."""


class Extent(StrEnum):
    """How much goes along."""

    PATH = "path"
    """Only what leads to the message."""
    BRANCHES = "branches"
    """And every version that leaves that path, with what follows it; nothing below the message."""
    ALL = "all"


def fork(user: User, message: Message, extent: Extent) -> Conversation:
    """Copy what `extent` says into a new conversation, whose leaf is the copy of `message`.

    A question brings its answer along. Raises Refusal when the message is gone.
    """
    with durable():
        lock(user.pk)
        end = _answer_at(user, message)
        rows = list(_rows(user, end, extent).order_by("number"))
        made = _conversation_like(message.conversation, len(rows))
        copies = copied(rows, made)
        shown = message.conversation.leaf_id if extent == Extent.ALL else None
        made.leaf = copies.get(shown or end.pk, copies[end.pk])
        made.save(force_insert=True)
        Message.objects.bulk_create(copies.values(), batch_size=BATCH)
        Generation.objects.bulk_create(copied_runs(user, copies), batch_size=BATCH)
        Attachment.objects.bulk_create(copied_attachments(rows, copies), batch_size=BATCH)
    return made


def copied(rows: Sequence[Message], where: Conversation) -> Copies:
    """The same tree in `where`, numbered anew; a choice that did not come along is none."""
    copies = {
        row.pk: Message(
            id=new_id(),
            conversation=where,
            number=number,
            depth=row.depth,
            role=row.role,
            text=row.text,
            attachment_count=row.attachment_count,
            created_at=row.created_at,
        )
        for number, row in enumerate(rows, start=1)
    }
    for row in rows:
        copies[row.pk].parent = copies[row.parent_id] if row.parent_id else None
        copies[row.pk].chosen_child = (
            copies.get(row.chosen_child_id) if row.chosen_child_id else None
        )
    return copies


def copied_runs(user: User, copies: Copies) -> list[Generation]:
    """What was answered, as it stands; a run that is still open ends in its copy."""
    runs: list[Generation] = []
    keys = list(copies)
    for start in range(0, len(keys), BATCH):
        known = Generation.objects.visible_to(user).filter(message__in=keys[start : start + BATCH])
        runs += [_run_in(copies[run.message_id], run) for run in known]
    return runs


def copied_attachments(rows: Sequence[Message], copies: Copies) -> list[Attachment]:
    """The same files beside the copies."""
    attach(rows)
    return [
        Attachment(message=copies[row.pk], file=file, number=number)
        for row in rows
        for number, file in enumerate(row.attached)
    ]


def _run_in(message: Message, run: Generation) -> Generation:
    if run.is_open:
        run.parts, run.seq = as_interrupted(run)
        run.status, run.error_code, run.ended_at = Status.INTERRUPTED, "interrupted", now()
    run.id, run.message, run.command_id = new_id(), message, uuid4()
    run.behind, run.process, run.stop_requested_at, run.answer_now_at = None, "", None, None
    run.indexed_at = None
    return run


def _conversation_like(old: Conversation, messages: int) -> Conversation:
    return Conversation(
        owner_id=old.owner_id,
        title=old.title,
        titled_at=now(),
        instructions=old.instructions,
        parameters=old.parameters,
        forked_from=old,
        message_count=messages,
    )


def _answer_at(user: User, message: Message) -> Message:
    """The message, if it is an answer; else the shown answer to it."""
    visible = Message.objects.visible_to(user)
    if not message.is_question:
        found = visible.filter(pk=message.pk).first()
    else:
        answers = list(not_waiting(visible.filter(parent=message)).order_by("number"))
        chosen = [answer for answer in answers if answer.pk == message.chosen_child_id]
        found = next(iter(chosen or answers[-1:]), None)
    if found is None:
        raise Refusal("not_found", _("This was not found. It may have been deleted."))
    return found


def _rows(user: User, end: Message, extent: Extent) -> MessageQuerySet:
    visible = Message.objects.visible_to(user)
    if extent == Extent.PATH:
        return visible.path_to(end.pk)
    everything = not_waiting(visible.filter(conversation=end.conversation_id))
    if extent == Extent.ALL:
        return everything
    below = Message.objects.branch_of(end.pk).exclude(pk=end.pk)
    return everything.exclude(pk__in=below.values("pk"))
