"""What an installation knows about itself: its workers, by their heartbeat, and what is due."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.ids import new_id

BEAT_EVERY = timedelta(seconds=10)
COLD_AFTER = timedelta(seconds=35)  # three missed beats; a busy machine is not a dead worker
FORGOTTEN_AFTER = timedelta(hours=1)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self) -> "WorkerQuerySet":
        return self.filter(beat_at__gt=now() - COLD_AFTER)

    def forgotten(self) -> "WorkerQuerySet":
        return self.filter(beat_at__lt=now() - FORGOTTEN_AFTER)


class Worker(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    role = models.CharField(_("role"), max_length=20)
    host = models.CharField(_("host"), max_length=255)
    started_at = models.DateTimeField(_("started"), default=now)
    beat_at = models.DateTimeField(_("last beat"), default=now, db_index=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return f"{self.role} on {self.host}"

    def beat(self) -> None:
        """Say that it lives. A row that was removed meanwhile comes back."""
        self.beat_at = now()
        self.save()


class DueQuerySet(models.QuerySet["Due"]):
    def claim(self, name: str, every: timedelta, at: datetime) -> bool:
        """True for exactly one of all processes each time `every` has gone by.

        What is due later than that was written before the clock was set back.
        """
        self.get_or_create(name=name, defaults={"at": at})
        is_due = models.Q(at__lte=at) | models.Q(at__gt=at + every)
        return self.filter(is_due, name=name).update(at=at + every) == 1


class Due(models.Model):
    """When something periodic happens next. A new row is due at once."""

    name = models.CharField(_("name"), max_length=50, primary_key=True)
    at = models.DateTimeField(_("next time"), default=now)

    objects = DueQuerySet.as_manager()

    class Meta:
        verbose_name = _("due time")
        verbose_name_plural = _("due times")

    def __str__(self) -> str:
        return self.name
