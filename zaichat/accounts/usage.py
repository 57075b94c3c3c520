"""What a person has used since the month began, by their own calendar."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Count, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from zaichat import vendor
from zaichat.accounts import money
from zaichat.accounts.models import Kind, LedgerEntry, User


@dataclass(frozen=True)
class Line:
    """One model in one currency. `unpriced` calls are counted, and are not in the amount."""

    model: str
    currency: str
    calls: int
    unpriced: int
    tokens: int
    amount_nano: int

    @property
    def title(self) -> str:
        """The name people know the model by."""
        return vendor.title_of(self.model)

    @property
    def cost(self) -> str:
        return money.shown(self.amount_nano, self.currency)


def month_began() -> datetime:
    """Midnight on the first, in the active time zone."""
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def of(user: User, since: datetime) -> list[Line]:
    """One line per model and currency, the busiest first. One query."""
    settled = LedgerEntry.objects.visible_to(user).filter(kind=Kind.SETTLE, created_at__gte=since)
    rows = settled.values("model", "currency").annotate(
        calls=Count("pk"),
        unpriced=Count("pk", filter=Q(price_known=False)),
        asked=Sum(_tokens("prompt")),
        answered=Sum(_tokens("completion")),
        amount_nano=Sum("amount_nano"),
    )
    lines = [_line(**row) for row in rows]
    return sorted(lines, key=lambda line: (-line.calls, line.model))


def totals(lines: Iterable[Line]) -> list[str]:
    """What was spent, one text per currency."""
    spent: Counter[str] = Counter()
    for line in lines:
        spent[line.currency] += line.amount_nano
    return [money.shown(amount, currency) for currency, amount in sorted(spent.items())]


def _tokens(kind: str) -> Cast:
    return Cast(KT(f"usage__{kind}"), BigIntegerField())


def _line(*, asked: int | None, answered: int | None, **known: int | str) -> Line:
    return Line(tokens=(asked or 0) + (answered or 0), **known)  # type: ignore[arg-type]
