"""People and conversations for tests: plain functions, no random data."""

from uuid import uuid4

from django.utils.timezone import now

from conversations.models import Conversation, Generation, Message, Role, Status
from zaichat.accounts.models import User


def person(name: str) -> User:
    return User.objects.create_user(
        username=name, password="correct horse", email=f"{name}@example.org"
    )


def conversation(owner: User, *said: str) -> Conversation:
    """Questions and answers in turn; every answer is one finished generation."""
    made = Conversation.objects.create(owner=owner, title=said[0] if said else "", titled_at=now())
    leaf = None
    for index, text in enumerate(said):
        leaf = answer(made, leaf, text) if index % 2 else question(made, leaf, text)
    made.leaf = leaf
    made.save(update_fields=["leaf"])
    return made


def question(where: Conversation, parent: Message | None, text: str) -> Message:
    return message(where, parent, Role.USER, text)


def answer(where: Conversation, parent: Message | None, text: str) -> Message:
    made = message(where, parent, Role.ASSISTANT, "")
    generation(made, text)
    return made


def message(where: Conversation, parent: Message | None, role: Role, text: str) -> Message:
    made = Message.objects.create(
        conversation=where,
        parent=parent,
        number=where.messages.count() + 1,
        depth=parent.depth + 1 if parent else 0,
        role=role,
        text=text,
    )
    Conversation.objects.filter(pk=where.pk).update(message_count=made.number)
    where.message_count = made.number
    if parent is not None:
        Message.objects.filter(pk=parent.pk).update(chosen_child=made)
    return made


def generation(
    of: Message, text: str, status: Status = Status.DONE, **fields: object
) -> Generation:
    """A generation with one text part, ended unless `status` is an open one."""
    ended = {} if status in (Status.QUEUED, Status.RUNNING) else {"ended_at": now()}
    values: dict[str, object] = {
        "owner": of.conversation.owner,
        "message": of,
        "number": of.generations.count() + 1,
        "command": "send",
        "command_id": uuid4(),
        "model": "glm-4.6",
        "status": status,
        "parts": [{"kind": "text", "text": text}] if text else [],
        "seq": 1 if text else 0,
    }
    return Generation.objects.create(**values | ended | fields)
