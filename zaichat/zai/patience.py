"""How long one call may still be waited for, and what to say when that is over."""

import asyncio
from math import inf

from .errors import Stalled, TimedOut, TooLong, ZaiError
from .types import Timeouts

# Seconds to wait for usage and [DONE] once the model has said that it finished.
AFTER_FINISH = 5.0


class Patience:
    """The time limits of one call. Times are those of the running event loop, in seconds."""

    def __init__(self, timeouts: Timeouts) -> None:
        self._now = asyncio.get_running_loop().time
        self._first = _or_inf(timeouts.first_byte)
        self._idle = _or_inf(timeouts.idle)
        self._until = self._now() + _or_inf(timeouts.total)
        self._alive = False
        self.deadline: float | None = None
        self._wait(inf)

    def begin_attempt(self) -> None:
        """A request goes out; its first real delta is due within `first_byte`."""
        self._alive = False
        self._wait(self._first)

    def begin_whole(self) -> None:
        """A request goes out whose answer comes in one piece, once all of it is written."""
        self._alive = False
        self._wait(inf)

    def sign_of_life(self) -> None:
        """A real delta came; the next is due within `idle`."""
        self._alive = True
        self._wait(self._idle)

    def finishing(self) -> None:
        """Only formalities are missing."""
        self._wait(min(self._idle, AFTER_FINISH))

    def ends_within(self, seconds: float) -> bool:
        """True when the whole call must be over before `seconds` have passed."""
        return self._now() + seconds >= self._until

    def lost(self) -> ZaiError:
        """The error for a deadline that has passed."""
        if self._now() >= self._until:
            return TooLong("the call reached its total time limit")
        if self._alive:
            return Stalled(f"no further delta within {self._idle:g} s")
        return TimedOut(f"no first delta within {self._first:g} s")

    def _wait(self, seconds: float) -> None:
        moment = min(self._now() + seconds, self._until)
        self.deadline = None if moment == inf else moment


def _or_inf(seconds: float | None) -> float:
    return inf if seconds is None else seconds
