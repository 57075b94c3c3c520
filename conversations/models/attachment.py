"""Attachment: a file that goes along with a question, in its place among the others."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from zaichat.files.models import StoredFile

if TYPE_CHECKING:
    from conversations.models.message import Message


class Attachment(models.Model):
    """The same file may go along with many questions: an edited one keeps what it had."""

    message = models.ForeignKey(
        "conversations.Message",
        models.CASCADE,
        related_name="attachments",
        verbose_name=_("message"),
    )
    file = models.ForeignKey(
        StoredFile, models.RESTRICT, related_name="attachments", verbose_name=_("file")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attachment_number_once")
        ]

    def __str__(self) -> str:
        return self.file.name


def attach(messages: Iterable["Message"]) -> None:
    """Give each message `attached`, its files in order. One query; none where none has any."""
    having = {message.pk: message for message in messages if message.attachment_count}
    if not having:
        return
    rows = Attachment.objects.filter(message__in=having.keys()).select_related("file")
    files: dict[UUID, list[StoredFile]] = defaultdict(list)
    for row in rows.order_by("number"):
        files[row.message_id].append(row.file)
    for key, message in having.items():
        message.attached = files[key]
