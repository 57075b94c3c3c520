"""The gallery's addresses and filters."""

from django import template

from media_gen import chips
from media_gen.finding import Narrowing
from zaichat.files.models import StoredFile

register = template.Library()
register.filter("ratio_words", chips.ratio_words)


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def text(value: object) -> str:
    return str(value)


@register.simple_tag
def narrowed(asked: Narrowing, **changes: str) -> str:
    """The query of the gallery's address with these changes; an empty value takes one out."""
    return chips.query(asked, **changes)


@register.filter
def said(asked: Narrowing, name: str) -> str:
    """What was asked for by this name, or nothing."""
    return asked.typed if name == "q" else asked.chosen.get(name, "")


@register.filter
def format_of(file: StoredFile) -> str:
    """`PNG`, `MP4`"""
    return file.media_type.rpartition("/")[2].upper()
