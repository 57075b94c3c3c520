"""What we tell django-allauth: who may sign up, how secrets rest, and that endings reach sockets.

allauth calls these hooks on every road (pages, password reset, the admin panel), so the tabs of a
person hear of a logout or a new password whichever way it came.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zaichat.accounts import hints, sealing
from zaichat.accounts.models import Installation


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: sign-up is closed until the owner opens it."""

    error_messages = DefaultAccountAdapter.error_messages | dict.fromkeys(
        ("username_password_mismatch", "email_password_mismatch"),
        _("The user name, e-mail address or password is not right."),
    )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return Installation.current().sign_up_open

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        kick_after_commit(user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        kick_after_commit(user)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets rest encrypted."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Signed-in devices: to end one closes its tabs."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for user in {session.user for session in ended}:
            kick_after_commit(user)


def kick_after_commit(user: Any) -> None:
    """Have the person's sockets look at their session, once what was changed can be seen."""
    transaction.on_commit(partial(hints.kick, user.pk))
