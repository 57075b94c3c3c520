"""The ledger: what it is asked costs the same however much was ever paid."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from zaichat.accounts import ledger
from zaichat.accounts.ledger import Call, Closing
from zaichat.accounts.models import User


def called(user: User, *, closed: bool) -> Call:
    call = Call(uuid4(), user.pk, "chat", uuid4(), "glm-5.2", "USD")
    ledger.reserve(call, 7)
    if closed:
        ledger.close_all([Closing(call, 5, {"prompt": 1})])
    return call


def plan_of(ask: Callable[[], object]) -> str:
    """How SQLite goes about what `ask` asks."""
    with CaptureQueriesContext(connection) as seen:
        ask()
    (query,) = [one["sql"] for one in seen if "SELECT" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}".replace("%", "%%"))
        return "\n".join(row[-1] for row in cursor.fetchall())


def test_only_what_nothing_closed_is_open(alice: User, mallory: User) -> None:
    waiting, over = called(alice, closed=False), called(alice, closed=True)
    assert ledger.open_calls([waiting.subject, over.subject]) == [waiting]  # type: ignore[list-item]
    assert ledger.running(alice.pk, "chat", now() - timedelta(minutes=1)) == 1
    assert ledger.running(alice.pk, "prompt", now() - timedelta(minutes=1)) == 0
    assert ledger.running(mallory.pk, "chat", now() - timedelta(minutes=1)) == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other planners look at sizes")
def test_a_long_ledger_is_not_read_whole_for_one_subject(alice: User) -> None:
    for plan in (
        plan_of(lambda: ledger.open_calls([uuid4(), uuid4()])),
        plan_of(lambda: ledger.running(alice.pk, "chat", now())),
    ):
        assert "SCAN" not in plan, plan
        assert "call_closed_once" in plan, plan
    assert "ledger_by_subject" in plan_of(lambda: ledger.open_calls([uuid4()]))
