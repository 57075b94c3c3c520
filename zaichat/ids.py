"""Identifiers the outside may see: UUIDv7, made by the server.

They sort roughly by time, which keeps indexes compact; nothing in the code relies on that order.
"""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562, section 5.7)."""
    return uuid7()
