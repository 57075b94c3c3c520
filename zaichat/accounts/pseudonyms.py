"""The name a person has towards the vendor: stable, and meaningless to anybody else."""

import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

PURPOSE = b"zaichat.pseudonym"


def pseudonym(user_id: UUID) -> str:
    """32 hex digits; the vendor's `user_id` allows 6 to 128 characters.

    Made with a key derived from the oldest DATA_KEY, so it survives the arrival of a newer one.
    """
    oldest = settings.DATA_KEYS[-1].encode()
    key = hmac.digest(oldest, PURPOSE, sha256)
    return hmac.new(key, user_id.bytes, sha256).hexdigest()[:32]
