"""How long one call may still be waited for, and what to say when that is over."""

import asyncio
from math import inf
from types import TracebackType

from .errors import Stalled, TimedOut, TooLong, ZaiError
from .types import Timeouts

# Seconds to wait for usage and [DONE] once the model has said that it finished.
AFTER_FINISH = 5.0


class Patience:
    """The time limits of one call; close it when the call is over.

    `with patience:` around an await raises TimeoutError when the deadline passes meanwhile. It
    does what asyncio.timeout_at does, but keeps one timer for the whole call and looks at the
    deadline when that rings, instead of setting a timer for every read: a stream is read
    thousands of times, and timers were a fifth of its cost.
    """

    def __init__(self, timeouts: Timeouts) -> None:
        self._loop = asyncio.get_running_loop()
        self._now = self._loop.time
        self._first = _or_inf(timeouts.first_byte)
        self._idle = _or_inf(timeouts.idle)
        self._until = self._now() + _or_inf(timeouts.total)
        self._deadline = self._until
        self._alive = False
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at = inf
        self._waiting: asyncio.Task[object] | None = None
        self._cancelled_before = 0
        self._rang = False

    def begin_attempt(self) -> None:
        """A request goes out; its first real delta is due within `first_byte`."""
        self._alive = False
        self._deadline = min(self._now() + self._first, self._until)

    def begin_whole(self) -> None:
        """A request goes out whose answer comes in one piece, once all of it is written."""
        self._alive = False
        self._deadline = self._until

    def sign_of_life(self, finished: bool = False) -> None:
        """A real delta came; the next is due within `idle`. Once the model has `finished`, only
        formalities are missing, which may take `AFTER_FINISH` at most."""
        self._alive = True
        patience = min(self._idle, AFTER_FINISH) if finished else self._idle
        self._deadline = min(self._now() + patience, self._until)

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

    def close(self) -> None:
        """The call is over: no timer stays behind."""
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def __enter__(self) -> None:
        task = asyncio.current_task()
        self._waiting = task
        self._cancelled_before = task.cancelling() if task else 0
        if self._deadline < self._rings_at:
            self._set_timer()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        task, self._waiting = self._waiting, None
        if not (self._rang and task):
            return
        self._rang = False
        # The owner of the task may have cancelled it in the same moment; that goes first.
        if task.uncancel() <= self._cancelled_before and kind is asyncio.CancelledError:
            raise TimeoutError

    def _set_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._rings_at = self._deadline
        self._timer = self._loop.call_at(self._deadline, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._rings_at = inf
        if self._waiting is None:
            return
        if self._now() < self._deadline:
            self._set_timer()
        else:
            self._rang = True
            self._waiting.cancel()


def _or_inf(seconds: float | None) -> float:
    return inf if seconds is None else seconds
