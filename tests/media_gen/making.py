"""Wishes, jobs and a vendor in the hands of a test."""

import asyncio
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils.timezone import now
from PIL import Image

from media_gen.jobs import asking, wishes
from media_gen.jobs.port import Looked, NotBrought, Submitted
from media_gen.models import Job
from zaichat.accounts.models import User

ADDRESS = "https://files.example/a.png"
LEASE = timedelta(seconds=30)


def png(width: int = 64, height: int = 48) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


class Vendor:
    """Answers with what the test laid out; an exception is raised. Counts what was asked."""

    def __init__(self) -> None:
        self.submits: list[Submitted | Exception] = []
        self.looks: list[Looked | Exception] = []
        self.bytes: list[bytes | Exception] = []
        self.submitted: list[Job] = []
        self.looked: list[str] = []
        self.brought: list[str] = []
        self.meanwhile: asyncio.Event | None = None

    async def submit(self, job: Job) -> Submitted:
        self.submitted.append(job)
        if self.meanwhile:
            await self.meanwhile.wait()
        return _said(self.submits, Submitted(task_id=f"task-{len(self.submitted)}"))

    async def look(self, task_id: str) -> Looked:
        self.looked.append(task_id)
        return _said(self.looks, Looked("done", ADDRESS))

    async def bring(self, address: str, path: Path) -> None:
        self.brought.append(address)
        path.write_bytes(_said(self.bytes, png()))  # noqa: ASYNC240 - a few bytes


def _said(answers: list[Any], usual: Any) -> Any:
    answer = answers.pop(0) if answers else usual
    if isinstance(answer, Exception):
        raise answer
    return answer


def wanted(user: User, **said: Any) -> list[Job]:
    """Jobs for a picture of a cat, or for what is said."""
    wish = wishes.read(user, {"model": "glm-image", "prompt": "a cat", **said})
    return asking.ask(user, uuid4(), wish)


def claimed(job: Job) -> Job:
    """The job as a worker has it that just took it."""
    Job.objects.filter(pk=job.pk).update(due_at=now())
    (taken,) = Job.objects.filter(pk=job.pk).claim(now(), LEASE, 1)
    return taken


__all__ = ["ADDRESS", "LEASE", "NotBrought", "Vendor", "claimed", "png", "wanted"]
