"""Every time limit of a job, in seconds, in one place; all scaled by `settings.JOB_TIME_SCALE`."""

from dataclasses import dataclass, fields
from datetime import timedelta

from django.conf import settings


@dataclass(frozen=True)
class Times:
    look_first: float = 5.0
    """After it was handed over, until somebody asks for it."""
    look_growth: float = 1.25
    """Each pause between two looks is longer than the last by this factor (not a time)."""
    look_most: float = 30.0
    deadline: float = 1800.0
    """From handing over until we no longer believe in it."""
    silence: float = 86400.0
    """The same while the vendor cannot be asked: it keeps a film for a day."""
    looks_per_second: float = 50.0
    """Of one key, whatever many jobs it has (not a time)."""
    hold: float = 10.0
    """Nobody looks for so long after the vendor found us too busy and named no time."""
    hold_most: float = 300.0
    lease_takes: float = 30.0
    """A worker that has not renewed its claim for so long is believed dead."""
    lease_renewal: float = 8.0
    claim_every: float = 0.5
    """Between two looks for what has become due."""
    again_first: float = 2.0
    """Pause before a request that surely did nothing is sent anew; doubles each time."""
    save_first: float = 10.0
    """Pause before a failed download is tried again; six times as long each time."""
    pass_takes: float = 20.0
    """One pass of a worker over what is due, so that other tasks get their turn."""

    @classmethod
    def scaled(cls, factor: float) -> "Times":
        known = cls()
        whole = {"look_growth", "looks_per_second"}
        return cls(
            **{
                field.name: getattr(known, field.name) * (1 if field.name in whole else factor)
                for field in fields(cls)
            }
        )

    def look_pause(self, tries: int) -> timedelta:
        """Before the look after `tries` looks."""
        seconds = self.look_first * self.look_growth ** min(tries, 50)
        return timedelta(seconds=min(seconds, self.look_most))

    def again_pause(self, tries: int) -> timedelta:
        return timedelta(seconds=min(self.again_first * 2 ** min(tries, 50), self.look_most))

    def save_pause(self, tries: int) -> timedelta:
        return timedelta(seconds=self.save_first * 6**tries)

    @property
    def longest_pause(self) -> timedelta:
        """No job that is not being saved is ever due later than this."""
        return timedelta(seconds=2 * self.hold_most)

    @property
    def longest_save_pause(self) -> timedelta:
        return self.save_pause(SAVE_TRIES - 1)

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.lease_takes)


def times() -> Times:
    return Times.scaled(settings.JOB_TIME_SCALE)


SUBMIT_TRIES = 5
SAVE_TRIES = 6
"""10 s, 1 min, 6 min, 36 min and 3.6 h after the first."""
LOOKS = 10
"""So often a task was looked at before it is too slow, whatever the clock says: it may have been
set, or the machine have slept."""
UNKNOWN_TASKS = 4
"""How often in a row the vendor may say that it knows no such task, before it is believed."""
