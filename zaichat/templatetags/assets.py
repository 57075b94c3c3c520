"""What every page needs from us: icons, the mark, the language, the words for scripts."""

import json
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale
from django.utils.translation.trans_real import DjangoTranslation

register = template.Library()

MARK = (
    '<path pathLength="1" d="M3 3.5h10"/><path pathLength="1" d="M13 3.5L3 12.5"/>'
    '<path pathLength="1" d="M3 12.5h10"/>'
)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """One drawing of the sprite, `size` "" (20 px) or "small" (16 px). It has no name of its own."""
    kind = f"icon icon--{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, sprite(), name
    )


@register.simple_tag
def sprite() -> str:
    return static("images/icons.svg")


@register.simple_tag
def mark(label: str = "", live: bool = False) -> SafeString:
    """The three strokes; being written when `live`. With a `label` it says so."""
    kind = "mark mark--live" if live else "mark"
    name = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" viewBox="0 0 16 16" {}>{}</svg>', kind, mark_safe(name), mark_safe(MARK)
    )


@register.simple_tag
def html_language() -> str:
    """The language of this page as HTML writes it: `en` or `zh-Hans`."""
    return to_locale(get_language() or "en").replace("_", "-")


@register.simple_tag
def script_words() -> SafeString:
    """The translations scripts ask for, as the text of a JSON block; empty in English."""
    return mark_safe(_script_words(get_language() or "en"))


@cache
def _script_words(language: str) -> str:
    """JSON object: message, or message plus " %n" and a plural index, to its translation."""
    translations = DjangoTranslation(language, domain="djangojs")
    known: dict[Any, str] = {}
    for catalog in reversed(translations._catalog._catalogs):
        known.update(catalog)
    words = {
        key if isinstance(key, str) else f"{key[0]} %{key[1]}": value
        for key, value in known.items()
        if key and value
    }
    return json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
