"""JSON from browsers, whose texts may hold half a character."""

import json
import re
from typing import Any

import orjson

LONE = re.compile("[\ud800-\udfff]")


def read(said: str | bytes) -> Any:
    """What `said` means, see `loads`; None where it is no JSON."""
    try:
        return loads(said)
    except (ValueError, RecursionError):
        return None


def loads(said: str | bytes) -> Any:
    """What `said` means; half a character (a lone surrogate, which no text can hold) is U+FFFD.

    Raises ValueError where it is no JSON, RecursionError where it is too deep.
    """
    try:
        return orjson.loads(said)
    except orjson.JSONDecodeError:
        if b"\\ud" not in (said.encode() if isinstance(said, str) else said).lower():
            raise
    halves = json.dumps(json.loads(said), ensure_ascii=False)  # pairs are whole by now
    return orjson.loads(LONE.sub("\ufffd", halves))
