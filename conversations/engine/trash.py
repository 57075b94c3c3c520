"""The trash: what a person deleted can be brought back for KEPT_DELETED, and is then removed.

Conversations are deleted whole; a part of one is a branch, see `branches`. What ran when it was
deleted was stopped, and nothing starts again by coming back. What was paid stays in the ledger.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from conversations.engine.branches import deleted_branches
from conversations.engine.opening import lock
from conversations.engine.waiting import end_open
from conversations.models import Conversation, Generation, Message
from conversations.models.conversation import KEPT_DELETED
from conversations.models.message import MessageQuerySet
from zaichat.accounts.models import User
from zaichat.db import durable

BATCH = 200
BATCHES = 20


def put_away(user: User, keys: Collection[UUID]) -> None:
    """Delete these conversations: what waits in them is not asked, what runs is stopped."""
    with durable():
        lock(user.pk)
        end_open(Generation.objects.filter(message__conversation__in=keys))
        Conversation.objects.visible_to(user).filter(pk__in=keys).update(deleted_at=now())


def bring_back(user: User, keys: Collection[UUID]) -> None:
    """Everything in them is as it was."""
    Conversation.objects.in_trash_of(user).filter(pk__in=keys).update(deleted_at=None)


def branches_in_trash_of(user: User) -> MessageQuerySet:
    """Roots of the branches this person can still bring back."""
    return deleted_branches(user).filter(deleted_at__gt=now() - KEPT_DELETED)


def give_up(user: User, conversations: Collection[UUID], branches: Collection[UUID]) -> None:
    """Delete for good: they leave the trash in this moment, and the next sweeps remove them."""
    over = now() - KEPT_DELETED
    with durable():
        lock(user.pk)
        mine = Conversation.objects.in_trash_of(user)
        mine.filter(pk__in=conversations).update(deleted_at=over)
        for root in branches_in_trash_of(user).filter(pk__in=branches):
            together = Message.objects.filter(deleted_at=root.deleted_at)
            together.branch_of(root.pk).update(deleted_at=over)


def empty(user: User) -> None:
    conversations = Conversation.objects.in_trash_of(user).values_list("pk", flat=True)
    give_up(user, list(conversations), [root.pk for root in branches_in_trash_of(user)])


def purge() -> None:
    """Remove what has been deleted for KEPT_DELETED; a bounded part of it each time."""
    for _batch in range(BATCHES):
        if not _purge_messages() and not _purge_conversations():
            return


def _purge_messages() -> int:
    """The deepest first, so that none takes others along; each with its generations."""
    over = now() - KEPT_DELETED
    gone = Q(deleted_at__lte=over) | Q(conversation__deleted_at__lte=over)
    batch = Message.objects.filter(gone).order_by("-depth").values_list("pk", flat=True)[:BATCH]
    with transaction.atomic():
        return Message.objects.filter(pk__in=list(batch)).only("pk").delete()[0]


def _purge_conversations() -> int:
    empty_ones = Conversation.objects.filter(
        deleted_at__lte=now() - KEPT_DELETED, messages__isnull=True
    )
    batch = list(empty_ones.values_list("pk", flat=True)[:BATCH])
    return Conversation.objects.filter(pk__in=batch).only("pk").delete()[0]
