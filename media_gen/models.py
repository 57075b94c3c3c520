"""Job: one picture or film that somebody asked for, from the wish to the file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.files.models import StoredFile
from zaichat.ids import new_id
from zaichat.textsearch.matching import Searchable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User

MAX_PROMPT = 4000
MAX_ALBUM = 80
KEPT_DELETED = timedelta(days=30)


class Kind(models.TextChoices):
    IMAGE = "image", _("picture")
    VIDEO = "video", _("film")


class State(models.TextChoices):
    QUEUED = "queued", _("queued")
    SUBMITTING = "submitting", _("submitting")
    RUNNING = "running", _("running")
    SAVING = "saving", _("saving")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    NEEDS_ATTENTION = "needs_attention", _("needs attention")


MOVING = (State.QUEUED, State.SUBMITTING, State.RUNNING, State.SAVING)
"""States that a worker leads on; all others are final until a person decides anew."""


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User | AnonymousUser") -> "JobQuerySet":
        return self.filter(owner_id=user.pk, deleted_at=None)

    def made_by(self, user: "User | AnonymousUser") -> "JobQuerySet":
        """What stands in the gallery, newest first, with its files."""
        found = self.visible_to(user).filter(state=State.DONE, result__isnull=False)
        return found.select_related("result").order_by("-pk")

    def in_trash_of(self, user: "User | AnonymousUser") -> "JobQuerySet":
        """What this person can still bring back, the last deleted first."""
        recent = self.filter(owner_id=user.pk, deleted_at__gt=now() - KEPT_DELETED)
        return recent.select_related("result").order_by("-deleted_at", "-pk")

    def moving(self) -> "JobQuerySet":
        """By the index of those that have not ended: SQLite sees that it fits, which it does not
        for a list of states."""
        return self.filter(state__in=MOVING, ended_at=None)

    def due(self, at: datetime) -> "JobQuerySet":
        return self.moving().filter(due_at__lte=at).order_by("due_at")

    def set_right(self, at: datetime, pause: timedelta, saving: timedelta) -> None:
        """Make due what is due later than it can be: the clock was set back meanwhile."""
        moving = self.moving()
        moving.exclude(state=State.SAVING).filter(due_at__gt=at + pause).update(due_at=at)
        moving.filter(state=State.SAVING, due_at__gt=at + saving).update(due_at=at)

    def claim(self, at: datetime, lease: timedelta, most: int) -> list["Job"]:
        """Take up to `most` due jobs for `lease`: exactly one of all processes gets each.

        A claim that runs out is given to the next one; what the first writes then is void, since
        every write names its claim.
        """
        claim = new_id()
        wanted = list(self.due(at).values_list("pk", flat=True)[:most])
        taken = self.moving().filter(pk__in=wanted, due_at__lte=at)
        if not wanted or not taken.update(claim=claim, due_at=at + lease):
            return []
        return list(self.filter(claim=claim).select_related("owner"))

    def renew(self, led: Sequence["Job"], until: datetime) -> None:
        """Hold these jobs longer, as far as they are still held and not let go."""
        for claim in {job.claim for job in led}:
            keys = [job.pk for job in led if job.claim == claim]
            self.filter(pk__in=keys, claim=claim, state__in=MOVING, due_at__lt=until).update(
                due_at=until
            )


class Job(models.Model):
    """The rows are the truth, tasks only move them.

    `parameters` are the fields of the request that were chosen, without prompt and pictures.
    `due_at` is when somebody must look at it next; while a worker holds it, when its lease ends.
    `claim` is that worker's fencing token. `batch` joins variants that were asked for together.
    `task_id` is the vendor's; it is kept whatever happens. `origin` says what asked for it, as
    plain ids: `{"conversation": uuid, "message": uuid}`. `error` says why it ended; while it moves,
    what the last step met. Times are UTC.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("owner")
    )
    command_id = models.UUIDField(_("command"))
    batch = models.UUIDField(_("batch"), default=new_id, db_index=True)
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.QUEUED)
    model = models.CharField(_("model"), max_length=100)
    prompt = models.CharField(_("prompt"), max_length=MAX_PROMPT, blank=True)
    revised_prompt = models.TextField(_("prompt as the vendor revised it"), blank=True)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    origin = models.JSONField(_("origin"), default=dict, blank=True)

    due_at = models.DateTimeField(_("due"), default=now)
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    task_id = models.CharField(_("task at the vendor"), max_length=100, blank=True)
    address = models.TextField(_("address of the result"), blank=True)

    call = models.UUIDField(_("call"), default=new_id)
    cost_nano = models.BigIntegerField(_("cost, billionths"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    error = models.CharField(_("error"), max_length=40, blank=True)
    vendor_code = models.CharField(_("vendor's error"), max_length=20, blank=True)

    result = models.ForeignKey(
        StoredFile,
        models.RESTRICT,
        related_name="jobs",
        verbose_name=_("result"),
        null=True,
        blank=True,
    )
    starred = models.BooleanField(_("starred"), default=False)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    indexed_at = models.DateTimeField(_("indexed"), null=True, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "command_id", "number"], name="job_command_once"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="job_newest"),
            models.Index(fields=["due_at"], name="job_due", condition=models.Q(ended_at=None)),
            models.Index(fields=["claim"], name="job_claim"),
            models.Index(
                fields=["owner", "-id"],
                name="job_in_gallery",
                condition=models.Q(state="done", deleted_at=None),
            ),
            models.Index(
                fields=["owner", "-deleted_at"],
                name="job_in_trash",
                condition=models.Q(deleted_at__isnull=False),
            ),
            models.Index(
                fields=["model", "-id"],
                name="job_of_model",
                condition=models.Q(state="done"),
            ),
            models.Index(
                fields=["id"],
                name="job_not_indexed",
                condition=models.Q(state="done", indexed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def shown_state(self) -> str:
        """As pages and scripts know it: what is handed over is running."""
        return str(State.RUNNING if self.state == State.SUBMITTING else self.state)

    @property
    def is_moving(self) -> bool:
        return self.state in MOVING


class Reference(models.Model):
    """A picture that a job starts from, in its place among the others: first frame, last frame."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="references", verbose_name=_("job"))
    file = models.ForeignKey(
        StoredFile, models.RESTRICT, related_name="references", verbose_name=_("file")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="reference_number_once")
        ]

    def __str__(self) -> str:
        return self.file.name


class AlbumQuerySet(models.QuerySet["Album"]):
    def visible_to(self, user: "User | AnonymousUser") -> "AlbumQuerySet":
        return self.filter(owner_id=user.pk).order_by("name", "pk")


class Album(models.Model):
    """Pictures and films that somebody put together; they stay when the album goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="albums", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=MAX_ALBUM)
    jobs = models.ManyToManyField(
        Job, through="AlbumEntry", related_name="albums", verbose_name=_("pictures and films")
    )
    created_at = models.DateTimeField(_("created"), default=now, editable=False)

    objects = AlbumQuerySet.as_manager()

    class Meta:
        verbose_name = _("album")
        verbose_name_plural = _("albums")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="album_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class AlbumEntry(models.Model):
    """That one picture or film is in an album."""

    album = models.ForeignKey(Album, models.CASCADE, verbose_name=_("album"))
    job = models.ForeignKey(Job, models.CASCADE, verbose_name=_("job"))
    added_at = models.DateTimeField(_("added"), default=now, editable=False)

    class Meta:
        verbose_name = _("album entry")
        verbose_name_plural = _("album entries")
        constraints = [
            models.UniqueConstraint(fields=["album", "job"], name="album_holds_once"),
        ]

    def __str__(self) -> str:
        return f"{self.album_id} {self.job_id}"


class PromptEntry(Searchable):
    """The words of a job as the gallery finds them; see media_gen.indexing."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("owner"),
    )
    job = models.ForeignKey(Job, models.CASCADE, related_name="+", verbose_name=_("job"))

    class Meta:
        verbose_name = _("prompt entry")
        verbose_name_plural = _("prompt entries")

    def __str__(self) -> str:
        return self.text[:60]


def files_in_use(files: "models.QuerySet[StoredFile]") -> set[UUID]:
    """Those of `files` that some job made or starts from."""
    made = Job.objects.filter(result__in=files).values_list("result", flat=True)
    used = Reference.objects.filter(file__in=files).values_list("file", flat=True)
    return {key for key in (*made, *used) if key}
