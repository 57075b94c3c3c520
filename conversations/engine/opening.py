"""The rows of a new turn, in one transaction that survives a power cut.

The person's row is locked first, so that two processes obeying commands of one person take
turns; without its key, so that nobody who only refers to the person waits. A command obeyed
before is answered from its rows, before any limit is looked at.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.timezone import now

from conversations.engine import money, prompt
from conversations.engine.asking import OPENERS, TurnCommand
from conversations.engine.new_turn import NewTurn, choose_path_to
from conversations.engine.prompt import Prompt
from conversations.models import Conversation, Draft, Generation, Message, Status
from conversations.models.attachment import attach
from conversations.models.generation import OPEN
from conversations.protocol import Send
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

    command: str
    command_id: UUID
    conversation: UUID
    question: UUID | None
    message: UUID
    generation: UUID
    waiting: int
    position: int
    ready: Ready | None
    rows: tuple[Message, ...] = ()
    """Question and answer as rows, where they are new and need not be read again."""


def open_turn(user: User, command: TurnCommand, process: str) -> Opened:
    """Write the rows of a turn, or find those of the same command. Raises Refusal."""
    with durable():
        lock(user.pk)
        known, running = obeyed_and_running(user.pk, command.id)
        if known is not None:
            return opened(known)
        new = OPENERS[type(command)](user, command)
        generation = new.generation
        if starts := may_start(generation, running):
            generation.take(process, now())
        new.save(shown=generation.behind is None)
        if isinstance(command, Send):
            Draft.objects.visible_to(user).sent(command.conversation)
        ready = prepared(generation, asked_in(new)) if starts else None
        return opened(generation, ready, rows_to_show(new))


def opened(
    generation: Generation, ready: Ready | None = None, rows: tuple[Message, ...] = ()
) -> Opened:
    message = generation.message
    queued = generation.status == Status.QUEUED
    return Opened(
        command=generation.command,
        command_id=generation.command_id,
        conversation=message.conversation_id,
        question=message.parent_id,
        message=message.pk,
        generation=generation.pk,
        waiting=place_in_line(generation) if queued and generation.behind is None else 0,
        position=place_in_queue(generation) if queued and generation.behind is not None else 0,
        ready=ready,
        rows=rows,
    )


def rows_to_show(new: NewTurn) -> tuple[Message, ...]:
    """The rows of a new conversation, fetched as templates want them; else they are read again."""
    if not new.fresh:
        return ()
    for message in new.new:
        generations = [] if message.is_question else [new.generation]
        message.remember(generations, versions=[message.pk])
    return new.new


def asked_in(new: NewTurn) -> list[Message]:
    """The path that is sent: up to the question, or to the answer that goes on."""
    generation, question = new.generation, new.question
    if question is None or not new.fresh:
        return path_of(generation)
    return [question]


def path_of(generation: Generation) -> list[Message]:
    message = generation.message
    goes_on = generation.number > 1 or message.parent_id is None
    end = message.pk if goes_on else message.parent_id
    path = list(Message.objects.path_to(end or message.pk).with_generations())
    attach(path)
    return path


def place_in_line(generation: Generation) -> int:
    """How many of the person's turns start before this one, itself included."""
    ahead = Generation.objects.filter(
        owner_id=generation.owner_id, status=Status.QUEUED, created_at__lt=generation.created_at
    )
    return ahead.count() + 1


def place_in_queue(generation: Generation) -> int:
    """1 for the next under the reply that is streaming, 2 for the one after it …"""
    place, ahead = 1, generation.behind
    while ahead is not None and ahead.status == Status.QUEUED and not ahead.is_held:
        place, ahead = place + 1, ahead.behind
    return place


def lock(user_id: UUID) -> None:
    """Let nobody else open or start turns of this person until the transaction ends.

    SQLite's transactions begin with the lock of the whole database (BEGIN IMMEDIATE).
    """
    if connection.features.has_select_for_update:
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


def obeyed_and_running(owner: UUID, command: UUID) -> tuple[Generation | None, int]:
    """What this command opened before, if it did, and how many turns of the person run."""
    of_interest = Q(command_id=command) | Q(status=Status.RUNNING)
    found = Generation.objects.filter(of_interest, owner_id=owner)
    rows = list(found.values_list("pk", "command_id", "status"))
    known = next((pk for pk, command_id, _status in rows if command_id == command), None)
    running = sum(status == Status.RUNNING for _pk, _command, status in rows)
    return (Generation.objects.get(pk=known) if known else None), running


def may_start(generation: Generation, running: int) -> bool:
    """Whether nothing is before it and its person has room. Call with the person locked."""
    if generation.behind is not None and generation.behind.status in OPEN:
        return False
    return running < settings.MAX_RUNNING_PER_PERSON


def claim(generation: Generation, process: str) -> Ready | None:
    """Take a waiting generation for `process` and get it ready; None when another did."""
    at = now()
    if not generation.claim(process, at):
        return None
    generation.take(process, at)
    if generation.behind_id is not None:
        show(generation.message)
    return prepared(generation, path_of(generation))


def prepared(generation: Generation, path: list[Message]) -> Ready:
    """The prompt, and the reservation of what it may cost."""
    conversation = generation.message.conversation
    fitted = prompt.build(path, catalog.find(generation.model), generation, conversation)
    return Ready(generation, fitted, money.reserve(money.call_for(generation), fitted))


def show(message: Message) -> None:
    """Put what had waited on the shown path, as its leaf."""
    choose_path_to(message)
    shown = Conversation.objects.filter(pk=message.conversation_id)
    shown.update(leaf=message, last_active_at=now())
