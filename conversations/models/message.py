"""Message: a node in a conversation's tree. A question holds text, an answer holds generations."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Prefetch
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from conversations.models.generation import Generation, Status
from zaichat.ids import new_id

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from zaichat.accounts.models import User
    from zaichat.files.models import StoredFile

PATH = """
    WITH RECURSIVE path (id, parent_id, place) AS (
        SELECT id, parent_id, 1 FROM conversations_message WHERE id = %s
        UNION ALL
        SELECT above.id, above.parent_id, path.place + 1
        FROM conversations_message above JOIN path ON above.id = path.parent_id
        WHERE path.place < %s
    )
    SELECT id FROM path
"""
ENDLESS = 2**31 - 1
BRANCH = """
    WITH RECURSIVE branch (id) AS (
        SELECT id FROM conversations_message WHERE id = %s
        UNION ALL
        SELECT below.id
        FROM conversations_message below JOIN branch ON below.parent_id = branch.id
    )
    SELECT id FROM branch
"""


class Role(models.TextChoices):
    USER = "user", _("question")
    ASSISTANT = "assistant", _("answer")


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: "User | AnonymousUser") -> "MessageQuerySet":
        return self.filter(
            conversation__owner_id=user.pk, conversation__deleted_at=None, deleted_at=None
        )

    def with_generations(self) -> "MessageQuerySet":
        """Two queries more: every generation, in the order it is shown."""
        ordered = Generation.objects.order_by("number")
        return self.prefetch_related(Prefetch("generations", queryset=ordered))

    def path_to(self, leaf: UUID, *, last: int = ENDLESS) -> "MessageQuerySet":
        """The messages from the root to `leaf`, in order, or only the `last` of them: what is not
        asked for is not walked. One recursive query, run when read."""
        wanted = models.expressions.RawSQL(PATH, [_as_stored(leaf), last])  # noqa: S611
        return self.filter(pk__in=wanted).order_by("depth")

    def branch_of(self, root: UUID) -> "MessageQuerySet":
        """`root` and everything below it. One recursive query, run when read."""
        wanted = models.expressions.RawSQL(BRANCH, [_as_stored(root)])  # noqa: S611
        return self.filter(pk__in=wanted)


class Message(models.Model):
    """`number` is its place in the order things happened; `depth` its distance from the root."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(
        "conversations.Conversation",
        models.CASCADE,
        related_name="messages",
        verbose_name=_("conversation"),
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    chosen_child = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chosen child"),
    )
    number = models.PositiveIntegerField(_("number"))
    depth = models.PositiveIntegerField(_("depth"))
    role = models.CharField(_("role"), max_length=9, choices=Role.choices)
    text = models.TextField(_("text"), blank=True)
    attachment_count = models.PositiveSmallIntegerField(_("attachments"), default=0)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    indexed_at = models.DateTimeField(_("indexed"), null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    versions: Sequence[UUID]
    """Ids of all versions, oldest first, where a page or a command has told them."""

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(indexed_at=None, role="user"),
                name="message_not_indexed",
            ),
            models.Index(
                fields=["conversation"],
                condition=models.Q(deleted_at__isnull=False),
                name="message_put_away",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_once"),
            models.CheckConstraint(
                condition=models.Q(parent=None, depth=0)
                | models.Q(parent__isnull=False, depth__gt=0),
                name="message_depth_fits_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.number}"

    @property
    def is_question(self) -> bool:
        return self.role == Role.USER

    @property
    def latest(self) -> Generation | None:
        """The generation that decides the status. Uses what `with_generations` fetched."""
        return next(reversed(self.all_generations()), None)

    @property
    def status(self) -> str:
        """The word for `data-status`; a question is always done."""
        return self.latest.shown_status if self.latest else Status.DONE.value

    def all_generations(self) -> Sequence[Generation]:
        return sorted(self.generations.all(), key=lambda generation: generation.number)

    def answer_text(self) -> str:
        """The text of an answer without thinking, the text of a question as typed."""
        if self.is_question:
            return self.text
        texts = (generation.text() for generation in self.all_generations())
        return "".join(text for text in texts if text)

    @property
    def has_media(self) -> bool:
        """It is a picture or a film instead of words."""
        parts = (part for generation in self.all_generations() for part in generation.parts)
        return any(part["kind"] == "media" for part in parts)

    @cached_property
    def attached(self) -> "Sequence[StoredFile]":
        """The files that go along with it, in order. `attach` fetches those of many at once."""
        if not self.attachment_count:
            return ()
        return [row.file for row in self.attachments.select_related("file").order_by("number")]

    made_above: frozenset[UUID] = frozenset()
    """Of `attached`, what the answer before it made; see `engine.making.with_pictures`."""

    def remember(self, generations: Sequence[Generation], versions: Sequence[UUID]) -> None:
        """Hold what is known already as if it had been fetched; templates then ask nothing."""
        self._prefetched_objects_cache = {"generations": generations}
        self.versions = versions

    def siblings(self) -> MessageQuerySet:
        """Every version of this message, itself included, oldest first; what waits is none yet."""
        versions = Message.objects.filter(
            conversation_id=self.conversation_id,
            parent_id=self.parent_id,
            role=self.role,
            deleted_at=None,
        )
        waiting = Generation.objects.waiting().values("message__parent")
        return versions.exclude(pk__in=waiting).order_by("number")


def _as_stored(key: UUID) -> str:
    """SQLite keeps a UUID as 32 hex digits; PostgreSQL reads those too."""
    return key.hex
