"""The part of a conversation's tree that is on the screen, ready for templates.

The number of queries does not depend on the number of messages.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from conversations.engine.versions import not_waiting
from conversations.models import Conversation, Message
from conversations.models.attachment import attach

if TYPE_CHECKING:
    from conversations.models.message import MessageQuerySet
    from zaichat.accounts.models import User

PAGE = 50
FIRST = 12
"""A page begins with so many: they fill the view and some more, and the others come by themselves
when somebody goes up. Each costs about a millisecond before anything is seen."""


@dataclass(frozen=True)
class Path:
    """Messages from older to newer; `more` says that the path begins before the first of them,
    `later` that it goes on below the last."""

    messages: Sequence[Message]
    more: bool
    later: bool = False


def newest_of(
    user: "User", conversation: Conversation, end: UUID | None = None, *, size: int = PAGE
) -> Path:
    """The last `size` messages of the path to `end`, or else to the leaf."""
    leaf = end or conversation.leaf_id
    if leaf is None:
        return Path([], more=False)
    return _page(user, Message.objects.visible_to(user).path_to(leaf, last=size + 1), size)


def older_than(user: "User", message: Message) -> Path:
    """The PAGE messages before `message` on the path to it."""
    path = Message.objects.visible_to(user).path_to(message.pk, last=PAGE + 2)
    return _page(user, path.filter(depth__lt=message.depth))


def _page(user: "User", path: "MessageQuerySet", size: int = PAGE) -> Path:
    newest = list(path.order_by("-depth").with_generations()[: size + 1])
    return page_of(user, newest[:size][::-1], more=len(newest) > size)


def page_of(
    user: "User", messages: Sequence[Message], *, more: bool = False, later: bool = False
) -> Path:
    """These messages, told which versions and which files they have."""
    _tell_versions(user, messages)
    attach(messages)
    return Path(messages, more, later)


def _tell_versions(user: "User", messages: Sequence[Message]) -> None:
    """Give each message `versions`: the ids of all versions of it, oldest first. One query."""
    if not messages:
        return
    parents = {message.parent_id for message in messages} - {None}
    family = Q(parent__in=parents) | Q(parent=None, conversation=messages[0].conversation_id)
    rows = not_waiting(Message.objects.visible_to(user).filter(family)).order_by("number")
    versions: dict[tuple[UUID | None, str], list[UUID]] = defaultdict(list)
    for key, parent, role in rows.values_list("pk", "parent", "role"):
        versions[parent, role].append(key)
    for message in messages:
        message.versions = versions[message.parent_id, message.role]
