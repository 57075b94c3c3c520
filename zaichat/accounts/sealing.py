"""Secrets in the database: encrypted with DATA_KEY, readable with any of its older keys."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when no key fits."""
    return _keys().decrypt(sealed.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.DATA_KEYS])
