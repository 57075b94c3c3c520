"""What templates of conversations ask for beyond the rows: names, words, the list beside them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from conversations.language import language_of
from conversations.models import Generation, Message
from conversations.templatetags.documents import read_words
from zaichat import vendor
from zaichat.zai.words import explain

register = template.Library()
register.filter(language_of)


@register.simple_tag
def in_language(text: object) -> str:
    """The attribute that says which language a text is in, where it says so; else nothing."""
    language = language_of(str(text))
    return format_html(' lang="{}"', language) if language else ""


SHOWN_PARTS = ("text", "reasoning", "tool", "sources", "notice", "media")


@register.filter
def model_title(name: str) -> str:
    """The name people know a model by."""
    return vendor.title_of(name)


NAMED_BY = 60
"""So many signs of a question name it."""


@register.filter
def spoken_name(message: Message) -> str:
    """What screen readers call a message among others: who speaks, and a question's first words.

    Headings do not do that: browsers leave out those of messages that are out of sight.
    """
    if not message.is_question:
        latest = message.latest
        return _("%(model)s answered") % {"model": model_title(latest.model if latest else "")}
    words = " ".join(message.text[: 4 * NAMED_BY].split())
    if len(words) > NAMED_BY:
        words = f"{words[: NAMED_BY - 1]}…"
    return _("You said") + (_(": ") + words if words else "")


@register.filter
def versions(message: Message) -> Sequence[UUID]:
    """The ids of all versions of a message, oldest first. A query unless the page fetched them."""
    known: Sequence[UUID] | None = getattr(message, "versions", None)
    return known if known is not None else list(message.siblings().values_list("pk", flat=True))


@register.simple_tag
def neighbour(message: Message, step: int) -> UUID | None:
    """The version before (-1) or after (1) this one."""
    others = list(versions(message))
    place = others.index(message.pk) + step if message.pk in others else -1
    return others[place] if 0 <= place < len(others) else None


@register.filter
def place_among_versions(message: Message) -> int:
    others = list(versions(message))
    return others.index(message.pk) + 1 if message.pk in others else 1


@register.simple_tag
def why(generation: Generation) -> str:
    """A sentence for a person about an answer that failed."""
    return explain(generation.error_code, generation.vendor_code, get_language() or "en")


@register.filter
def thought_for(part: Mapping[str, Any]) -> str:
    """The heading of a piece of thinking that is over, by the server's clock."""
    if "started" not in part or "ended" not in part:
        return _("Thought")
    seconds = max(1, round(part["ended"] - part["started"]))
    if seconds < 60:
        return _("Thought for %(seconds)d s") % {"seconds": seconds}
    minutes, rest = divmod(seconds, 60)
    return _("Thought for %(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


@register.filter
def notice_words(part: Mapping[str, Any]) -> str:
    if part.get("code") == "documents":
        return read_words(part)
    count = part.get("count") or 0
    return notices(count).get(part.get("code", ""), "")


@register.filter
def resumed_words(generation: Generation) -> str:
    """What stands between a run that ended too early and the one that is going on with it."""
    words = {
        "interrupted": _("Interrupted here, then continued"),
        "stopped": _("Stopped here, then continued"),
        "failed": _("Failed here, then continued"),
    }
    return words.get(generation.status, _("Continued"))


@register.filter
def has_thoughts(message: Message) -> bool:
    parts = (part for generation in message.all_generations() for part in generation.parts)
    return any(part["kind"] == "reasoning" and part.get("text") for part in parts)


@register.simple_tag
def all_notices() -> dict[str, str]:
    """Every notice without a number, by code: scripts show them while a reply streams."""
    return notices(0)


def notices(count: int) -> dict[str, str]:
    """By code. Interrupted and withdrawn have no words: what ended an answer is said below it."""
    cut = ngettext(
        "%(count)d earlier message did not fit into the model’s window and was left out.",
        "%(count)d earlier messages did not fit into the model’s window and were left out.",
        count,
    )
    unseen = ngettext(
        "This model was not shown %(count)d earlier picture.",
        "This model was not shown %(count)d earlier pictures.",
        count,
    )
    cut_uncounted = _("Earlier messages did not fit into the model’s window and were left out.")
    return {
        "context_cut": cut % {"count": count} if count else cut_uncounted,
        "unseen": unseen % {"count": count},
        "answered_now": _("You ended the thinking early."),
        "length": _("The answer reached its length limit. Continue goes on from here."),
    }


@register.filter
def part_template(kind: str) -> str:
    """The piece that shows a part. An unknown kind keeps its place and shows nothing."""
    return f"conversations/_part_{kind if kind in SHOWN_PARTS else 'unknown'}.html"


@register.simple_tag
def blank_parts() -> list[dict[str, str]]:
    """One empty part of every kind, for scripts to clone."""
    return [{"kind": kind} for kind in (*SHOWN_PARTS, "unknown")]


@register.simple_tag
def blank_source() -> dict[str, str]:
    return {"title": "", "link": ""}


@register.filter
def source_words(source: Mapping[str, Any]) -> str:
    """What names a web page: its site, else its title, else its address."""
    return str(source.get("media") or source.get("title") or safe_link(source.get("link")))


@register.filter
def safe_link(address: object) -> str:
    """`address` if it leads to a web page, else nothing."""
    text = str(address or "")
    return text if urlsplit(text).scheme in ("http", "https") else ""
