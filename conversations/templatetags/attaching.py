"""Files that go along with a question, told to scripts."""

import json
from collections import Counter
from collections.abc import Sequence

from django import template
from django.conf import settings
from django.utils.translation import gettext, ngettext

from zaichat.files import limits
from zaichat.files.describing import described
from zaichat.files.models import Kind, StoredFile

register = template.Library()

MOST_WIDE, MOST_HIGH = 320, 184
"""Pixels of a picture in a conversation."""


@register.filter
def described_files(files: Sequence[StoredFile]) -> list[dict[str, object]]:
    return [described(file) for file in files or ()]


@register.simple_tag
def upload_limits() -> str:
    """Bytes of one file by kind, for a browser that would else send it for nothing."""
    most = {
        Kind.IMAGE: limits.MAX_PICTURE_BYTES,
        Kind.DOCUMENT: getattr(limits, "MAX_DOCUMENT_BYTES", limits.MAX_PICTURE_BYTES),
        Kind.VIDEO: getattr(limits, "MAX_FILM_BYTES", limits.MAX_PICTURE_BYTES),
        Kind.AUDIO: getattr(limits, "MAX_RECORDING_BYTES", limits.MAX_PICTURE_BYTES),
    }
    return json.dumps({kind: min(size, settings.MAX_UPLOAD) for kind, size in most.items()})


@register.filter
def kinds_counted(files: Sequence[StoredFile]) -> str:
    """`2 pictures, 1 document`; the twin of `#chat/attached`."""
    count = Counter(file.kind for file in files or ())
    said = {
        Kind.IMAGE: ngettext("%(count)s picture", "%(count)s pictures", count[Kind.IMAGE]),
        Kind.DOCUMENT: ngettext("%(count)s document", "%(count)s documents", count[Kind.DOCUMENT]),
        Kind.VIDEO: ngettext("%(count)s film", "%(count)s films", count[Kind.VIDEO]),
        Kind.AUDIO: ngettext("%(count)s recording", "%(count)s recordings", count[Kind.AUDIO]),
    }
    there = [words % {"count": count[kind]} for kind, words in said.items() if count[kind]]
    return gettext(", ").join(there)


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
