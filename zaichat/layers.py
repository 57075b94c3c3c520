"""The layer that carries hints inside one process, where there is no Redis."""

import time

from channels.layers import InMemoryChannelLayer

CLEAN_EVERY = 5.0  # seconds


class LocalChannelLayer(InMemoryChannelLayer):
    """As Channels' own, without a walk through every open channel on each message that is sent.

    Hints that nobody took are forgotten a few seconds later than they could be.
    """

    _cleaned_at = 0.0

    def _clean_expired(self) -> None:
        if time.monotonic() - self._cleaned_at >= CLEAN_EVERY:
            self._cleaned_at = time.monotonic()
            super()._clean_expired()
