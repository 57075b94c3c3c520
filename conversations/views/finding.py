"""Search over everything of somebody's: which conversations, and where in them.

Three queries, however much there is. Titles come first, then what was said last.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Count, F, Max, Q, Value, When, Window
from django.db.models.functions import RowNumber

from conversations.models import Conversation
from conversations.views.narrowing import FILTERS, narrowed
from zaichat.textsearch.query import Query, read
from zaichat.textsearch.snippets import Piece, snippet, whole

if TYPE_CHECKING:
    from conversations.models.search_entry import SearchEntryQuerySet
    from zaichat.accounts.models import User

PAGE = 20
LAST_PAGE = 200
TITLED = Max(Case(When(message=None, then=Value(1)), default=Value(0)))


@dataclass(frozen=True)
class Hit:
    """A message where it was found; `model` is empty for what the person wrote."""

    message: UUID
    model: str
    at: datetime
    pieces: Sequence[Piece]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Found:
    conversation: Conversation
    title: Sequence[Piece]
    at: datetime
    hits: Sequence[Hit] = ()
    more: int = 0
    """Further messages in it that hold the same."""


@dataclass(frozen=True)
class Results:
    query: Query
    found: Sequence[Found] = field(default_factory=list)
    page: int = 1
    more: bool = False

    @property
    def count(self) -> str:
        """Of the conversations on this page, as it is shown."""
        return f"{len(self.found)}+" if self.more else str(len(self.found))


def find(user: "User", typed: str, page: int = 1, size: int = PAGE, hits: int = 3) -> Results:
    """Page `page` of the conversations in which something was found, with their newest `hits`."""
    query = read(typed, FILTERS)
    if not query:
        return Results(query)
    entries = narrowed(user, query)
    start = (page - 1) * size
    groups = list(_groups(entries)[start : start + size + 1])
    return Results(
        query, _told(user, query, entries, groups[:size], hits), page, len(groups) > size
    )


def recent(user: "User", count: int) -> list[Found]:
    """The conversations somebody was in last."""
    newest = Conversation.objects.visible_to(user).listed().newest_first()
    return [Found(one, whole(str(one), ()), one.last_active_at) for one in newest[:count]]


def _groups(entries: "SearchEntryQuerySet") -> Any:
    told: dict[str, Any] = {
        "titled": TITLED,
        "latest": Max("at"),
        "messages": Count("message", distinct=True),
    }
    groups: Any = entries.order_by().values("conversation").annotate(**told)
    return groups.order_by("-titled", "-latest", "conversation")


def _told(
    user: "User",
    query: Query,
    entries: "SearchEntryQuerySet",
    groups: Sequence[dict[str, Any]],
    count: int,
) -> list[Found]:
    keys = [group["conversation"] for group in groups]
    rows = Conversation.objects.visible_to(user).in_bulk(keys)
    hits = _hits(query, entries.filter(conversation__in=keys), count)
    return [
        Found(
            conversation=rows[key],
            title=whole(str(rows[key]), query.terms),
            at=hits[key][0].at if hits[key] else rows[key].last_active_at,
            hits=hits[key],
            more=max(0, group["messages"] - len(hits[key])),
        )
        for key, group in zip(keys, groups, strict=True)
        if key in rows
    ]


def _hits(query: Query, entries: "SearchEntryQuerySet", count: int) -> dict[UUID, list[Hit]]:
    """The newest few of each conversation, by conversation."""
    newest = Window(RowNumber(), partition_by=F("conversation"), order_by=("-at", "-pk"))
    rows = entries.filter(Q(message__isnull=False)).annotate(place=newest)
    rows = rows.filter(place__lte=count).order_by("conversation", "place")
    told = rows.values_list("conversation", "message", "generation__model", "at", "text")
    hits: dict[UUID, list[Hit]] = defaultdict(list)
    for conversation, message, model, at, text in told:
        hits[conversation].append(Hit(message, model or "", at, snippet(text, query.terms)))
    return hits
