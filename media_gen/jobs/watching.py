"""Where no Redis carries hints, the hints of a worker reach no browser: each web process looks at
the rows of those who have a page open."""

from collections.abc import Collection
from uuid import UUID

from media_gen.models import Job, State
from zaichat.accounts import hints
from zaichat.db import in_db

Known = dict[UUID, tuple[UUID, str]]
"""Job -> its owner, and how it stands."""

LOOK_EVERY = 0.5
"""Seconds."""


class Watch:
    """What moved at the last look, so that the next one finds what has changed."""

    def __init__(self) -> None:
        self._known: Known = {}

    async def look(self, people: Collection[UUID]) -> None:
        """Hint at each job of `people` that stands otherwise than before, or has ended."""
        moving = await in_db(_moving, people) if people else {}
        before, self._known = self._known, moving
        for key, (owner, state) in before.items():
            if owner in people and moving.get(key, (owner, ""))[1] != state:
                await hints.ahint(owner, "job", key)


def _moving(people: Collection[UUID]) -> Known:
    rows = Job.objects.moving().filter(owner_id__in=people)
    running = {State.SUBMITTING: State.RUNNING}
    found = rows.values_list("pk", "owner_id", "state")
    return {key: (owner, running.get(State(state), state)) for key, owner, state in found}
