"""Every time limit of the engine, in seconds, in one place.

All of them are multiplied by `settings.ENGINE_TIME_SCALE`, so that tests run the same relations
in a fraction of the time. The relations that must hold: a heartbeat is saved many times before
it counts as cold, and a remote follower polls faster than a run is saved.
"""

from dataclasses import asdict, dataclass

from django.conf import settings


@dataclass(frozen=True)
class Times:
    save_every: float = 1.0
    """Between two saves of a running reply; also the most text a crash can cost."""
    gather_saves: float = 0.02
    """How long an urgent save waits for others that come right after it."""
    frame_every: float = 0.033
    """The least time between two frames to one reader, after the first."""
    look_for_requests_every: float = 0.25
    """Between two looks at stop and answer-now flags set by other processes."""
    row_poll_every: float = 0.25
    """Between two looks at a row that another process writes."""
    sweep_every: float = 1.0
    """Between two looks for waiting turns that nobody starts, and for dead runs."""
    heartbeat_cold_after: float = 30.0
    """Many missed saves; a busy event loop is not a dead one."""
    ack_progress_within: float = 30.0
    """How long a reader may leave a full window unacknowledged."""
    shutdown_within: float = 6.0
    """How long an orderly end waits for the last saves."""
    session_check_every: float = 5.0
    """How old the knowledge that a session is still signed in may get."""
    turn_at_most: float = 600.0
    """The longest a whole turn may take."""

    @classmethod
    def scaled(cls, factor: float) -> "Times":
        return cls(**{name: seconds * factor for name, seconds in asdict(cls()).items()})


def times() -> Times:
    return Times.scaled(settings.ENGINE_TIME_SCALE)
