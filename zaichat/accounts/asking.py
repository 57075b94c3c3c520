"""Who asks, and for which row: what every view begins with."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest

from zaichat.accounts.models import User


def person(request: HttpRequest) -> User:
    """For views that nobody reaches without signing in."""
    return cast(User, request.user)


def uuid_in(text: str) -> UUID | None:
    """The UUID written in `text`, or None, which is no row's key."""
    try:
        return UUID(text)
    except ValueError:
        return None
