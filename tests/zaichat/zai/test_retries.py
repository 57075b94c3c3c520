"""Pauses between attempts. Which attempts there are is counted in test_attempts.py."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaichat.zai import errors, retries
from zaichat.zai.refusals import refused

CHANCE = st.floats(0, 1, exclude_max=True)


@given(attempt=st.integers(0, 20), chance=CHANCE)
def test_pauses_grow_and_stay_below_eight_seconds(attempt: int, chance: float) -> None:
    largest = min(2.0**attempt, 8.0)
    assert largest / 2 <= retries.pause(attempt, None, chance) <= largest


@given(after=st.floats(0, 60), chance=CHANCE)
def test_the_servers_wish_is_never_undercut(after: float, chance: float) -> None:
    assert after <= retries.pause(0, after, chance) <= after * 1.1 + 0.25


NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2", 2.0),
        (" 2.5 ", 2.5),
        ("0", 0.0),
        ("86400", 86400.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 13:00:30 +0100", 30.0),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("٣", None),
        ("1.2.3", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert retries.retry_after(header, NOW) == seconds


def test_a_minute_is_waited_for_and_more_is_not() -> None:
    assert retries.may_repeat(refused("1302", "", status=429, after=60))
    assert not retries.may_repeat(refused("1302", "", status=429, after=61))


@pytest.mark.parametrize(
    "error",
    [
        errors.ConnectionLost(),
        errors.StreamCut(),
        errors.TimedOut(),
        errors.Stalled(),
        errors.TooLong(),
        errors.BadAnswer(),
    ],
)
def test_what_may_have_been_paid_is_never_repeated(error: errors.ZaiError) -> None:
    assert not retries.may_repeat(error)


def test_what_never_left_may_be_repeated() -> None:
    assert retries.may_repeat(errors.ConnectionFailed())
