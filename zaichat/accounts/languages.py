"""Which of our languages, and which clock, somebody gets."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from zaichat.accounts.models import User


def language_for(user: User | AnonymousUser, accept_language: str = "") -> str:
    """The person's setting, else the browser's wish, else LANGUAGE_CODE.

    Every kind of Chinese is answered in the one we have, `zh-hans`.
    """
    chosen: str = getattr(user, "language", "")
    wishes = [chosen, *(wish for wish, _ in parse_accept_lang_header(accept_language.lower()))]
    known = (_ours(wish) for wish in wishes)
    return next(filter(None, known), settings.LANGUAGE_CODE)


def zone_for(user: User | AnonymousUser, browsers: str = "") -> ZoneInfo:
    """The person's time zone, else the browser's, else the installation's."""
    for name in (getattr(user, "time_zone", ""), browsers):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo(settings.TIME_ZONE)


def _ours(wish: str) -> str:
    try:
        return get_supported_language_variant(wish)
    except LookupError:
        return ""
