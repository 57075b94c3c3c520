"""The four commands that ask a model for something, as rows: which question, which answer.

Each opener runs inside the transaction of `opening.open_turn`, with the person locked, and
returns a NewTurn, what is to be written. Rows of other people are not found.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.engine import attaching, making
from conversations.engine.new_turn import NewTurn
from conversations.engine.titles import first_words
from conversations.models import Conversation, Generation, Message, Role, Status
from conversations.models.generation import OPEN
from conversations.options import Options
from conversations.protocol import Continue, Edit, Refusal, Regenerate, Send
from zaichat import vendor
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.zai import catalog

MAX_WAITING = 20
WISHES = frozenset((*Options().stored(), "make"))

Row = TypeVar("Row", bound=Model)

TurnCommand = Send | Edit | Regenerate | Continue


def send(user: User, command: Send) -> NewTurn:
    model = _chat_model(user, command.model)
    files = attaching.found(user, command.attachments)
    _check(user, model, command.options.make, command.text, files)
    if command.conversation is None:
        return _first_question(user, command, model, files)
    if command.setup is not None:
        raise Refusal("bad_field", _("Field “setup”: only a new conversation takes it."))
    conversation = _found(
        Conversation.objects.visible_to(user).select_related("leaf"), command.conversation
    )
    parent = _end_of_queue(_answer_to_follow(user, conversation, command.parent))
    behind = _open_generation(parent)
    if behind is not None:
        _room_to_wait(user)
    options = command.options.stored()
    return _asked(conversation, parent, command, model, options, behind).with_files(files)


def _first_question(user: User, command: Send, model: str, files: Sequence[StoredFile]) -> NewTurn:
    if command.parent is not None:
        raise Refusal("bad_field", _("Field “parent”: a new conversation has no messages yet."))
    title = first_words(command.text or files[0].name)
    own = command.setup.stored() if command.setup else {}
    conversation = Conversation(owner=user, title=title, **own)
    new = _asked(conversation, None, command, model, command.options.stored())
    return replace(new, fresh=True).with_files(files)


def edit(user: User, command: Edit) -> NewTurn:
    visible = Message.objects.visible_to(user).select_related("conversation", "parent")
    old = _found(visible, command.message)
    if not old.is_question:
        raise Refusal("bad_field", _("Field “message”: only a question can be edited."))
    waiting = Generation.objects.filter(message__parent=old, status=Status.QUEUED)
    if waiting.filter(behind__isnull=False).exists():
        raise Refusal("conflict", _("This message still waits. Take it back to change it."))
    wanted = _chat_model(user, command.model) if command.model else None
    model, options = _as_before(user, old, wanted, command.options)
    kept = command.attachments is None
    files = old.attached if kept else attaching.found(user, command.attachments or ())
    _check(user, model, options.get("make", ""), command.text, files)
    return _asked(old.conversation, old.parent, command, model, options).with_files(files)


def regenerate(user: User, command: Regenerate) -> NewTurn:
    old = _answer_of(user, command.message)
    if old.parent is None:
        raise Refusal("conflict", _("This answer has no question."))
    wanted = _chat_model(user, command.model) if command.model else None
    model, options = _as_before(user, old.parent, wanted, command.options, like=old)
    _check(user, model, options.get("make", ""), old.parent.text, old.parent.attached)
    conversation = old.conversation
    answer = _message(conversation, old.parent, Role.ASSISTANT, conversation.message_count + 1)
    return NewTurn(conversation, _generation(answer, command, model, options), (answer,))


def continue_(user: User, command: Continue) -> NewTurn:
    message = _answer_of(user, command.message)
    last = message.generations.order_by("-number").first()
    if last is None or last.is_open:
        raise Refusal("conflict", _("This answer is still being written."))
    if message.has_media:
        raise Refusal("conflict", _("What was made is whole: there is nothing to go on with."))
    generation = _generation(message, command, last.model, wished(last.options))
    generation.number = last.number + 1
    return NewTurn(message.conversation, generation)


OPENERS: dict[type, Callable[[User, Any], NewTurn]] = {
    Send: send,
    Edit: edit,
    Regenerate: regenerate,
    Continue: continue_,
}


def _check(user: User, model: str, make: str, text: str, files: Sequence[StoredFile]) -> None:
    """That it can be answered, or made. Raises Refusal."""
    if make:
        making.wish_of(user, make, text, files)
    else:
        attaching.check(files, catalog.find(model))


def _asked(
    conversation: Conversation,
    parent: Message | None,
    command: Send | Edit,
    model: str,
    options: dict[str, Any],
    behind: Generation | None = None,
) -> NewTurn:
    """A new question below `parent`, with its empty answer."""
    number = conversation.message_count + 1
    question = _message(conversation, parent, Role.USER, number, command.text)
    answer = _message(conversation, question, Role.ASSISTANT, number + 1)
    question.chosen_child = answer
    generation = _generation(answer, command, model, options)
    generation.behind = behind
    return NewTurn(conversation, generation, (question, answer))


def _message(
    conversation: Conversation, parent: Message | None, role: Role, number: int, text: str = ""
) -> Message:
    return Message(
        conversation=conversation,
        parent=parent,
        number=number,
        depth=parent.depth + 1 if parent else 0,
        role=role,
        text=text,
    )


def _generation(
    answer: Message, command: TurnCommand, model: str, options: dict[str, Any]
) -> Generation:
    if not vendor.may_use(model):
        words = _("The model %(model)s is not offered on this server.")
        raise Refusal("model_unknown", words % {"model": model})
    return Generation(
        owner_id=answer.conversation.owner_id,
        message=answer,
        command=type(command).__name__.lower(),
        command_id=command.id,
        model=model,
        options=options,
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
    """What is held is no part of the queue: whatever is sent now goes before it."""
    waiting = Generation.objects.waiting().exclude(behind=F("pk"))
    below = Message.objects.filter(
        parent__parent=answer, deleted_at=None, pk__in=waiting.values("message")
    )
    return below.order_by("-number").first()


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
    kept = question.children.filter(deleted_at=None).order_by("-number")
    answers = [like] if like else list(kept)
    last = answers[0].generations.order_by("-number").first() if answers else None
    chosen = model or (last.model if last else _chat_model(user, None))
    if options is None:
        return chosen, wished(last.options) if last else Options().stored()
    return chosen, options.stored()


def wished(options: dict[str, Any]) -> dict[str, Any]:
    """The options of an answer as its command gave them, without what was made of them."""
    return Options().stored() | {name: options[name] for name in WISHES & options.keys()}


def _answer_of(user: User, message: UUID) -> Message:
    visible = Message.objects.visible_to(user).select_related(
        "conversation", "parent__conversation"
    )
    found = _found(visible, message)
    if found.is_question:
        raise Refusal("bad_field", _("Field “message”: it must be an answer, not a question."))
    return found


def _chat_model(user: User, wanted: str | None) -> str:
    name = wanted or chosen_by(user)
    if not wanted and not vendor.may_use(name):
        name = ""  # chosen before the owner left fewer
    name = name or vendor.default_model()
    if catalog.find(name).kind not in vendor.CHAT_KINDS:
        raise Refusal("model_unknown", _("The model %(model)s cannot chat.") % {"model": name})
    return name


def chosen_by(user: User) -> str:
    """The model for new chats in the person's settings, as it is at this moment."""
    return User.objects.values_list("default_model", flat=True).get(pk=user.pk)


def _found(rows: QuerySet[Row], key: UUID) -> Row:
    row = rows.filter(pk=key).first()
    if row is None:
        raise Refusal("not_found", _("This was not found. It may have been deleted."))
    return row
