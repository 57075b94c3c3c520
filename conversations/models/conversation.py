"""Conversation: a tree of messages, and the leaf that is on the screen."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zaichat.ids import new_id

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User

MAX_TITLE = 120


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ConversationQuerySet":
        return self.filter(owner_id=user.pk, deleted_at=None)

    def newest_first(self) -> "ConversationQuerySet":
        return self.order_by("-last_active_at", "-pk")


class Conversation(models.Model):
    """One thread of talk. `leaf` is the last message of the path that is shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="conversations",
        verbose_name=_("owner"),
    )
    title = models.CharField(_("title"), max_length=MAX_TITLE, blank=True)
    titled_at = models.DateTimeField(
        _("titled at"),
        null=True,
        blank=True,
        help_text=_("When the title was asked for or typed; it is asked for once."),
    )
    leaf = models.ForeignKey(
        "conversations.Message",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("last message shown"),
    )
    instructions = models.TextField(_("instructions"), blank=True)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), default=now)
    forked_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="forks",
        verbose_name=_("forked from"),
    )
    message_count = models.PositiveIntegerField(_("messages"), default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    last_active_at = models.DateTimeField(_("last active"), default=now)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [
            models.Index(
                fields=["owner", "deleted_at", "-last_active_at"], name="conversations_newest"
            )
        ]

    def __str__(self) -> str:
        return self.title or str(_("New chat"))

    def get_absolute_url(self) -> str:
        return reverse("conversations:show", args=[self.pk])

    def rename(self, title: str, at: datetime | None = None) -> None:
        """Give it a name of at most MAX_TITLE characters; a typed name is never replaced."""
        self.title = " ".join(title.split())[:MAX_TITLE]
        self.titled_at = at or now()
        self.save(update_fields=["title", "titled_at"])
