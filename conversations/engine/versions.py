"""Which version of a message is shown: the tree remembers at each fork what was chosen last."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from conversations.models import Conversation, Generation, Message, Status

if TYPE_CHECKING:
    from conversations.models.message import MessageQuerySet
    from zaichat.accounts.models import User


@transaction.atomic
def choose(user: "User", message: Message) -> Message:
    """Make `message` the shown version at its fork; the leaf becomes the end of its chosen line.

    Reads the conversation's tree in one query, however deep it is.
    """
    ours = Conversation.objects.visible_to(user).filter(pk=message.conversation_id)
    ours.select_for_update().get()
    messages = Message.objects.visible_to(user).filter(conversation=message.conversation_id)
    if message.parent_id is not None:
        messages.filter(pk=message.parent_id).update(chosen_child=message)
    tree = not_waiting(messages).defer("text").order_by("number")
    end = end_of_line(message, list(tree))
    ours.update(leaf=end)
    return end


def not_waiting(messages: "MessageQuerySet") -> "MessageQuerySet":
    """Without questions that wait behind a reply, and their answers: they are not shown yet."""
    waiting = Generation.objects.open().filter(status=Status.QUEUED, behind__isnull=False)
    return messages.exclude(pk__in=waiting.values("message")).exclude(
        pk__in=waiting.values("message__parent")
    )


def end_of_line(message: Message, tree: Sequence[Message]) -> Message:
    """Follow the chosen child, else the newest, down to a message without children."""
    children: dict[UUID, list[Message]] = {}
    for node in tree:
        if node.parent_id:
            children.setdefault(node.parent_id, []).append(node)
    while below := children.get(message.pk):
        message = next((child for child in below if child.pk == message.chosen_child_id), below[-1])
    return message
