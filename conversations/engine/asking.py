"""The four commands that ask a model for something, as rows: which question, which answer.

Each opener runs inside the transaction of `opening.open_turn`, with the person locked, and
returns a new waiting Generation. Rows of other people are not found.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.models import Conversation, Generation, Message, Role, Status
from conversations.models.generation import OPEN
from conversations.protocol import Continue, Edit, Options, Refusal, Regenerate, Send
from zaichat import vendor
from zaichat.accounts.models import User
from zaichat.zai import catalog

MAX_WAITING = 20
FIRST_TITLE = 60
CHAT_KINDS = ("text", "vision", "voice")

Row = TypeVar("Row", bound=Model)

TurnCommand = Send | Edit | Regenerate | Continue


def send(user: User, command: Send) -> Generation:
    _no_attachments(command.attachments)
    model = _chat_model(user, command.model)
    if command.conversation is None and command.parent is not None:
        raise Refusal("bad_field", _("Field “parent”: a new conversation has no messages yet."))
    if command.conversation is None:
        title = " ".join(command.text.split())[:FIRST_TITLE]
        conversation = Conversation.objects.create(owner=user, title=title)
        parent = None
    else:
        conversation = _found(Conversation.objects.visible_to(user), command.conversation)
        parent = _end_of_queue(_answer_to_follow(user, conversation, command.parent))
    behind = _open_generation(parent)
    if behind is not None:
        _room_to_wait(user)
    question = _add(conversation, parent, Role.USER, command.text)
    return _answer(question, command, model, command.options.stored(), behind)


def edit(user: User, command: Edit) -> Generation:
    _no_attachments(command.attachments or ())
    old = _found(Message.objects.visible_to(user).select_related("conversation"), command.message)
    if not old.is_question:
        raise Refusal("bad_field", _("Field “message”: only a question can be edited."))
    if Generation.objects.filter(
        message__parent=old, status=Status.QUEUED, behind__isnull=False
    ).exists():
        raise Refusal("conflict", _("This message still waits. Take it back to change it."))
    model, options = _as_before(user, old, None, command.options)
    question = _add(old.conversation, old.parent, Role.USER, command.text)
    return _answer(question, command, model, options)


def regenerate(user: User, command: Regenerate) -> Generation:
    old = _answer_of(user, command.message)
    if old.parent is None:
        raise Refusal("conflict", _("This answer has no question."))
    wanted = _chat_model(user, command.model) if command.model else None
    model, options = _as_before(user, old.parent, wanted, command.options, like=old)
    return _answer(old.parent, command, model, options)


def continue_(user: User, command: Continue) -> Generation:
    message = _answer_of(user, command.message)
    last = message.generations.order_by("-number").first()
    if last is None or last.is_open:
        raise Refusal("conflict", _("This answer is still being written."))
    return Generation.objects.create(
        owner=user,
        message=message,
        number=last.number + 1,
        command="continue",
        command_id=command.id,
        model=last.model,
        options=last.options,
    )


OPENERS: dict[type, Callable[[User, Any], Generation]] = {
    Send: send,
    Edit: edit,
    Regenerate: regenerate,
    Continue: continue_,
}


def _answer(
    question: Message,
    command: TurnCommand,
    model: str,
    options: dict[str, Any],
    behind: Generation | None = None,
) -> Generation:
    answer = _add(question.conversation, question, Role.ASSISTANT, "")
    return Generation.objects.create(
        owner_id=question.conversation.owner_id,
        message=answer,
        command=type(command).__name__.lower(),
        command_id=command.id,
        model=model,
        options=options,
        behind=behind,
    )


def _add(conversation: Conversation, parent: Message | None, role: Role, text: str) -> Message:
    return Message.objects.create(
        conversation=conversation,
        parent=parent,
        number=conversation.next_numbers(1),
        depth=parent.depth + 1 if parent else 0,
        role=role,
        text=text,
    )


def _answer_to_follow(
    user: User, conversation: Conversation, parent: UUID | None
) -> Message | None:
    if parent is None:
        return conversation.leaf
    found = _found(Message.objects.visible_to(user).filter(conversation=conversation), parent)
    if found.is_question:
        raise Refusal("bad_field", _("Field “parent”: it must be an answer, not a question."))
    return found


def _end_of_queue(answer: Message | None) -> Message | None:
    """The last answer of what already waits below `answer`, or `answer` itself."""
    while answer is not None and (below := _waiting_below(answer)) is not None:
        answer = below
    return answer


def _waiting_below(answer: Message) -> Message | None:
    waiting = Message.objects.filter(
        parent__parent=answer,
        deleted_at=None,
        generations__status=Status.QUEUED,
        generations__behind__isnull=False,
    )
    return waiting.order_by("-number").first()


def _open_generation(answer: Message | None) -> Generation | None:
    return (
        answer.generations.filter(status__in=OPEN).order_by("-number").first() if answer else None
    )


def _room_to_wait(user: User) -> None:
    waiting = Generation.objects.filter(owner=user, status=Status.QUEUED).count()
    if waiting >= MAX_WAITING:
        words = ngettext(
            "At most %(count)d message can wait.",
            "At most %(count)d messages can wait.",
            MAX_WAITING,
        )
        raise Refusal("limit", words % {"count": MAX_WAITING})


def _as_before(
    user: User,
    question: Message,
    model: str | None,
    options: Options | None,
    like: Message | None = None,
) -> tuple[str, dict[str, Any]]:
    """Model and options: what is asked for, else what the answer before had."""
    answers = [like] if like else list(question.children.order_by("-number"))
    last = answers[0].generations.order_by("-number").first() if answers else None
    chosen = model or (last.model if last else _chat_model(user, None))
    stored = options.stored() if options else (last.options if last else Options().stored())
    return chosen, stored


def _answer_of(user: User, message: UUID) -> Message:
    visible = Message.objects.visible_to(user).select_related(
        "conversation", "parent__conversation"
    )
    found = _found(visible, message)
    if found.is_question:
        raise Refusal("bad_field", _("Field “message”: it must be an answer, not a question."))
    return found


def _chat_model(user: User, wanted: str | None) -> str:
    name = wanted or user.default_model or vendor.default_model()
    if catalog.find(name).kind not in CHAT_KINDS:
        raise Refusal("model_unknown", _("The model %(model)s cannot chat.") % {"model": name})
    return name


def _no_attachments(attachments: tuple[UUID, ...]) -> None:
    if attachments:
        raise Refusal("not_found", _("An attached file was not found."))


def _found(rows: QuerySet[Row], key: UUID) -> Row:
    row = rows.filter(pk=key).first()
    if row is None:
        raise Refusal("not_found", _("This was not found. It may have been deleted."))
    return row
