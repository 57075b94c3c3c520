"""Conversations as lists: how long a list may be, and the one beside every page, by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from conversations.models import Conversation

if TYPE_CHECKING:
    from conversations.models.conversation import ConversationQuerySet

LISTED = 30
"""Of each page; the list grows by itself as one scrolls in it, or where a screen is taller."""
MOST_LISTED = 500
PINNED = 100


@dataclass(frozen=True)
class Group:
    """A heading and what stands under it. `key` is the same in every language."""

    key: str
    heading: str
    conversations: list[Conversation]


@dataclass(frozen=True)
class Listing:
    """`more` is how many to ask for next, or 0."""

    groups: list[Group]
    more: int


def shown_in(request: HttpRequest) -> int:
    """How many rows `?shown=` asks for; an ordinary list for nonsense."""
    wanted = request.GET.get("shown", "")
    plain = wanted.isascii() and wanted.isdecimal() and len(wanted) < 6
    return max(LISTED, min(int(wanted), MOST_LISTED)) if plain else LISTED


def more_than(shown: int, found: Sequence[object]) -> int:
    """What the link to more says, where one row more than `shown` was asked for."""
    return min(shown + LISTED, MOST_LISTED) if len(found) > shown < MOST_LISTED else 0


def listing(mine: "ConversationQuerySet", shown: int) -> Listing:
    """Pinned ones first, then by the person's calendar. Two queries."""
    rows = mine.listed().defer("instructions", "parameters").with_state()
    pinned = list(rows.filter(pinned_at__isnull=False).order_by("-pinned_at", "-pk")[:PINNED])
    found = list(rows.filter(pinned_at=None).newest_first()[: shown + 1])
    first = [Group("pinned", _("Pinned"), pinned)] if pinned else []
    return Listing([*first, *by_date(found[:shown])], more_than(shown, found))


def by_date(conversations: Sequence[Conversation]) -> list[Group]:
    """Today, Yesterday … newest first."""
    today = localdate()
    groups: dict[str, Group] = {}
    for conversation in conversations:
        key, heading = _age(localdate(conversation.last_active_at), today)
        groups.setdefault(key, Group(key, heading, [])).conversations.append(conversation)
    return list(groups.values())


def _age(day: date, today: date) -> tuple[str, str]:
    ages = (
        (0, "today", _("Today")),
        (1, "yesterday", _("Yesterday")),
        (7, "week", _("Previous 7 days")),
        (30, "month", _("Previous 30 days")),
    )
    since = ((key, name) for days, key, name in ages if day >= today - timedelta(days=days))
    return next(since, ("older", _("Older")))
