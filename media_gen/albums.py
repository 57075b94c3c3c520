"""What is done to albums."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery, UUIDField
from django.utils.translation import gettext as _

from media_gen.models import MAX_ALBUM, Album, AlbumEntry, Job
from zaichat.accounts.models import User


def what_is_wrong(name: str) -> str:
    """In words for a person; empty where it can be an album's name."""
    clean = _clean(name)
    if not clean:
        return _("Field “name”: it is missing.")
    if len(clean) > MAX_ALBUM:
        return _("Field “name”: at most %(limit)d characters.") % {"limit": MAX_ALBUM}
    return ""


def named(user: User, name: str) -> Album:
    """The album of that name, made where there is none."""
    album, _made = Album.objects.get_or_create(owner=user, name=_clean(name))
    return album


def covered(user: User) -> list[tuple[Album, Job | None]]:
    """All of a person with their newest picture or film; each says in `count` how much it holds."""
    mine = Album.objects.visible_to(user)
    entries = AlbumEntry.objects.filter(album=OuterRef("pk"), job__deleted_at=None)
    newest = Subquery(entries.order_by("-job").values("job")[:1], output_field=UUIDField())
    newests = dict(mine.annotate(newest=newest).values_list("pk", "newest"))
    covers = Job.objects.made_by(user).in_bulk([key for key in newests.values() if key])
    rows = mine.annotate(count=Count("jobs", Q(jobs__deleted_at=None)))
    return [(row, covers.get(newests[row.pk])) for row in rows]


def rename(album: Album, name: str) -> bool:
    """False where another one is called so."""
    try:
        with transaction.atomic():
            Album.objects.filter(pk=album.pk).update(name=_clean(name))
    except IntegrityError:
        return False
    return True


def add(album: Album, jobs: Collection[UUID]) -> None:
    entries = [AlbumEntry(album=album, job_id=key) for key in jobs]
    AlbumEntry.objects.bulk_create(entries, ignore_conflicts=True)


def take_out(album: Album, jobs: Collection[UUID]) -> None:
    AlbumEntry.objects.filter(album=album, job__in=jobs).delete()


def _clean(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())
