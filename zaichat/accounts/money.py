"""Amounts of money as people read them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from zaichat.accounts.ledger import NO_CURRENCY

NANO = 1_000_000_000
SMALLEST = Decimal("0.0001")
SYMBOLS = {"USD": "$", "CNY": "¥"}


def shown(amount_nano: int, currency: str) -> str:
    """`$0.0042`: two decimals from one unit on, four below, never rounded down to nothing."""
    if currency == NO_CURRENCY:
        return _("not billed")
    amount = Decimal(amount_nano) / NANO
    symbol = SYMBOLS.get(currency, f"{currency} ")
    if 0 < amount < SMALLEST:
        return f"< {symbol}{number_format(SMALLEST, 4)}"
    places = 4 if 0 < amount < 1 else 2
    return f"{symbol}{number_format(round(amount, places), places)}"
