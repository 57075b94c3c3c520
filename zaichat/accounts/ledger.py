"""The ledger: every paid call reserves before it is made and is closed once after it.

Amounts are integers in billionths of a currency; `None` means the price is not known. Closing a
call twice, or reserving it twice, changes nothing: the database allows one line of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zaichat.accounts.models import Kind, LedgerEntry

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


def reserve(call: Call, amount_nano: int | None) -> None:
    """Set aside what the call may cost at most, before it is made."""
    _line(call, Kind.RESERVE, amount_nano)


def settle(
    call: Call, amount_nano: int | None, usage: dict[str, Any] | None, *, estimated: bool = False
) -> bool:
    """Close the reservation with what the call cost. False when it was closed before."""
    return _close(call, Kind.SETTLE, amount_nano, usage=usage, estimated=estimated)


def refund(call: Call) -> bool:
    """Close the reservation with nothing: the call was not made, or is known to be free."""
    return _close(call, Kind.REFUND, 0)


def open_calls(subjects: Iterable[UUID]) -> list[Call]:
    """Reservations for these subjects that nothing has closed yet."""
    closed = LedgerEntry.objects.exclude(kind=Kind.RESERVE).values("call")
    lines = LedgerEntry.objects.filter(subject__in=list(subjects), kind=Kind.RESERVE)
    return [call_of(line) for line in lines.exclude(call__in=closed)]


def call_of(line: LedgerEntry) -> Call:
    return Call(line.call, line.owner_id, line.purpose, line.subject, line.model, line.currency)


def _close(call: Call, kind: Kind, amount_nano: int | None, **details: Any) -> bool:
    try:
        with transaction.atomic():
            _line(call, kind, amount_nano, **details)
    except IntegrityError:
        return False
    return True


def _line(call: Call, kind: Kind, amount_nano: int | None, **details: Any) -> None:
    LedgerEntry.objects.create(
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
