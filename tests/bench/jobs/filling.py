"""Films that the vendor has, and many that were made before."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils.timezone import now

from media_gen.models import Job, State
from zaichat.accounts.models import User

BATCH = 500


def fill(listed: str, made_before: int) -> None:
    """All of them due at once, as after a restart of everything."""
    ada = User.objects.get(username="ada")
    done = [film(ada, state=State.DONE, ended_at=now()) for _ in range(made_before)]
    tasks = json.loads(Path(listed).read_text())
    running = [film(ada, state=State.RUNNING, task_id=task, submitted_at=now()) for task in tasks]
    Job.objects.bulk_create([*done, *running], BATCH)


def film(owner: User, **more: Any) -> Job:
    return Job(owner=owner, command_id=uuid4(), kind="video", model="cogvideox-2", **more)
