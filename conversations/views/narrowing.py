"""What may stand before a colon in a search, how its value is read, and what it keeps."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.timezone import get_current_timezone

from conversations.models import SearchEntry
from conversations.models.search_entry import SAID, TITLE, SearchEntryQuerySet
from zaichat.textsearch.query import Query, Reader

if TYPE_CHECKING:
    from zaichat.accounts.models import User

ENOUGH = 3000
"""Messages that are looked at for one search, the newest that fit."""
ME = ("me", "我")
ANY_MODEL = ("ai", "glm", "assistant")
PLACES = {"title": "title", "标题": "title"}
STATES = {"pinned": "pinned", "置顶": "pinned", "archived": "archived", "归档": "archived"}


def day(text: str) -> date | None:
    """`2026-01-31`, `2026-01` or `2026`, also with slashes or dots between."""
    numbers = text.replace("/", "-").replace(".", "-").strip("-").split("-")
    if len(numbers) > 3 or not all(number.isdecimal() for number in numbers):
        return None
    year, month, of_month = (*numbers, "1", "1")[:3]
    try:
        return parse_date(f"{int(year):04}-{int(month):02}-{int(of_month):02}")
    except ValueError:
        return None


def _said_by(who: str) -> Q:
    if who in ME:
        return Q(message__isnull=False, generation=None)
    if who in ANY_MODEL:
        return Q(generation__isnull=False)
    return Q(generation__model__istartswith=who)


def _midnight(first: date) -> datetime:
    return datetime.combine(first, time.min, tzinfo=get_current_timezone())


FILTERS: Mapping[str, Reader] = {
    "in": PLACES.get,
    "is": STATES.get,
    "before": day,
    "after": day,
    "from": lambda text: text or None,
}

Keep = Callable[[Any], Q]

KEEPS: Mapping[str, Keep] = {
    "in": lambda _title: Q(),
    "is": lambda state: Q(**{f"conversation__{state}_at__isnull": False}),
    "before": lambda first: Q(at__lt=_midnight(first)),
    "after": lambda first: Q(at__gte=_midnight(first)),
    "from": _said_by,
}


def narrowed(user: "User", query: Query) -> SearchEntryQuerySet:
    """What the person may see that has every word and passes every filter."""
    kinds = _kinds(query)
    found: Any = SearchEntry.objects.visible_to(user).matching(user, query.terms, kinds)
    for name, value in query.filters.items():
        found = found.filter(KEEPS[name](value))
    return found


def _kinds(query: Query) -> dict[str, int | None]:
    """Kinds of entries, and how many will do: what was said is shown newest first."""
    of_whole = query.filters.keys() <= {"is"} and not query.terms
    if "in" in query.filters or of_whole:
        return {TITLE: None}
    return {TITLE: None, SAID: None if query.filters else ENOUGH}
