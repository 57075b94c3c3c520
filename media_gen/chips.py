"""The filters of a gallery's address as chips, each with the address without it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from media_gen.finding import Narrowing
from media_gen.models import Album
from zaichat.accounts.models import User
from zaichat.zai import catalog


@dataclass(frozen=True)
class Chip:
    words: str
    without: str
    """The query that leaves it out, with its question mark."""


def query(asked: Narrowing, **changes: str) -> str:
    """`?q=cat&kind=image`; an empty value leaves a name out."""
    said = {"q": asked.typed, **asked.chosen, **changes}
    return "?" + urlencode({name: value for name, value in said.items() if value})


def chips_of(asked: Narrowing, user: User) -> list[Chip]:
    """Kind and star are buttons of their own."""
    named = {name: value for name, value in asked.chosen.items() if name in WORDS}
    return [
        Chip(WORDS[name](value, user), query(asked, **{name: ""})) for name, value in named.items()
    ]


def ratio_words(ratio: str) -> str:
    return {"wide": _("Wide"), "square": _("Square"), "tall": _("Tall")}[ratio]


def _album(key: str, user: User) -> str:
    album = Album.objects.visible_to(user).filter(pk=key).first()
    return _("Album: %(name)s") % {"name": album.name if album else "—"}


def _day(text: str) -> str:
    day = parse_date(text)
    return date_format(day, "DATE_FORMAT") if day else text


WORDS: Mapping[str, Callable[[str, User], str]] = {
    "model": lambda model, _user: catalog.find(model).title,
    "ratio": lambda ratio, _user: ratio_words(ratio),
    "since": lambda day, _user: _("From %(day)s") % {"day": _day(day)},
    "until": lambda day, _user: _("Until %(day)s") % {"day": _day(day)},
    "album": _album,
    "conversation": lambda _key, _user: _("From one conversation"),
}
