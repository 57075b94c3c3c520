"""A picture by its address: fetched by the guarded fetcher, then received as any other file."""

import tempfile

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from zaichat.accounts.models import User
from zaichat.fetching import pace
from zaichat.fetching.fetcher import Bounds, Unfetched, fetch
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

TYPES = ("image/", "application/octet-stream", "binary/octet-stream")
"""How servers say that they send a picture; the bytes decide."""


def bring(user: User, address: str) -> StoredFile:
    """Raises Unfetched, or Unreadable when what came is not taken."""
    if not address:
        raise Unfetched(_("Field “address”: it is missing."))
    pace.count(user.pk)
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        bounds = Bounds(TYPES, settings.FETCH_ORIGINS)
        fetched = async_to_sync(fetch)(address, file, bounds)
        file.seek(0)
        return receive(user, UploadedFile(file, fetched.name or "picture", size=fetched.size))
