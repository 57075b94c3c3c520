"""Which of somebody's pictures and films the gallery shows: the filters of its address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware

from media_gen.indexing import found_by
from media_gen.models import Album, Job, JobQuerySet, Kind
from zaichat.accounts.models import User
from zaichat.textsearch.query import MOST_TYPED, read

RATIOS = ("wide", "square", "tall")
NEARLY_SQUARE = 1.05
MAX_MODEL = 100
NAMES = ("kind", "starred", "model", "ratio", "since", "until", "album", "conversation")


@dataclass(frozen=True)
class Narrowing:
    """What was asked for, as far as it makes sense: name of a filter -> its value as text."""

    typed: str
    chosen: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.typed or self.chosen)

    def of(self, user: User) -> JobQuerySet:
        """What fits, newest first."""
        found = found_by(Job.objects.made_by(user), user, read(self.typed))
        for name, value in self.chosen.items():
            found = FILTERS[name](found, value)
        return found


def narrowing(said: Mapping[str, str]) -> Narrowing:
    """`said` as it stands in an address. What is no filter's value is left out."""
    chosen = {name: said.get(name, "") for name in NAMES}
    fits = {name: value for name, value in chosen.items() if value and READERS[name](value)}
    return Narrowing(said.get("q", "").strip()[:MOST_TYPED], fits)


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    return _day(text) is not None


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1970 <= day.year < 9000 else None


def _begin_of(text: str, days: int = 0) -> datetime:
    """The first moment of that day, or of one `days` later, where the reader lives."""
    day = _day(text)
    assert day  # noqa: S101 - it was read before
    return make_aware(datetime.combine(day + timedelta(days=days), time.min))


def _in_shape(found: JobQuerySet, shape: str) -> JobQuerySet:
    width, height = F("result__width"), F("result__height")
    if shape == "wide":
        return found.filter(result__width__gt=height * NEARLY_SQUARE)
    if shape == "tall":
        return found.filter(result__height__gt=width * NEARLY_SQUARE)
    return found.filter(
        result__width__lte=height * NEARLY_SQUARE, result__height__lte=width * NEARLY_SQUARE
    )


def _in_album(found: JobQuerySet, key: str) -> JobQuerySet:
    """Another's album holds nothing of one's own."""
    return found.filter(pk__in=Album.objects.filter(pk=key).values("jobs"))


READERS: Mapping[str, Callable[[str], bool]] = {
    "kind": lambda text: text in Kind.values,
    "starred": lambda text: text == "1",
    "model": lambda text: len(text) <= MAX_MODEL,
    "ratio": lambda text: text in RATIOS,
    "since": _is_day,
    "until": _is_day,
    "album": _is_uuid,
    "conversation": _is_uuid,
}
FILTERS: Mapping[str, Callable[[JobQuerySet, str], JobQuerySet]] = {
    "kind": lambda found, kind: found.filter(kind=kind),
    "starred": lambda found, _yes: found.filter(starred=True),
    "model": lambda found, model: found.filter(model=model),
    "ratio": _in_shape,
    "since": lambda found, day: found.filter(created_at__gte=_begin_of(day)),
    "until": lambda found, day: found.filter(created_at__lt=_begin_of(day, 1)),
    "album": _in_album,
    "conversation": lambda found, key: found.filter(origin__conversation=key),
}
