"""What is said of a model in the list people choose from."""

from django import template
from django.utils.translation import gettext as _

from zaichat.zai.catalog import Model

register = template.Library()


@register.filter
def model_facts(model: Model) -> str:
    """What it can do, how much it reads, what it costs; each only where it is known."""
    facts = [_ability(model), _window(model), _price(model)]
    return " · ".join(fact for fact in facts if fact)


def _ability(model: Model) -> str:
    if model.name == "local-demo":
        return _("Runs on this computer, English only")
    if "image" in model.modalities:
        return _("Sees pictures")
    if model.thinking != "none":
        return _("Thinks before it answers")
    return _("Answers at once")


def _window(model: Model) -> str:
    if not model.known or not model.context:
        return ""
    return _("%(count)dk tokens") % {"count": round(model.context / 1000)}


def _price(model: Model) -> str:
    """Of a million tokens, read and written, in the first currency that is known."""
    for currency, sign in (("USD", "$"), ("CNY", "¥")):
        price = model.prices.get(currency)
        if price is None:
            continue
        if not price.input and not price.output:
            return _("free")
        read, written = (f"{sign}{amount / 1000:g}" for amount in (price.input, price.output))
        return _("%(read)s in, %(written)s out per million") % {"read": read, "written": written}
    return ""
