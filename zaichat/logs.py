"""How log lines look, and what never appears in them.

The text of messages is not logged anywhere; keys are taken out here as a last line of defence,
also from tracebacks.
"""

import logging
import re

from django.conf import settings

AUTHORIZATION = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
PASSWORD_IN_URL = re.compile(r"(://[^\s:/@]*):[^\s/@]+@")
HIDDEN = "[hidden]"


class PlainFormatter(logging.Formatter):
    """`2026-01-31 12:00:00 INFO logger: message`, without secrets."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def without_secrets(line: str) -> str:
    for secret in (settings.ZAI_API_KEY, settings.SECRET_KEY, *settings.DATA_KEYS):
        if secret:
            line = line.replace(secret, HIDDEN)
    line = AUTHORIZATION.sub(rf"\1 {HIDDEN}", line)
    return PASSWORD_IN_URL.sub(rf"\1:{HIDDEN}@", line)
