"""Draft: what somebody has written and not sent yet, with all that was chosen beside it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.ids import new_id

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User
    from zaichat.files.models import StoredFile


NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a draft was saved of which nothing is written yet: the next chat is only set up."""


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: "User | AnonymousUser") -> "DraftQuerySet":
        return self.filter(owner_id=user.pk)

    def sent(self, conversation: UUID | None) -> None:
        """What was written there is asked now. The row stays: its time tells who is late."""
        there = self.filter(conversation=conversation)
        there.update(text="", attachments=[], model="", options={}, setup={}, saved_at=now())

    def keep_setup(self, user: "User", setup: dict[str, Any]) -> None:
        """Of the next new chat. What is written there stays as it is, and so does its stamp."""
        self.get_or_create({"saved_at": NEVER}, owner=user, conversation=None)
        self.filter(owner=user, conversation=None).update(setup=setup)


class Draft(models.Model):
    """One per person and conversation; without a conversation it is the next new one's.

    `attachments` are the ids of stored files, `options` and `setup` those of the command `send`;
    `setup` is of a new chat, since a conversation keeps its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name=_("owner")
    )
    conversation = models.ForeignKey(
        "conversations.Conversation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("conversation"),
    )
    text = models.TextField(_("text"), blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    setup = models.JSONField(_("setup"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("saved"), default=now)

    files: "Sequence[StoredFile]" = ()
    """Those of `attachments`, as far as they are there; a page is given them."""

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "conversation"],
                condition=models.Q(conversation__isnull=False),
                name="one_draft_per_conversation",
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(conversation=None),
                name="one_draft_for_the_next",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def stamp(self) -> str:
        """Another one after every change; "" while nothing was ever saved."""
        if self._state.adding or self.saved_at == NEVER:
            return ""
        return str(round(self.saved_at.timestamp() * 1_000_000))
