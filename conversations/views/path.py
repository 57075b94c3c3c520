"""The part of a conversation's tree that is on the screen, ready for templates.

The number of queries does not depend on the number of messages.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from conversations.models import Conversation, Generation, Message, Status
from conversations.views.versions import not_waiting

PAGE = 50


@dataclass(frozen=True)
class Path:
    """Messages from older to newer; `more` says that the path begins before the first of them."""

    messages: Sequence[Message]
    more: bool


def newest_of(conversation: Conversation) -> Path:
    """The last PAGE messages of the path to the leaf."""
    if conversation.leaf_id is None:
        return Path([], more=False)
    return _page(Message.objects.path_to(conversation.leaf_id))


def older_than(message: Message) -> Path:
    """The PAGE messages before `message` on the path to it."""
    return _page(Message.objects.path_to(message.pk).filter(depth__lt=message.depth))


def waiting_in(conversation: Conversation) -> QuerySet[Message]:
    """The questions that were sent while an answer was being written and are not asked yet."""
    queued = Generation.objects.filter(
        message__conversation=conversation, status=Status.QUEUED, behind__isnull=False
    )
    questions = Message.objects.filter(pk__in=queued.values("message__parent"))
    return questions.order_by("number")


def _page(path: QuerySet[Message]) -> Path:
    newest = list(path.order_by("-depth").with_generations()[: PAGE + 1])
    messages = newest[:PAGE][::-1]
    _tell_versions(messages)
    return Path(messages, more=len(newest) > PAGE)


def _tell_versions(messages: Sequence[Message]) -> None:
    """Give each message `versions`: the ids of all versions of it, oldest first. One query."""
    if not messages:
        return
    parents = {message.parent_id for message in messages} - {None}
    conversation = messages[0].conversation_id
    family = Q(parent__in=parents) | Q(parent=None, conversation=conversation)
    rows = not_waiting(Message.objects.filter(family, deleted_at=None)).order_by("number")
    versions: dict[tuple[UUID | None, str], list[UUID]] = defaultdict(list)
    for key, parent, role in rows.values_list("pk", "parent", "role"):
        versions[parent, role].append(key)
    for message in messages:
        message.versions = versions[message.parent_id, message.role]
