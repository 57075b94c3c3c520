"""Wishes, jobs and a vendor in the hands of a test."""

import asyncio
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from media_gen import indexing
from media_gen.jobs import asking, wishes
from media_gen.jobs.port import Looked, NotBrought, Submitted
from media_gen.models import Job, State
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

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


def ask_for_many(pictures: int) -> None:
    """By ada, each with a last word of its own."""
    ada = User.objects.get(username="ada")
    for number in range(pictures):
        wanted(ada, prompt=f"a cat w{number}", parameters={"size": "1024x1024"})


def done(user: User, prompt: str = "a cat", **more: Any) -> Job:
    """A job whose picture is there, as a real file."""
    (job,) = wanted(user, prompt=prompt)
    picture = receive(user, SimpleUploadedFile("cat.png", png()))
    fields = {"state": State.DONE, "result": picture, "ended_at": now(), **more}
    Job.objects.filter(pk=job.pk).update(**fields)
    return Job.objects.get(pk=job.pk)


def stored(user: User, **more: object) -> StoredFile:
    """A row without bytes."""
    fields = {"kind": "image", "name": "cat.png", "media_type": "image/png", "size": 1}
    fields |= {"width": 40, "height": 30, "path": f"aa/{uuid4()}.png", **more}
    return StoredFile.objects.create(owner=user, **fields)


def made(user: User, prompt: str, file: StoredFile | None = None, **more: object) -> Job:
    """A job that is in the gallery and its index."""
    (job,) = wanted(user, prompt=prompt)
    fields = {"state": State.DONE, "result": file or stored(user), "ended_at": now(), **more}
    Job.objects.filter(pk=job.pk).update(**fields)
    indexing.index([Job.objects.get(pk=job.pk)])
    return Job.objects.get(pk=job.pk)


def claimed(job: Job) -> Job:
    """The job as a worker has it that just took it."""
    Job.objects.filter(pk=job.pk).update(due_at=now())
    (taken,) = Job.objects.filter(pk=job.pk).claim(now(), LEASE, 1)
    return taken


__all__ = [
    "ADDRESS",
    "LEASE",
    "NotBrought",
    "Vendor",
    "ask_for_many",
    "claimed",
    "done",
    "made",
    "png",
    "stored",
    "wanted",
]
