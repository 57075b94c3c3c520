"""How often one person may have something fetched."""

from uuid import UUID

from django.core.cache import cache
from django.utils.translation import gettext as _

from zaichat.fetching.fetcher import Unfetched

MOST = 30
WINDOW = 600
"""Seconds in which so many are fetched."""


def count(person: UUID) -> None:
    """One more for this person. Raises Unfetched where that is too many."""
    key = f"fetched.{person}"
    cache.add(key, 0, WINDOW)
    try:
        number = cache.incr(key)
    except ValueError:  # the window ended between the two lines
        return
    if number > MOST:
        words = _(
            "At most %(count)d addresses are fetched in %(minutes)d minutes. Try again later."
        )
        raise Unfetched(words % {"count": MOST, "minutes": WINDOW // 60})
