"""Who asks."""

from typing import cast

from django.http import HttpRequest

from zaichat.accounts.models import User


def person(request: HttpRequest) -> User:
    """For views that nobody reaches without signing in."""
    return cast(User, request.user)
