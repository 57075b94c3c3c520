"""Which part of a file a request asks for. Source: RFC 9110, sections 13.1.5 and 14."""

import re
from dataclasses import dataclass

ONE = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(Exception):
    """A range that begins behind the end."""


@dataclass(frozen=True, slots=True)
class Range:
    """Bytes `start` up to and without `end`."""

    start: int
    end: int

    def of(self, size: int) -> str:
        """As `Content-Range` says it."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


def wanted(said: str, size: int) -> Range | None:
    """The one range that a `Range` header names, in a file of `size` bytes.

    None where the whole is to be sent: no range, several, or words we do not understand. Raises
    Unsatisfiable.
    """
    match = ONE.fullmatch(said)
    first, last = match.groups() if match else ("", "")
    if not (first or last) or (first and last and int(last) < int(first)):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        raise Unsatisfiable
    return Range(start, end)
