"""A branch is a message and everything below it. It is put away and brought back as one.

All its messages get the same `deleted_at`; its root is the one whose parent is not deleted. So a
branch that was deleted before, inside of it, stays deleted when the larger one comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext as _

from conversations.engine.opening import lock
from conversations.engine.versions import choose, end_of_line, not_waiting
from conversations.engine.waiting import end_open
from conversations.models import Conversation, Generation, Message
from conversations.models.message import MessageQuerySet
from conversations.protocol import Refusal
from zaichat.accounts.models import User
from zaichat.db import durable


@dataclass(frozen=True, slots=True)
class Size:
    """How much a branch holds. `versions` counts its lines, from its root to their ends."""

    root: Message
    messages: int
    versions: int
    running: bool
    """An answer in it is being written, or waits to be."""


def size_of(user: User, message: Message) -> Size:
    """What `delete_branch` would remove. The number of queries does not depend on the tree."""
    root = root_for(user, message)
    rows = Message.objects.visible_to(user).branch_of(root.pk)
    parents = list(rows.values_list("pk", "parent"))
    inner = {parent for _key, parent in parents}
    lines = sum(key not in inner for key, _parent in parents)
    running = Generation.objects.open().filter(message__in=rows.values("pk")).exists()
    return Size(root, len(parents), lines, running)


def delete_branch(user: User, message: Message) -> Message:
    """Put `message` and everything below it away; its root. What runs in it is asked to stop.

    The leaf moves to the nearest line that remains. Raises Refusal when it is gone already.
    """
    with durable():
        lock(user.pk)
        root = root_for(user, _still_there(user, message))
        branch = Message.objects.visible_to(user).branch_of(root.pk)
        end_open(Generation.objects.filter(message__in=branch))
        branch.update(deleted_at=now())
        _leave(user, root)
    return root


def restore_branch(user: User, message: Message) -> Message:
    """Bring the deleted branch with this root back, and show it; the end of its line.

    Raises Refusal when it is not one of `deleted_branches`.
    """
    with durable():
        lock(user.pk)
        root = deleted_branches(user).filter(pk=message.pk).first()
        if root is None:
            raise Refusal("not_found", _("This was not found. It may have been deleted."))
        branch = Message.objects.filter(deleted_at=root.deleted_at).branch_of(root.pk)
        branch.update(deleted_at=None)
        return choose(user, root)


def deleted_branches(user: User) -> MessageQuerySet:
    """The roots of this person's deleted branches, newest deletion first.

    Each has its `conversation`, its `deleted_at`, and `count`, how many messages it holds. Without
    questions that were taken back before they were asked, and without whole conversations.
    """
    mine = Message.objects.filter(
        Q(parent=None) | Q(parent__deleted_at=None),
        conversation__owner_id=user.pk,
        conversation__deleted_at=None,
        deleted_at__isnull=False,
    )
    taken_back = Generation.objects.filter(
        owner_id=user.pk, started_at=None, behind__isnull=False, message__deleted_at__isnull=False
    )
    together = Message.objects.filter(
        conversation=OuterRef("conversation"), deleted_at=OuterRef("deleted_at")
    )
    counted = together.order_by().values("deleted_at").annotate(all=Count("pk")).values("all")
    mine = mine.exclude(pk__in=taken_back.values("message__parent"))
    mine = mine.annotate(count=Coalesce(Subquery(counted), 1))
    return mine.select_related("conversation").order_by("-deleted_at", "number")


def root_for(user: User, message: Message) -> Message:
    """Where the branch of `message` begins: at the question, for the only answer to it.

    A question without an answer is no place where a conversation could go on.
    """
    if message.is_question or message.parent is None:
        return message
    others = not_waiting(Message.objects.visible_to(user).filter(parent=message.parent))
    return message if others.exclude(pk=message.pk).exists() else message.parent


def _still_there(user: User, message: Message) -> Message:
    found = Message.objects.visible_to(user).select_related("parent").filter(pk=message.pk).first()
    if found is None:
        raise Refusal("not_found", _("This was not found. It may have been deleted."))
    return found


def _leave(user: User, root: Message) -> None:
    """Choose another version than `root` at its fork; the leaf leaves the branch."""
    rows = not_waiting(Message.objects.visible_to(user).filter(conversation=root.conversation_id))
    tree = list(rows.defer("text").order_by("number"))
    nearest = _nearest_version(root, tree)
    Message.objects.filter(chosen_child=root).update(chosen_child=nearest)
    ours = Conversation.objects.filter(pk=root.conversation_id)
    # A leaf that is deleted stood in the branch.
    gone = ours.filter(leaf__deleted_at__isnull=False)
    gone.update(leaf=end_of_line(nearest, tree) if nearest else root.parent)


def _nearest_version(root: Message, tree: Sequence[Message]) -> Message | None:
    """The version before `root`, else the one after it."""
    others = [node for node in tree if node.parent_id == root.parent_id and node.role == root.role]
    before = [node for node in others if node.number < root.number]
    return next(iter(before[-1:] or others[:1]), None)
