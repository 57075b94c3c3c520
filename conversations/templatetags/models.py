"""What is said of a model in the list people choose from."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.engine.prompt import room_for_talk
from conversations.templatetags.conversation import model_title
from zaichat import vendor
from zaichat.zai.catalog import Model, Price
from zaichat.zai.thinking import efforts_of

register = template.Library()

SIGNS = {"USD": "$", "CNY": "¥"}
CHEAP = {"USD": 1_200, "CNY": 3_000}
"""Nano-units of a written token up to which a model counts as cheap."""


@register.filter
def model_groups(models: Sequence[Model]) -> list[tuple[str, list[Model]]]:
    """Under headings, each in the order of the catalog; a short list needs none."""
    if len(models) < 4:
        return [("", list(models))]
    groups: dict[str, list[Model]] = {
        _("Newest first"): [],
        _("Sees pictures"): [],
        _("Quick and cheap"): [],
        _("Earlier models"): [],
        _("Other models"): [],
    }
    for model in models:
        groups[_group(model)].append(model)
    return [(heading, listed) for heading, listed in groups.items() if listed]


def _group(model: Model) -> str:
    if not model.known:
        return _("Other models")
    if "image" in model.modalities:
        return _("Sees pictures")
    if _is_cheap(model):
        return _("Quick and cheap")
    return _("Newest first") if model.thinking != "none" else _("Earlier models")


@register.filter
def model_strengths(model: Model) -> str:
    """One line: what it is good at, and whether it thinks."""
    if not model.known:
        return _("Not in our list: its limits and its price are not known")
    if model.name == vendor.LOCAL:
        return _("Runs on this computer, English only")
    return " · ".join((_ability(model), _thought(model)))


@register.filter
def model_facts(model: Model) -> str:
    """How much it reads and what it costs; each only where it is known."""
    facts = [_window(model) if model.known else "", _price(model)]
    return " · ".join(fact for fact in facts if fact)


@register.filter
def model_data(model: Model) -> list[tuple[str, Any]]:
    """What scripts need to know of it, as data attributes."""
    known = {
        "model": model.name,
        "title": model_title(model.name),
        "thinking": model.thinking,
        "efforts": " ".join(efforts_of(model)),
        "context": model.context,
        "room": room_for_talk(model),
        "known": "yes" if model.known else "",
        "sees": "yes" if "image" in model.modalities else "",
        "films": model.max_films or "",
    }
    return list(known.items())


def _ability(model: Model) -> str:
    if "video" in model.modalities:
        return _("Sees pictures and films")
    if "image" in model.modalities:
        return _("Sees pictures")
    if model.context >= 1_000_000:
        return _("Reads very long texts")
    if _is_cheap(model):
        return _("For everyday questions")
    return _("For hard questions") if model.thinking != "none" else _("For simple tasks")


def _thought(model: Model) -> str:
    words = {
        "auto": _("thinks when it helps"),
        "always": _("thinks before every answer"),
        "forced": _("always thinks"),
    }
    return words.get(model.thinking, _("answers at once"))


def _window(model: Model) -> str:
    """In the steps that a language counts in: Chinese has one for ten thousand, none below."""
    if model.context < 10_000:
        words = ngettext("%(count)s token", "%(count)s tokens", model.context)
        return words % {"count": number_format(model.context, force_grouping=True)}
    millions, thousands = _round(model.context / 1e6), str(round(model.context / 1e3))
    words = _("{millions}M tokens") if model.context >= 1_000_000 else _("{thousands}k tokens")
    myriads = _round(model.context / 1e4)
    return words.format(millions=millions, thousands=thousands, myriads=myriads)


def _round(number: float) -> str:
    """With one decimal, unless that is a nought."""
    return number_format(round(number, 1), 0 if round(number, 1).is_integer() else 1)


def _price(model: Model) -> str:
    """Of a million tokens, read and written, in the currency of the platform."""
    currency, price = _billed(model)
    if price is None:
        return ""
    if not price.input and not price.output:
        return _("free")
    read, written = (_amount(nano, currency) for nano in (price.input, price.output))
    return _("%(read)s in, %(written)s out per million") % {"read": read, "written": written}


def _amount(nano: int, currency: str) -> str:
    """Of a million tokens at so many billionths each: at least two decimals, or none."""
    places = 0 if nano % 1000 == 0 else 2 if nano % 10 == 0 else 3
    return f"{SIGNS[currency]}{number_format(nano / 1000, places)}"


def _is_cheap(model: Model) -> bool:
    currency, price = _billed(model)
    return price is not None and price.output <= CHEAP[currency]


def _billed(model: Model) -> tuple[str, Price | None]:
    """Where nobody is known to bill, the first price there is."""
    here = vendor.currency()
    currencies = [here] if here in SIGNS else list(SIGNS)
    priced = [currency for currency in currencies if currency in model.prices]
    currency = priced[0] if priced else currencies[0]
    return currency, model.prices.get(currency)
