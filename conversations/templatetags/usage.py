"""What an answer used and cost, as one quiet line under it."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.models import Generation, Message
from conversations.templatetags.conversation import model_title

register = template.Library()

SIGNS = {"USD": "$", "CNY": "¥"}
NANO = 1_000_000_000


@register.filter
def details(message: Message) -> str:
    """Model · tokens · seconds · cost of all its runs together, each only where it is known."""
    runs = [run for run in message.all_generations() if not run.is_open]
    if not runs:
        return ""
    facts = [model_title(runs[-1].model), _tokens(runs), _seconds(runs), _cost(runs)]
    return " · ".join(fact for fact in facts if fact)


@register.filter
def details_at_length(message: Message) -> list[tuple[str, str]]:
    """The same taken apart: name and value."""
    runs = [run for run in message.all_generations() if not run.is_open]
    if not runs:
        return []
    named = [
        (_("Model"), model_title(runs[-1].model)),
        (_("Read"), _count(_sum(runs, "prompt"))),
        (_("from the cache"), _count(_sum(runs, "cached"))),
        (_("Written"), _count(_sum(runs, "completion"))),
        (_("of that thinking"), _count(_sum(runs, "reasoning"))),
        (_("First word after"), _first_word(runs[0])),
        (_("Time"), _seconds(runs)),
        (_("Cost"), _cost(runs)),
        (_("Request"), runs[-1].request_ids[-1] if runs[-1].request_ids else ""),
    ]
    return [(name, value) for name, value in named if value]


def _tokens(runs: Sequence[Generation]) -> str:
    read, written = _sum(runs, "prompt"), _sum(runs, "completion")
    return "" if read is None or written is None else _count(read + written)


def _count(tokens: int | None) -> str:
    if tokens is None:
        return ""
    words = ngettext("%(count)s token", "%(count)s tokens", tokens)
    return words % {"count": number_format(tokens, force_grouping=True)}


def _seconds(runs: Sequence[Generation]) -> str:
    total = sum(run.duration_ms or 0 for run in runs) / 1000
    return _in_seconds(total) if total else ""


def _first_word(run: Generation) -> str:
    if run.started_at is None or run.first_token_at is None:
        return ""
    waited = (run.first_token_at - run.started_at).total_seconds()
    return _in_seconds(waited)


def _in_seconds(seconds: float) -> str:
    """To a tenth; nothing takes no time."""
    return _("%(seconds)s s") % {"seconds": number_format(max(seconds, 0.1), 1)}


def _cost(runs: Sequence[Generation]) -> str:
    """With as many digits as it takes to show that a thing was not free."""
    nano = _sum(runs, "cost_nano")
    sign = SIGNS.get((runs[-1].usage or {}).get("currency", ""), "")
    if nano is None or not sign:
        return ""
    amount = nano / NANO
    places = 2 if amount >= 0.01 or amount == 0 else 4 if amount >= 0.0001 else 6
    return f"{sign}{number_format(amount, places)}"


def _sum(runs: Sequence[Generation], name: str) -> int | None:
    """The sum, or None where one run does not know: half a sum would be a lie."""
    values: list[Any] = [(run.usage or {}).get(name) for run in runs]
    return None if None in values else sum(values)
