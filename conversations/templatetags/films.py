"""Films and recordings in a conversation."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from zaichat.files.films import as_time
from zaichat.files.models import StoredFile

register = template.Library()

MOST_WIDE, MOST_HIGH = 400, 320
"""Pixels of a film in a conversation: room for the buttons that play it."""


@register.filter
def film_width(file: StoredFile) -> int:
    """Pixels, said in the page, so that nothing moves when the poster has come."""
    return _shown_size(file)[0]


@register.filter
def film_height(file: StoredFile) -> int:
    return _shown_size(file)[1]


@register.filter
def film_words(file: StoredFile) -> str:
    """`1:05, 12 MB`."""
    return _(", ").join([as_time(file.seconds or 0), filesizeformat(file.size)])


def _shown_size(file: StoredFile) -> tuple[int, int]:
    width, height = file.width or MOST_WIDE, file.height or MOST_HIGH
    share = min(MOST_WIDE / width, MOST_HIGH / height)
    return max(1, round(width * share)), max(1, round(height * share))
