"""What the context gauge is told: how much the talk takes of a model's window, and what it cost."""

from typing import TYPE_CHECKING

from django import template
from django.db.models import BigIntegerField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from conversations.models import Conversation, Generation, Message
from zaichat import vendor
from zaichat.accounts.ledger import NO_CURRENCY

if TYPE_CHECKING:
    from zaichat.accounts.models import User

register = template.Library()


@register.simple_tag
def weight(message: Message) -> SafeString | str:
    """As data attributes of an answer that has ended; each only where it is known."""
    latest = message.latest
    if latest is None or latest.is_open:
        return ""
    costs = [(run.usage or {}).get("cost_nano") for run in message.all_generations()]
    known = {"context": latest.options.get("context"), "cost": sum(cost or 0 for cost in costs)}
    told = ((name, value) for name, value in known.items() if value is not None)
    return format_html_join("", ' data-{}="{}"', told)


@register.simple_tag
def billing_currency() -> str:
    """ISO 4217; "" where nobody bills."""
    currency = vendor.currency()
    return "" if currency == NO_CURRENCY else currency


@register.simple_tag
def spent(user: "User", conversation: Conversation | None) -> int:
    """Billionths of the currency for everything answered in it, in all its versions. One query."""
    currency = billing_currency()
    if not conversation or not currency:
        return 0
    answers = Generation.objects.visible_to(user).filter(message__conversation=conversation)
    cost = Cast(KeyTextTransform("cost_nano", "usage"), BigIntegerField())
    billed = answers.filter(usage__currency=currency)
    return int(billed.aggregate(nano=Sum(cost))["nano"] or 0)
