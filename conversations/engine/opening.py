"""The rows of a new turn, in one transaction that survives a power cut.

The person's row is locked first, so that two processes obeying commands of one person take
turns. A command obeyed before is answered from its rows, before any limit is looked at.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.timezone import now

from conversations.engine import money, prompt
from conversations.engine.asking import OPENERS, TurnCommand
from conversations.engine.prompt import Prompt
from conversations.models import Conversation, Generation, Message, Status
from conversations.models.generation import OPEN
from zaichat.accounts.ledger import Call
from zaichat.accounts.models import User
from zaichat.db import durable
from zaichat.zai import catalog


@dataclass(frozen=True, slots=True)
class Ready:
    """A generation that this process claimed, and what it is to ask."""

    generation: Generation
    prompt: Prompt
    call: Call


@dataclass(frozen=True, slots=True)
class Opened:
    """The answer to a command. `position` > 0: it waits behind another reply."""

    command_id: UUID
    conversation: UUID
    question: UUID | None
    message: UUID
    generation: UUID
    waiting: int
    position: int
    ready: Ready | None


def open_turn(user_id: UUID, command: TurnCommand, process: str) -> Opened:
    """Write the rows of a turn, or find those of the same command. Raises Refusal."""
    with durable():
        user = User.objects.select_for_update().get(pk=user_id)
        if known := Generation.objects.filter(owner=user, command_id=command.id).first():
            return answer_again(known)
        generation = OPENERS[type(command)](user, command)
        ready = claim(generation, process) if may_start(generation) else None
        return opened(generation, ready)


def answer_again(generation: Generation) -> Opened:
    return opened(generation, None)


def opened(generation: Generation, ready: Ready | None) -> Opened:
    message = generation.message
    queued = generation.status == Status.QUEUED
    return Opened(
        command_id=generation.command_id,
        conversation=message.conversation_id,
        question=message.parent_id,
        message=message.pk,
        generation=generation.pk,
        waiting=place_in_line(generation) if queued and generation.behind is None else 0,
        position=place_in_queue(generation) if queued and generation.behind is not None else 0,
        ready=ready,
    )


def place_in_line(generation: Generation) -> int:
    """How many of the person's turns start before this one, itself included."""
    ahead = Generation.objects.filter(
        owner_id=generation.owner_id, status=Status.QUEUED, created_at__lt=generation.created_at
    )
    return ahead.count() + 1


def place_in_queue(generation: Generation) -> int:
    """1 for the next under the reply that is streaming, 2 for the one after it …"""
    place, ahead = 1, generation.behind
    while ahead is not None and ahead.status == Status.QUEUED:
        place, ahead = place + 1, ahead.behind
    return place


def may_start(generation: Generation) -> bool:
    """Whether nothing is before it and its person has room. Call with the person locked."""
    if generation.behind is not None and generation.behind.status in OPEN:
        return False
    running = Generation.objects.running().filter(owner_id=generation.owner_id)
    return running.count() < settings.MAX_RUNNING_PER_PERSON


def claim(generation: Generation, process: str) -> Ready | None:
    """Take a waiting generation for `process` and get it ready; None when another did."""
    if not generation.claim(process, now()):
        return None
    generation.refresh_from_db(fields=["status", "process", "started_at"])
    message = generation.message
    show(message)
    path = Message.objects.path_to(asked_after(generation)).with_generations()
    fitted = prompt.build(list(path), catalog.find(generation.model), generation)
    return Ready(generation, fitted, money.reserve(generation, fitted))


def asked_after(generation: Generation) -> UUID:
    """Where the path that is sent ends: the question, or the answer that goes on."""
    message = generation.message
    goes_on = generation.number > 1
    return message.pk if goes_on or message.parent_id is None else message.parent_id


def show(message: Message) -> None:
    """Put `message` on the shown path: chosen at its fork, and the leaf of its conversation."""
    if message.parent is not None:
        Message.objects.filter(pk=message.parent.pk).update(chosen_child=message)
        if (above := message.parent.parent) is not None:
            Message.objects.filter(pk=above.pk).update(chosen_child=message.parent)
    Conversation.objects.filter(pk=message.conversation_id).update(
        leaf=message, last_active_at=now()
    )
