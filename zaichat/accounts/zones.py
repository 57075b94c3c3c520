"""Time zones as a person chooses among them, in the language of the page."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

YOUNG = {"America/Coyhaique": gettext_noop("Coyhaique")}
"""Zones that CLDR does not name yet."""


def zones() -> list[tuple[str, str]]:
    """(name, label) of the zones people live in, without the old and technical names."""
    return list(_zones(get_language() or "en"))


@lru_cache(maxsize=4)
def _zones(language: str) -> tuple[tuple[str, str], ...]:
    """Some hundred look-ups, so once per language."""
    regions, aliases = _regions(), get_global("zone_aliases")
    known = available_timezones()
    named = [
        (zone, f"{regions[zone.partition('/')[0]]}/{_place(zone, language)}")
        for zone in known
        if zone.partition("/")[0] in regions and aliases.get(zone) not in known
    ]
    return (("UTC", "UTC"), *sorted(named, key=lambda zone: _place_in_order(zone[1])))


def _regions() -> dict[str, str]:
    return {
        "Africa": _("Africa"),
        "America": _("America"),
        "Antarctica": _("Antarctica"),
        "Asia": _("Asia"),
        "Atlantic": _("Atlantic"),
        "Australia": _("Australia"),
        "Europe": _("Europe"),
        "Indian": _("Indian Ocean"),
        "Pacific": _("Pacific"),
    }


def _place(zone: str, language: str) -> str:
    """`Argentina/Ushuaia`, `上海`."""
    if language.startswith("en"):
        return zone.partition("/")[2].replace("_", " ")
    locale = Locale.parse(language, sep="-")
    if zone in YOUNG:
        return _(YOUNG[zone])
    city: str | None = locale.time_zones.get(_old_name(zone, locale), {}).get("city")
    return city or get_timezone_location(zone, locale=locale, return_city=True)


def _old_name(zone: str, locale: Locale) -> str:
    """CLDR keeps the name that a zone had first, as Asia/Calcutta."""
    old = (name for name, new in get_global("zone_aliases").items() if new == zone)
    return next((name for name in old if "city" in locale.time_zones.get(name, {})), zone)


def _place_in_order(label: str) -> bytes:
    """By the alphabet; the commonest Chinese signs stand in GB 18030 by their sound."""
    return label.encode("gb18030")
