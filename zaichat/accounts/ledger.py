"""The ledger: every paid call reserves before it is made and is closed once after it.

Amounts are integers in billionths of a currency; `None` means the price is not known. Closing a
call twice, or reserving it twice, changes nothing: the database allows one line of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from zaichat.accounts.models import Kind, LedgerEntry, LedgerEntryQuerySet

NO_CURRENCY = "XXX"
"""ISO 4217: no currency involved. Calls to a stand-in or an unbilled server."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that may cost money. `subject` is the generation or job it serves."""

    id: UUID
    owner: UUID
    purpose: str
    subject: UUID | None
    model: str
    currency: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What a call came to. Without a usage it cost nothing and is refunded."""

    call: Call
    amount_nano: int | None
    usage: dict[str, Any] | None
    estimated: bool = False


def reserve(call: Call, amount_nano: int | None) -> None:
    """Set aside what the call may cost at most, before it is made."""
    _line(call, Kind.RESERVE, amount_nano).save(force_insert=True)


def close_all(closings: Iterable[Closing]) -> None:
    """Close each reservation with what its call cost; one that is closed already stays so."""
    lines = [
        _line(
            closing.call,
            Kind.REFUND if closing.usage is None else Kind.SETTLE,
            closing.amount_nano,
            usage=closing.usage,
            estimated=closing.estimated,
        )
        for closing in closings
    ]
    LedgerEntry.objects.bulk_create(lines, ignore_conflicts=True)


def cost_of(call: UUID) -> int | None:
    """What a closed call came to, in billionths; None where that is not known."""
    line = LedgerEntry.objects.filter(call=call).exclude(kind=Kind.RESERVE).first()
    return line.amount_nano if line and line.price_known else None


def open_calls(subjects: Iterable[UUID]) -> list[Call]:
    """Reservations for these subjects that nothing has closed yet."""
    lines = LedgerEntry.objects.filter(subject__in=list(subjects))
    return [call_of(line) for line in _open(lines)]


def running(owner: UUID, purpose: str, since: datetime) -> int:
    """How many calls of a person for this are under way, of those begun since then."""
    lines = LedgerEntry.objects.filter(owner_id=owner, purpose=purpose, created_at__gte=since)
    return _open(lines).count()


def open_since(
    before: datetime, purposes: Iterable[str], *, but_not_for: QuerySet[Any]
) -> list[Call]:
    """Reservations made before that moment which nothing closed, but for these subjects."""
    lines = LedgerEntry.objects.filter(purpose__in=list(purposes), created_at__lt=before)
    return [call_of(line) for line in _open(lines.exclude(subject__in=but_not_for))]


def _open(lines: LedgerEntryQuerySet) -> LedgerEntryQuerySet:
    """The reservations among them that nothing has closed. Asked for each by itself: a list of all
    that is closed would be the whole ledger."""
    closed = LedgerEntry.objects.filter(call=OuterRef("call")).exclude(kind=Kind.RESERVE)
    return lines.filter(~Exists(closed), kind=Kind.RESERVE)


def call_of(line: LedgerEntry) -> Call:
    return Call(line.call, line.owner_id, line.purpose, line.subject, line.model, line.currency)


def _line(call: Call, kind: Kind, amount_nano: int | None, **details: Any) -> LedgerEntry:
    return LedgerEntry(
        owner_id=call.owner,
        call=call.id,
        kind=kind,
        purpose=call.purpose,
        subject=call.subject,
        model=call.model,
        amount_nano=amount_nano or 0,
        price_known=amount_nano is not None,
        currency=call.currency,
        **details,
    )
