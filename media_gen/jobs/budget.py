"""How often one key may ask how its tasks stand: a budget that all workers share, by the rows."""

from datetime import datetime, timedelta

from django.utils.timezone import now

from media_gen.jobs.times import Times
from media_gen.models import Job, State
from zaichat.models import Due

HOLD = "media looks"
"""Due when looks may go on."""


def look_pause(job: Job, limits: Times) -> timedelta:
    """Until the next look at `job`: its own growing pause, longer where many jobs share the key."""
    crowd = Job.objects.moving().filter(state=State.RUNNING).count()
    shared = timedelta(seconds=crowd / limits.looks_per_second)
    return min(max(limits.look_pause(job.tries), shared), limits.longest_pause)


def hold(limits: Times, after: float | None) -> None:
    """The vendor found us too busy: nobody looks for the time that it named, or for a while."""
    seconds = min(limits.hold if after is None else after, limits.hold_most)
    until = now() + timedelta(seconds=seconds)
    Due.objects.get_or_create(name=HOLD, defaults={"at": until})
    Due.objects.filter(name=HOLD, at__lt=until).update(at=until)


def is_held(limits: Times, at: datetime) -> bool:
    """What lies further away than any hold is left from before the clock was set."""
    latest = at + timedelta(seconds=limits.hold_most)
    return Due.objects.filter(name=HOLD, at__gt=at, at__lte=latest).exists()
