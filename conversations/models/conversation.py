"""Conversation: a tree of messages, and the leaf that is on the screen."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Subquery, When
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from conversations.models.generation import Generation, Status
from conversations.models.search_entry import SearchEntry
from zaichat.ids import new_id
from zaichat.one_line import one_line

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User

MAX_TITLE = 120
KEPT_DELETED = timedelta(days=30)
"""How long what was deleted can be brought back."""


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ConversationQuerySet":
        return self.filter(owner_id=user.pk, deleted_at=None)

    def in_trash_of(self, user: "User | AnonymousUser") -> "ConversationQuerySet":
        """What this person deleted and can still bring back, the last deleted first."""
        mine = self.filter(owner_id=user.pk, deleted_at__gt=now() - KEPT_DELETED)
        return mine.order_by("-deleted_at", "-pk")

    def listed(self) -> "ConversationQuerySet":
        return self.filter(archived_at=None)

    def archived(self) -> "ConversationQuerySet":
        return self.filter(archived_at__isnull=False)

    def newest_first(self) -> "ConversationQuerySet":
        return self.order_by("-last_active_at", "-pk")

    def with_state(self) -> "ConversationQuerySet":
        """Each with `running`, and with `unread` and `unread_status`, the newest unread answer.

        What its person stopped is not news to them. An unread answer was asked for after the
        conversation was read (see `mark_read`), so most rows are not looked up at all.
        """
        said = Generation.objects.filter(
            message__conversation=OuterRef("pk"), message__deleted_at=None
        )
        news = said.filter(ended_at__gt=OuterRef("read_at")).exclude(status=Status.STOPPED)
        newest = news.order_by("-ended_at")
        return self.annotate(
            running=Exists(said.under_way()),
            unread=_if_active_since_read(newest.values("pk")[:1]),
            unread_status=_if_active_since_read(newest.values("status")[:1]),
        )


def _if_active_since_read(newest: "models.QuerySet[Any, Any]") -> Case:
    return Case(When(last_active_at__gte=F("read_at"), then=Subquery(newest)))


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
    indexed_at = models.DateTimeField(_("indexed"), null=True, blank=True, editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [
            models.Index(
                fields=["owner", "deleted_at", "-last_active_at"], name="conversations_newest"
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(indexed_at=None),
                name="conversation_not_indexed",
            ),
        ]

    def __str__(self) -> str:
        return one_line(self.title) or str(_("New chat"))

    def get_absolute_url(self) -> str:
        return reverse("conversations:show", args=[self.pk])

    def rename(self, title: str, at: datetime | None = None) -> None:
        """Give it a name of at most MAX_TITLE characters; a typed name is never replaced."""
        self.title = one_line(title)[:MAX_TITLE]
        self.titled_at = self.indexed_at = at or now()
        with transaction.atomic():
            self.save(update_fields=["title", "titled_at", "indexed_at"])
            SearchEntry.objects.retitle(self)

    def mark_read(self) -> bool:
        """Its person has seen what is there. False while an answer is being written.

        So an answer that ends later is unread, also for whoever looked at its beginning.
        """
        writing = Generation.objects.under_way().filter(message__conversation=OuterRef("pk"))
        quiet = Conversation.objects.filter(~Exists(writing), pk=self.pk)
        return quiet.update(read_at=now()) == 1
