"""Which part of a conversation somebody lands on: a message that was searched for or read last.

It may be older than the newest page, or on another branch. The path that holds it is then shown
as a view: what is stored as shown stays, unless the person goes on from there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from conversations.engine.versions import end_of_line, not_waiting
from conversations.models import Conversation, Message
from conversations.views.path import FIRST, PAGE, Path, newest_of, page_of

if TYPE_CHECKING:
    from zaichat.accounts.models import User

ABOVE = 15
"""So many messages stand above the one that is landed on."""


@dataclass(frozen=True)
class View:
    """What is on the screen: a path, the end it leads to where that is not the stored one, and
    the message to land on."""

    path: Path
    end: UUID | None = None
    at: UUID | None = None


def view_of(user: "User", conversation: Conversation, at: UUID | None, end: UUID | None) -> View:
    """The page around `at`, else the newest messages of the path to `end` or of the stored path.

    What is not this conversation's, or was deleted, is as if it had not been named.
    """
    ours = Message.objects.visible_to(user).filter(conversation=conversation)
    named = {row.pk: row for row in ours.filter(pk__in=[key for key in (at, end) if key])}
    leaf = named[end].pk if end in named else conversation.leaf_id
    if at in named:
        return _around(user, conversation, named[at], leaf)
    view = leaf if leaf != conversation.leaf_id else None
    return View(newest_of(user, conversation, view, size=FIRST), view)


def newer_than(user: "User", message: Message, end: UUID | None) -> Path:
    """The PAGE messages below `message` on the path to `end`, from older to newer."""
    if end is None:
        return Path([], more=False)
    path = Message.objects.visible_to(user).path_to(end)
    below = path.filter(conversation=message.conversation_id, depth__gt=message.depth)
    found = list(below.with_generations()[: PAGE + 1])
    return page_of(user, found[:PAGE], later=len(found) > PAGE)


def _around(user: "User", conversation: Conversation, message: Message, leaf: UUID | None) -> View:
    ids = _ids(user, leaf)
    if message.pk not in ids:
        tree = not_waiting(Message.objects.visible_to(user).filter(conversation=conversation))
        leaf = end_of_line(message, list(tree.defer("text").order_by("number"))).pk
        ids = _ids(user, leaf)
    place = ids.index(message.pk)
    first = max(0, min(place - ABOVE, len(ids) - PAGE))
    window = ids[first : first + PAGE]
    rows = Message.objects.visible_to(user).filter(pk__in=window).order_by("depth")
    later = first + PAGE < len(ids)
    path = page_of(user, list(rows.with_generations()), more=first > 0, later=later)
    return View(path, leaf if leaf != conversation.leaf_id else None, message.pk)


def _ids(user: "User", leaf: UUID | None) -> list[UUID]:
    """The whole path by its ids: two numbers a message, so that a long one costs little."""
    if leaf is None:
        return []
    return list(Message.objects.visible_to(user).path_to(leaf).values_list("pk", flat=True))
