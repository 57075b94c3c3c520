"""Links to one file for the vendor, who has no session: they work for a quarter of an hour."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from zaichat.files.models import StoredFile

VALID = timedelta(minutes=15)
_signer = TimestampSigner(salt="zaichat.files.vendor")


def can_link() -> bool:
    """Whether the vendor can reach this house, on a line that nobody else reads."""
    return bool(settings.PUBLIC_URL) and settings.ADDRESSES.secure


def signed_url(stored: StoredFile) -> str:
    """The full address of `stored`, good for VALID from now. Only where `can_link()`."""
    _key, _colon, signature = _signer.sign(str(stored.pk)).partition(":")
    return f"{settings.PUBLIC_URL}{stored.get_absolute_url()}?sig={signature}"


def vouches(signature: str, pk: UUID) -> bool:
    """Whether `signature` was made here for this one file, and is not too old."""
    if not signature or not can_link():
        return False
    try:
        _signer.unsign(f"{pk}:{signature}", max_age=VALID)
    except BadSignature:
        return False
    return True
