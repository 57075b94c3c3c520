"""The name a person has towards the vendor: stable, and meaningless to anybody else."""

import hmac
from hashlib import sha256

from django.conf import settings

from zaichat.accounts.models import User

PURPOSE = b"zaichat.pseudonym"


def pseudonym(user: User) -> str:
    """32 hex digits; the vendor's `user_id` allows 6 to 128 characters.

    Made with a key derived from the oldest DATA_KEY, so it survives the arrival of a newer one.
    """
    oldest = settings.DATA_KEYS[-1].encode()
    key = hmac.digest(oldest, PURPOSE, sha256)
    return hmac.new(key, user.pk.bytes, sha256).hexdigest()[:32]
