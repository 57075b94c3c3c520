"""People and conversations for tests: plain functions, no random data."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.utils.timezone import now

from conversations.models import Conversation, Generation, Message, Role, Status
from zaichat.accounts.models import User
from zaichat.ids import new_id


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


def long_conversation(
    owner: User, count: int, text: Callable[[int], str] = "message {}".format
) -> Conversation:
    """`count` messages in one line, written in a few statements; `text` says what the n-th says."""
    made = Conversation.objects.create(owner=owner, title=f"{count} messages", titled_at=now())
    ids = [new_id() for _ in range(count)]
    Message.objects.bulk_create(
        Message(
            id=ids[n],
            conversation=made,
            parent_id=ids[n - 1] if n else None,
            number=n + 1,
            depth=n,
            role=Role.ASSISTANT if n % 2 else Role.USER,
            text="" if n % 2 else text(n),
        )
        for n in range(count)
    )
    Generation.objects.bulk_create(finished(owner, ids[n], text(n)) for n in range(1, count, 2))
    made.leaf_id, made.message_count = ids[-1], count
    made.save(update_fields=["leaf", "message_count"])
    return made


def finished(owner: User, message: UUID, text: str) -> Generation:
    """Not saved."""
    return Generation(
        owner=owner,
        message_id=message,
        command="send",
        command_id=uuid4(),
        model="glm-4.6",
        status=Status.DONE,
        ended_at=now(),
        parts=[{"kind": "text", "text": text}],
        seq=1,
    )
