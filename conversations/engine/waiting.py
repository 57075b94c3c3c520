"""Turns that wait: for the reply before them, or for room under their person's limit.

Whichever process looks first claims them, by a conditional UPDATE; so they also start when the
process that took the command is gone.
"""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from conversations.engine.opening import Ready, claim, lock, may_start
from conversations.models import Conversation, Generation, Message, Status
from conversations.models.generation import GenerationQuerySet
from conversations.protocol import Refusal
from zaichat.accounts.models import User
from zaichat.db import durable


def owners_with_startable() -> list[UUID]:
    """People for whom a turn waits with nothing before it. One indexed query."""
    return list(
        Generation.objects.startable().order_by().values_list("owner_id", flat=True).distinct()
    )


def start_for(owner: UUID, process: str) -> tuple[list[Ready], bool]:
    """Claim as many of this person's waiting turns as their limit allows; whether some are left."""
    ready: list[Ready] = []
    startable = Generation.objects.startable().filter(owner_id=owner)
    if not startable.exists():
        return ready, Generation.objects.filter(owner_id=owner, status=Status.QUEUED).exists()
    with durable():
        lock(owner)
        running = Generation.objects.running().filter(owner_id=owner).count()
        for generation in startable.select_related("message__parent", "behind"):
            if not may_start(generation, running + len(ready)):
                break
            if taken := claim(generation, process):
                ready.append(taken)
        left = Generation.objects.filter(owner_id=owner, status=Status.QUEUED).exists()
    return ready, left


def unqueue(user: User, message_id: UUID) -> Generation:
    """Take back a question that still waits behind a reply; those behind it move up."""
    with durable():
        lock(user.pk)
        question = Message.objects.visible_to(user).filter(pk=message_id).first()
        if question is None:
            raise Refusal("not_found", _("This was not found. It may have been deleted."))
        generation = _waiting_answer(question)
        if generation is None or not stop_waiting(generation):
            raise Refusal("conflict", _("This message is already being answered."))
        _close_gap(question, generation)
        Message.objects.filter(pk__in=[question.pk, generation.message_id]).update(deleted_at=now())
    return generation


def put_away(user: User, conversation: Conversation) -> None:
    """Delete a conversation for its person: what waits in it is not asked, what runs is stopped."""
    with durable():
        lock(user.pk)
        end_open(Generation.objects.filter(message__conversation=conversation))
        Conversation.objects.filter(pk=conversation.pk).update(deleted_at=now())


def end_open(generations: GenerationQuerySet) -> None:
    """Of these, what waits is not asked, and what runs is asked to stop, wherever it runs."""
    generations.filter(status=Status.QUEUED).update(status=Status.STOPPED, ended_at=now())
    generations.filter(status=Status.RUNNING).update(stop_requested_at=now())


def stop_waiting(generation: Generation) -> bool:
    """End it without a request. False when it started or ended in the meantime."""
    waiting = Generation.objects.filter(pk=generation.pk, status=Status.QUEUED)
    return waiting.update(status=Status.STOPPED, ended_at=now()) == 1


def _waiting_answer(question: Message) -> Generation | None:
    waiting = Generation.objects.filter(
        message__parent=question, status=Status.QUEUED, behind__isnull=False
    )
    return waiting.first()


def _close_gap(question: Message, generation: Generation) -> None:
    """What hangs below the removed answer hangs below the reply before it instead."""
    below = Message.objects.filter(parent_id=generation.message_id)
    for follower in Generation.objects.filter(behind=generation):
        Generation.objects.filter(pk=follower.pk).update(behind=generation.behind)
    _raise_depth(list(below.values_list("pk", flat=True)))
    below.update(parent=question.parent)


def _raise_depth(level: list[Any]) -> None:
    while level:
        Message.objects.filter(pk__in=level).update(depth=F("depth") - 2)
        level = list(Message.objects.filter(parent_id__in=level).values_list("pk", flat=True))
