"""The first account: made by whoever holds the link that the log prints, and only once."""

from base64 import urlsafe_b64encode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from zaichat.accounts.models import Installation, User


def link() -> str | None:
    """The address that makes the owner's account; None when there is an account."""
    if not is_open():
        return None
    return settings.ALLOWED_ORIGINS[0] + reverse("accounts:welcome", args=[token()])


def token() -> str:
    """Follows from SECRET_KEY, so it is the same after a restart and lies in no file of its own."""
    digest = salted_hmac("zaichat.accounts.welcome", "owner", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def admits(offered: str) -> bool:
    """True for the right token while nobody has an account."""
    return constant_time_compare(offered, token()) and is_open()


def is_open() -> bool:
    return Installation.current().owner_came_at is None and not User.objects.exists()


def create_owner(username: str, email: str, password: str) -> User | None:
    """The owner, a superuser. None when somebody made an account a moment earlier."""
    with transaction.atomic():
        if User.objects.exists() or not Installation.admit_owner():
            return None
        return User.objects.create_superuser(username, email, password)
