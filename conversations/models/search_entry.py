"""SearchEntry: a title, a question or an answer as search finds it.

Written in the same transaction as the text. What was not (long texts, copies) has no
`indexed_at` in its own row, and the sweep of `conversations.engine.indexing` sees to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from zaichat.textsearch.grams import grams, pieces, readable
from zaichat.textsearch.matching import Searchable, label, matching
from zaichat.textsearch.query import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from conversations.models.conversation import Conversation
    from conversations.models.generation import Generation
    from conversations.models.message import Message
    from zaichat.accounts.models import User

TITLE, SAID = "t", "s"
AT_ONCE = 20_000
"""Characters that are indexed together with the text; more would hold up other writers."""


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: "User | AnonymousUser") -> "SearchEntryQuerySet":
        """Without what was put away. Asks for what is hidden, as that is little."""
        from conversations.models import Conversation, Message

        hidden = Message.objects.filter(deleted_at__isnull=False, conversation__owner_id=user.pk)
        shown = Conversation.objects.visible_to(user)
        mine = self.filter(owner_id=user.pk, conversation__in=shown)
        return mine.exclude(message__isnull=False, message__in=hidden)

    def matching(
        self, user: "User", terms: Sequence[Term], kinds: Mapping[str, int | None]
    ) -> "models.QuerySet[SearchEntry]":
        """The person's entries of these kinds that hold every term; at most so many of each."""
        labels = {label(kind, user.pk): newest for kind, newest in kinds.items()}
        return matching(self, terms, labels)

    def retitle(self, conversation: "Conversation") -> None:
        """Find it by its present title from now on. Call in the transaction of the change."""
        self.filter(conversation=conversation, message=None).delete()
        self.bulk_create(of_title(conversation, conversation.last_active_at))


class SearchEntry(Searchable):
    """One piece of a text; all but very long texts are one piece.

    A title has no message, a question no generation. `at` is when it was said.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("owner"),
    )
    conversation = models.ForeignKey(
        "conversations.Conversation",
        models.CASCADE,
        related_name="+",
        verbose_name=_("conversation"),
    )
    message = models.ForeignKey(
        "conversations.Message",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("message"),
    )
    generation = models.ForeignKey(
        "conversations.Generation",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("generation"),
    )
    at = models.DateTimeField(_("said"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.text[:60]


def of_title(conversation: "Conversation", at: datetime) -> Iterable[SearchEntry]:
    return _entries(
        conversation.title, at, conversation=conversation, owner_id=conversation.owner_id
    )


def of_question(message: "Message") -> Iterable[SearchEntry]:
    where = message.conversation
    told = {"conversation": where, "owner_id": where.owner_id, "message": message}
    return _entries(message.text, message.created_at, **told)


def of_answer(generation: "Generation") -> Iterable[SearchEntry]:
    """Its text alone: thinking, tools and notices are not found."""
    where = generation.message.conversation_id
    told = {"conversation_id": where, "owner_id": generation.owner_id}
    at = generation.ended_at or generation.created_at
    return _entries(
        generation.text(), at, **told, message_id=generation.message_id, generation=generation
    )


def _entries(text: str, at: datetime, **told: object) -> Iterable[SearchEntry]:
    for piece in pieces(readable(text)):
        if found := grams(piece):
            entry = SearchEntry(text=piece, at=at, **told)
            kind = SAID if entry.message_id else TITLE
            entry.grams = f" {label(kind, entry.owner_id)}{found}"
            yield entry
