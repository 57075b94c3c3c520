"""What every page needs from us: icons, the mark, the language, the words for scripts."""

import json
from collections.abc import Sequence
from functools import cache
from gettext import translation
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale

register = template.Library()

STROKES = (
    ' viewBox="0 0 16 16"><path pathLength="1" d="M3 3.5h10"/>'
    '<path pathLength="1" d="M13 3.5L3 12.5"/><path pathLength="1" d="M3 12.5h10"/></svg>'
)


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> SafeString:
    """One drawing of the sprite, 20 px or `size` "small", 16 px. It has no name of its own."""
    kind = f"icon icon--{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, sprite(), name
    )


@register.simple_tag
def sprite() -> str:
    return static("images/icons.svg")


@register.simple_tag
def preloads(*entries: str) -> SafeString:
    """Links to what these scripts import, so that the browser asks for all of it at once instead
    of finding it file by file. None before `collectstatic`, and while scripts are rebuilt."""
    known = imported()
    files = dict.fromkeys(file for entry in entries for file in known.get(entry, ()))
    links = ((f"{settings.STATIC_URL}{file}",) for file in files)
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', links)


@cache
def imported() -> dict[str, Sequence[str]]:
    """Entry -> the chunks below it, as `static/js/build.mjs` wrote them down.

    By the name in the list of this build: the plain one may be left from a former build.
    """
    if settings.DEBUG:
        return {}
    try:
        named = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
        text = (settings.STATIC_ROOT / named["preloads.json"]).read_text()
    except (OSError, KeyError):
        return {}
    found: dict[str, Sequence[str]] = json.loads(text)
    return found


@register.simple_tag
def build_name() -> str:
    """Of the build this page belongs to; the socket says which one the server has now."""
    return settings.BUILD


@register.simple_tag
def mark(label: str = "", live: bool = False) -> SafeString:
    """The three strokes; being written when `live`. With a `label` it says so."""
    kind = "mark mark--live" if live else "mark"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"' + STROKES, kind, label)
    return format_html('<svg class="{}" aria-hidden="true"' + STROKES, kind)


@register.simple_tag
def html_language() -> str:
    """The language of this page as HTML writes it: `en` or `zh-Hans`."""
    return to_locale(get_language() or "en").replace("_", "-")


@register.simple_tag
def script_words() -> dict[str, str]:
    """The translations scripts ask for; none in English."""
    return _script_words(get_language() or "en")


@cache
def _script_words(language: str) -> dict[str, str]:
    """By message, or by message, " %" and the index of a plural."""
    ours = translation("djangojs", settings.LOCALE_PATHS[0], [to_locale(language)], fallback=True)
    # The standard library reads a catalogue; it has no public way to list it.
    known: dict[Any, str] = getattr(ours, "_catalog", {})
    return {
        key if isinstance(key, str) else f"{key[0]} %{key[1]}": value
        for key, value in known.items()
        if key and value
    }
