"""What somebody does with the questions that wait behind a reply: takes one back, sends one now.

They hang below each other, each behind the answer before it. Where Stop says so, nothing starts
that was not asked for just then: the first of those that wait is held, which is behind itself, and
the others stay behind it. What is held starts by `send_now` alone, wherever the talk is by then.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from conversations.engine.opening import lock, show
from conversations.engine.waiting import stop_waiting
from conversations.models import Conversation, Generation, Message, Status
from conversations.models.generation import OPEN
from conversations.protocol import Refusal
from zaichat.accounts.models import User
from zaichat.db import durable


@dataclass(frozen=True, slots=True)
class Sent:
    """A question that goes first. `waited`: until now; `ahead`: the reply to stop for it."""

    conversation: UUID
    generation: UUID
    waited: bool = False
    ahead: UUID | None = None

    @property
    def position(self) -> int:
        return 1 if self.ahead else 0


def unqueue(user: User, message_id: UUID) -> Generation:
    """Take back a question that still waits; those behind it move up."""
    with durable():
        lock(user.pk)
        question = _found(user, message_id)
        generation = _waiting_answer(question)
        if generation is None or not stop_waiting(generation):
            raise Refusal("conflict", _("This message is already being answered."))
        _take_out(question, generation)
        Message.objects.filter(pk__in=[question.pk, generation.message_id]).update(deleted_at=now())
    return generation


def send_now(user: User, message_id: UUID) -> Sent:
    """Put a waiting question before all others, right below the reply that is to be stopped.

    Said again, or too late, it changes nothing.
    """
    with durable():
        lock(user.pk)
        question = _found(user, message_id)
        generation = _waiting_answer(question)
        if generation is None:
            return Sent(question.conversation_id, _answering(question).pk)
        last = _reply_before(generation)
        _take_out(question, generation)
        ahead = _open_run(last)
        _put_first(question, generation, last, ahead)
    waits_for = ahead.pk if ahead else None
    return Sent(question.conversation_id, generation.pk, waited=True, ahead=waits_for)


def hold_behind(user: User, generation: UUID) -> None:
    """The person stops this reply: what waits for it is not asked when it ends."""
    waiting = Generation.objects.visible_to(user).waiting()
    waiting = waiting.filter(behind=generation).exclude(pk=generation)
    if not waiting.exists():
        return
    with durable():
        lock(user.pk)
        if Generation.objects.visible_to(user).open().filter(pk=generation).exists():
            waiting.update(behind=F("pk"))


def replaced_runs(user: User, question: UUID) -> list[UUID]:
    """What is still answered below a question that is asked in other words: nobody reads it."""
    below = Message.objects.visible_to(user).branch_of(question)
    runs = Generation.objects.under_way().filter(message__in=below.values("pk"))
    return list(runs.values_list("pk", flat=True))


def _found(user: User, message_id: UUID) -> Message:
    question = Message.objects.visible_to(user).filter(pk=message_id).first()
    if question is None:
        raise Refusal("not_found", _("This was not found. It may have been deleted."))
    return question


def _waiting_answer(question: Message) -> Generation | None:
    waiting = Generation.objects.waiting().filter(message__parent=question)
    return waiting.select_related("message").first()


def _answering(question: Message) -> Generation:
    """The run that answers a question which waits no more."""
    runs = Generation.objects.filter(message__parent=question, message__deleted_at=None)
    run = runs.order_by("-created_at", "-number").first()
    if run is None:
        raise Refusal("bad_field", _("Field “message”: it must be a question that was sent."))
    return run


def _reply_before(generation: Generation) -> Message | None:
    """The answer below which it is asked next: at the head of its queue, or where the talk is."""
    before = generation.behind
    while before is not None and before.status == Status.QUEUED and before.behind_id is not None:
        if before.is_held:
            return _leaf_of(generation)
        before = before.behind
    return before.message if before is not None else _leaf_of(generation)


def _leaf_of(generation: Generation) -> Message | None:
    conversation = generation.message.conversation_id
    return Conversation.objects.select_related("leaf").get(pk=conversation).leaf


def _open_run(answer: Message | None) -> Generation | None:
    if answer is None:
        return None
    return answer.generations.filter(status__in=OPEN).order_by("-number").first()


def _take_out(question: Message, generation: Generation) -> None:
    """What hangs below its answer hangs below the reply before it instead, and waits as it did."""
    below = Message.objects.filter(parent_id=generation.message_id)
    behind = Generation.objects.filter(behind=generation).exclude(pk=generation.pk)
    behind.update(behind=F("pk") if generation.is_held else generation.behind)
    _hang(list(below.values_list("pk", flat=True)), question.parent_id, -2)


def _put_first(
    question: Message, generation: Generation, last: Message | None, ahead: Generation | None
) -> None:
    """Below `last`, behind `ahead`; what waited there comes after it."""
    waiting = Generation.objects.waiting().filter(behind__message=last).exclude(pk=generation.pk)
    others = list(waiting.values_list("pk", "message__parent")) if last else []
    depth = last.depth + 1 if last else 0
    _hang([question.pk], last.pk if last else None, depth - question.depth)
    Generation.objects.filter(pk=generation.pk).update(behind=ahead)
    Generation.objects.filter(pk__in=[run for run, _question in others]).update(behind=generation)
    _hang([other for _run, other in others if other], generation.message_id, 2)
    if ahead is None:
        question.parent, generation.message.parent = last, question
        show(generation.message)


def _hang(questions: list[UUID], answer: UUID | None, by: int) -> None:
    """Put these below `answer`, so many places further from the root, with all below them."""
    moved = Message.objects.filter(pk__in=questions)
    moved.update(parent=answer, depth=F("depth") + by)
    level = Message.objects.filter(parent_id__in=questions)
    while ids := list(level.values_list("pk", flat=True)):
        Message.objects.filter(pk__in=ids).update(depth=F("depth") + by)
        level = Message.objects.filter(parent_id__in=ids)
