"""Links to one file for the vendor, who has no session: they work for a quarter of an hour."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from zaichat.files.models import StoredFile

VALID = timedelta(minutes=15)
FETCHED = frozenset({"mp4", "mov", "mkv"})
"""Films that the API takes by an address. Source: chat completions, content part `video_url`."""

_signer = TimestampSigner(salt="zaichat.files.vendor")


def can_link() -> bool:
    """Whether the vendor can reach this house, on a line that nobody else reads."""
    return bool(settings.PUBLIC_URL) and settings.ADDRESSES.secure


def can_be_fetched(film: StoredFile) -> bool:
    """Whether the vendor can fetch `film`, and takes its format."""
    return can_link() and film.origin.get("format") in FETCHED


def signed_url(stored: StoredFile) -> str:
    """The full address of `stored`, good for VALID from now. Only where `can_link()`."""
    _key, _colon, signature = _signer.sign(str(stored.pk)).partition(":")
    name = f"file.{stored.name.rpartition('.')[2]}"  # the API looks at the ending
    place = reverse("files:named", args=[stored.pk, name])
    return f"{settings.PUBLIC_URL}{place}?sig={signature}"


def vouches(signature: str, pk: UUID) -> bool:
    """Whether `signature` was made here for this one file, and is not too old."""
    if not signature or not can_link():
        return False
    try:
        _signer.unsign(f"{pk}:{signature}", max_age=VALID)
    except BadSignature:
        return False
    return True
