"""Files that go along with a question, told to scripts."""

import json
from collections.abc import Sequence

from django import template

from zaichat.files.describing import described
from zaichat.files.models import StoredFile

register = template.Library()

MOST_WIDE, MOST_HIGH = 320, 184
"""Pixels of a picture in a conversation."""


@register.filter
def described_files(files: Sequence[StoredFile]) -> list[dict[str, object]]:
    return [described(file) for file in files or ()]


@register.filter
def shown_width(file: StoredFile) -> int:
    """Pixels, said in the page, so that nothing moves when it has loaded."""
    return _shown_size(file)[0]


@register.filter
def shown_height(file: StoredFile) -> int:
    return _shown_size(file)[1]


def _shown_size(file: StoredFile) -> tuple[int, int]:
    width, height = file.width or MOST_WIDE, file.height or MOST_HIGH
    share = min(1, MOST_WIDE / width, MOST_HIGH / height)
    return max(1, round(width * share)), max(1, round(height * share))


@register.filter
def as_json(value: object) -> str:
    """For an attribute, where templates escape it."""
    return json.dumps(value)
