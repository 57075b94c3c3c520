"""Secrets do not reach the log."""

import logging
import sys

import pytest
from django.conf import LazySettings

from zaichat.logs import PlainFormatter


def formatted(message: str, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("zaichat", logging.INFO, __file__, 1, message, (), info)
    return PlainFormatter().format(record)


def test_keys_are_taken_out_of_a_line_and_of_a_traceback(settings: LazySettings) -> None:
    settings.ZAI_API_KEY = "4bd1.sEcReT"
    assert "sEcReT" not in formatted("asked with 4bd1.sEcReT")
    assert settings.SECRET_KEY not in formatted(f"key {settings.SECRET_KEY}")
    try:
        raise ValueError("4bd1.sEcReT")
    except ValueError:
        line = formatted("failed", sys.exception())
    assert "sEcReT" not in line
    assert "ValueError" in line


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer hush-hush-123",
        "postgres://zai:hush-hush-123@db/chat",
        "basic hush-hush-123",
    ],
)
def test_tokens_and_passwords_in_addresses_are_hidden(line: str) -> None:
    assert "hush" not in formatted(line)


def test_a_line_without_secrets_stays_as_it_is() -> None:
    assert formatted("turn ended").endswith("INFO zaichat: turn ended")
