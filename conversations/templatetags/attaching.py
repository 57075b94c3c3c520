"""Files that go along with a question, told to scripts."""

import json
from collections.abc import Sequence

from django import template

from zaichat.files.describing import described
from zaichat.files.models import StoredFile

register = template.Library()


@register.filter
def described_files(files: Sequence[StoredFile]) -> list[dict[str, object]]:
    return [described(file) for file in files or ()]


@register.filter
def as_json(value: object) -> str:
    """For an attribute, where templates escape it."""
    return json.dumps(value)
