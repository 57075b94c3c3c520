"""How much room a person's files take, and where it ends.

A file counts once, however many questions it goes along with, and as long as its bytes are kept:
also in the trash. What is made of it (thumbnails, stills, text) is ours and does not count.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from zaichat.accounts.models import User
from zaichat.files.made import Unreadable
from zaichat.files.models import Kind, StoredFile


class StorageFull(Unreadable):
    """Nothing is wrong with the file; its owner has no room for it."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a person has of one kind."""

    kind: Kind
    count: int
    size: int  # bytes


def shares_of(user: User) -> list[Share]:
    """By kind, the heaviest first. One query."""
    rows = (
        StoredFile.objects.filter(owner=user)
        .values_list("kind")
        .annotate(count=Count("pk"), weight=Sum("size"))
        .order_by("-weight", "kind")
    )
    return [Share(Kind(kind), count, weight) for kind, count, weight in rows]


def used_by(user: User) -> int:
    """Bytes."""
    return sum(share.size for share in shares_of(user))


def check_room(user: User, size: int) -> None:
    """Raises StorageFull where a file of `size` bytes is more than `user` may still keep.

    In the transaction that writes the file's row this counts exactly: of two uploads at once, one
    waits here for the other's row.
    """
    limit = settings.STORAGE_PER_PERSON
    if not limit:
        return
    # The database lets one writer in at a time (SQLite), or waits for this row (PostgreSQL).
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    used = used_by(user)
    if used + size > limit:
        words = _(
            "Your storage is full: %(used)s of %(limit)s are used. Delete what you can spare."
        )
        raise StorageFull(words % {"used": filesizeformat(used), "limit": filesizeformat(limit)})
