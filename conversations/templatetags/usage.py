"""What an answer used and cost, as one quiet line under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.models import Generation, Message, Status
from conversations.templatetags.conversation import model_title
from zaichat.zai import catalog

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


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the details; `is_part`: it is contained in the line before it."""

    name: str
    value: str
    is_part: bool = False


@register.filter
def facts(message: Message) -> list[Fact]:
    """The same taken apart, each only where it is known."""
    runs = [run for run in message.all_generations() if not run.is_open]
    if not runs:
        return []
    is_about = _is_estimated(runs)
    named = [
        Fact(_("Model"), model_title(runs[-1].model)),
        Fact(_("Asked"), _count(_sum(runs, "prompt"), is_about=is_about)),
        Fact(_("from the cache"), _number(_sum(runs, "cached")), is_part=True),
        Fact(_("Answered"), _tokens(runs)),
        Fact(_("thinking"), _number(_sum(runs, "reasoning")), is_part=True),
        Fact(_("First word"), _first_word(runs[0])),
        Fact(_("In all"), _seconds(runs)),
        Fact(_("Continued"), _resumed(runs)),
        Fact(_("Cost"), _cost(runs)),
        Fact(_("thinking"), _cost_of_thinking(runs), is_part=True),
    ]
    return [fact for fact in named if fact.value]


@register.filter
def last_request(message: Message) -> str:
    """The vendor's name of the last request for this answer."""
    named = [run.request_ids[-1] for run in message.all_generations() if run.request_ids]
    return str(named[-1]) if named else ""


def _tokens(runs: Sequence[Generation]) -> str:
    """Of the answer; what it read to give it stands in the details."""
    return _count(_sum(runs, "completion"), is_about=_is_estimated(runs))


def _count(tokens: int | None, *, is_about: bool = False) -> str:
    if tokens is None:
        return ""
    words = ngettext("%(count)s token", "%(count)s tokens", tokens)
    if is_about:
        words = ngettext("about %(count)s token", "about %(count)s tokens", tokens)
    return words % {"count": number_format(tokens, force_grouping=True)}


def _number(tokens: int | None) -> str:
    return "" if tokens is None else number_format(tokens, force_grouping=True)


def _is_estimated(runs: Sequence[Generation]) -> bool:
    """The API did not count one of them to its end."""
    return any((run.usage or {}).get("estimated") for run in runs)


def _seconds(runs: Sequence[Generation]) -> str:
    total = sum(run.duration_ms or 0 for run in runs) / 1000
    return _in_seconds(total) if total else ""


def _resumed(runs: Sequence[Generation]) -> str:
    """After what it was gone on with, once for every time."""
    words = {
        Status.INTERRUPTED: _("after an interruption"),
        Status.STOPPED: _("after it was stopped"),
        Status.FAILED: _("after an error"),
    }
    ends = [words.get(Status(run.status), _("after its end")) for run in runs[:-1]]
    return _(", ").join(ends)


def _first_word(run: Generation) -> str:
    if run.started_at is None or run.first_token_at is None:
        return ""
    waited = (run.first_token_at - run.started_at).total_seconds()
    return _in_seconds(waited)


def _in_seconds(seconds: float) -> str:
    """To a tenth; nothing takes no time."""
    return _("%(seconds)s s") % {"seconds": number_format(max(seconds, 0.1), 1)}


def _cost(runs: Sequence[Generation]) -> str:
    amount = _amount(_sum(runs, "cost_nano"), _currency(runs))
    if not amount or not _is_estimated(runs):
        return amount
    return _("about %(amount)s") % {"amount": amount}


def _cost_of_thinking(runs: Sequence[Generation]) -> str:
    """At today's price of each model; thinking is billed like what is written."""
    if not _sum(runs, "reasoning") or _sum(runs, "cost_nano") is None:
        return ""
    prices = [catalog.find(run.model).prices.get(_currency(runs)) for run in runs]
    spent = [
        price and price.output * (run.usage or {})["reasoning"]
        for price, run in zip(prices, runs, strict=True)
    ]
    return "" if None in spent else _amount(sum(amount or 0 for amount in spent), _currency(runs))


def _currency(runs: Sequence[Generation]) -> str:
    return str((runs[-1].usage or {}).get("currency", ""))


def _amount(nano: int | None, currency: str) -> str:
    """With as many digits as it takes to show that a thing was not free."""
    sign = SIGNS.get(currency, "")
    if nano is None or not sign:
        return ""
    amount = nano / NANO
    places = 2 if amount >= 0.01 or amount == 0 else 4 if amount >= 0.0001 else 6
    return f"{sign}{number_format(amount, places)}"


def _sum(runs: Sequence[Generation], name: str) -> int | None:
    """The sum, or None where one run does not know: half a sum would be a lie."""
    values: list[Any] = [(run.usage or {}).get(name) for run in runs]
    return None if None in values else sum(values)
