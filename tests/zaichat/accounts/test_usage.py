"""What somebody used this month, and how money is written."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from zaichat.accounts import ledger, money, usage
from zaichat.accounts.models import LedgerEntry, User


def spend(person: User, nano: int | None, model: str = "glm-4.6", currency: str = "USD") -> None:
    call = ledger.Call(uuid4(), person.pk, "answer", None, model, currency)
    ledger.reserve(call, 10**9)
    ledger.close_all([ledger.Closing(call, nano, {"prompt": 100, "completion": 20})])


@pytest.mark.django_db
def test_settled_calls_are_added_up_by_model_and_currency(alice: User) -> None:
    spend(alice, 2_000_000)
    spend(alice, 3_000_000)
    spend(alice, None, model="glm-new")
    spend(alice, 700_000_000, currency="CNY")
    lines = usage.of(alice, usage.month_began())
    found = {(line.model, line.currency): line for line in lines}
    dollars = found["glm-4.6", "USD"]
    assert (dollars.calls, dollars.tokens, dollars.amount_nano) == (2, 240, 5_000_000)
    assert (found["glm-new", "USD"].unpriced, found["glm-new", "USD"].amount_nano) == (1, 0)
    assert usage.totals(lines) == ["¥0.7000", "$0.0050"]


@pytest.mark.django_db
def test_other_people_last_month_and_open_reservations_do_not_count(alice: User) -> None:
    spend(factories.person("bob"), 1)
    ledger.reserve(ledger.Call(uuid4(), alice.pk, "answer", None, "glm-4.6", "USD"), 1)
    spend(alice, 1)
    old = usage.month_began() - timedelta(seconds=1)
    LedgerEntry.objects.filter(owner=alice, kind="settle").update(created_at=old)
    assert usage.of(alice, usage.month_began()) == []


def test_a_month_begins_at_the_persons_midnight() -> None:
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        began = usage.month_began()
    assert (began.day, began.hour) == (1, 0)
    assert began.utcoffset() == timedelta(hours=8)
    assert began <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("nano", "currency", "text"),
    [
        (0, "USD", "$0.00"),
        (1, "USD", "< $0.0001"),
        (4_200_000, "USD", "$0.0042"),
        (999_999_999, "CNY", "¥1.0000"),
        (12_400_000_000, "CNY", "¥12.40"),
        (5_000_000_000, "EUR", "EUR 5.00"),
        (5, "XXX", "not billed"),
    ],
)
def test_money_is_never_rounded_down_to_nothing(nano: int, currency: str, text: str) -> None:
    assert money.shown(nano, currency) == text


@pytest.mark.django_db
def test_the_settings_page_shows_it(at_alices: Client, alice: User) -> None:
    spend(alice, 4_200_000)
    page = at_alices.get("/settings/").content.decode()
    assert "$0.0042" in page
    assert "GLM-4.6" in page
