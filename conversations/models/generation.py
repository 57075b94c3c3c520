"""Generation: one run of a model for an answer. Its row is the truth about what was said.

Nothing here starts or stops a run; `conversations.engine` does. A run is owned by the process
named in `process`; whoever changes `status` first, by a conditional UPDATE, ends it.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.ids import new_id

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User


class Status(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")
    INTERRUPTED = "interrupted", _("interrupted")
    BLOCKED = "blocked", _("blocked")


OPEN = (Status.QUEUED, Status.RUNNING)


class Command(models.TextChoices):
    SEND = "send", _("send")
    EDIT = "edit", _("edit")
    REGENERATE = "regenerate", _("regenerate")
    CONTINUE = "continue", _("continue")


class GenerationQuerySet(models.QuerySet["Generation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "GenerationQuerySet":
        return self.filter(
            owner_id=user.pk, message__conversation__deleted_at=None, message__deleted_at=None
        )

    def running(self) -> "GenerationQuerySet":
        return self.filter(status=Status.RUNNING)

    def open(self) -> "GenerationQuerySet":
        return self.filter(status__in=OPEN)

    def waiting(self) -> "GenerationQuerySet":
        """Not asked yet: behind a reply, behind another that waits, or held."""
        return self.filter(status=Status.QUEUED, behind__isnull=False)

    def under_way(self) -> "GenerationQuerySet":
        """Open ones that have their place among what is shown."""
        return self.open().exclude(status=Status.QUEUED, behind__isnull=False)

    def startable(self) -> "GenerationQuerySet":
        """Waiting ones whose reply before them has ended, oldest first."""
        waiting = self.filter(
            status=Status.QUEUED,
            message__deleted_at=None,
            message__conversation__deleted_at=None,
        )
        free = waiting.filter(models.Q(behind=None) | ~models.Q(behind__status__in=OPEN))
        return free.order_by("created_at", "pk")


class Generation(models.Model):
    """`parts` and `seq` are saved together: the parts are what the first `seq` events made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="generations",
        verbose_name=_("owner"),
    )
    message = models.ForeignKey(
        "conversations.Message",
        models.CASCADE,
        related_name="generations",
        verbose_name=_("answer"),
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    command = models.CharField(_("command"), max_length=10, choices=Command.choices)
    command_id = models.UUIDField(_("command id"))
    model = models.CharField(_("model"), max_length=100)
    options = models.JSONField(_("options"), default=dict, blank=True)
    status = models.CharField(
        _("status"), max_length=11, choices=Status.choices, default=Status.QUEUED
    )
    behind = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="waiting",
        verbose_name=_("waits for"),
    )
    process = models.CharField(_("process"), max_length=36, blank=True)
    parts = models.JSONField(_("parts"), default=list, blank=True)
    seq = models.PositiveIntegerField(_("events saved"), default=0)
    heartbeat_at = models.DateTimeField(_("heartbeat"), null=True, blank=True)
    stop_requested_at = models.DateTimeField(_("stop requested"), null=True, blank=True)
    answer_now_at = models.DateTimeField(_("answer now requested"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    first_token_at = models.DateTimeField(_("first token"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    indexed_at = models.DateTimeField(_("indexed"), null=True, blank=True, editable=False)
    duration_ms = models.PositiveIntegerField(_("duration, ms"), null=True, blank=True)
    finish_reason = models.CharField(_("finish reason"), max_length=40, blank=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    vendor_code = models.CharField(_("vendor's code"), max_length=20, blank=True)
    request_ids = models.JSONField(_("request ids"), default=list, blank=True)
    usage = models.JSONField(_("usage"), null=True, blank=True)

    objects = GenerationQuerySet.as_manager()

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        indexes = [
            models.Index(fields=["status", "heartbeat_at"], name="generation_open"),
            models.Index(
                fields=["id"],
                condition=models.Q(indexed_at=None, ended_at__isnull=False),
                name="generation_not_indexed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "command_id"], name="command_obeyed_once"),
            models.UniqueConstraint(fields=["message", "number"], name="generation_number_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=OPEN, ended_at=None)
                | (~models.Q(status__in=OPEN) & models.Q(ended_at__isnull=False)),
                name="ended_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_held(self) -> bool:
        """It starts by nothing but its person's word: it is behind itself."""
        return self.status == Status.QUEUED and self.behind_id == self.pk

    @property
    def shown_status(self) -> str:
        """The word for `data-status`."""
        return "streaming" if self.is_open else str(self.status)

    def text(self) -> str:
        """What was answered, without thinking, tools and notices."""
        return "".join(part.get("text", "") for part in self.parts if part["kind"] == "text")

    def take(self, process: str, at: datetime) -> None:
        """Be running in `process`, in memory."""
        self.status, self.process = Status.RUNNING, process
        self.started_at = self.heartbeat_at = at

    def claim(self, process: str, at: datetime) -> bool:
        """Take it out of the queue for `process`. False when another did, or it was stopped."""
        waiting = Generation.objects.filter(pk=self.pk, status=Status.QUEUED)
        changes = {"status": Status.RUNNING, "process": process}
        return waiting.update(**changes, started_at=at, heartbeat_at=at) == 1
