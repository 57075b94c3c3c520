"""Writes a large gallery in seconds: many rows over few files."""

import random
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from media_gen import indexing
from media_gen.models import Job, State
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

SHAPES = ((1024, 1024), (1536, 1024), (1024, 1536), (1728, 960))
WORDS = (
    "一只橙色的猫在海边",
    "a red door in the rain",
    "橙色的山，清晨",
    "paper boats, soft light",
)
RARE = "龙井茶园"
BATCH = 500


def fill(count: int) -> None:
    ada, chance = User.objects.get(username="ada"), random.Random(7)
    files = [painted(ada, shape, number) for number, shape in enumerate(SHAPES * 4)]
    for start in range(0, count, BATCH):
        jobs = [job(ada, chance, files, count - number) for number in range(start, start + BATCH)]
        Job.objects.bulk_create(jobs)
        indexing.index(jobs)


def painted(owner: User, shape: tuple[int, int], number: int) -> StoredFile:
    file = BytesIO()
    Image.new("RGB", shape, (number * 15, 90, 200 - number * 10)).save(file, "PNG")
    return receive(owner, SimpleUploadedFile(f"{number}.png", file.getvalue()))


def job(owner: User, chance: random.Random, files: list[StoredFile], age: int) -> Job:
    at = now() - timedelta(minutes=31 * age)
    words = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {age}"
    return Job(
        owner=owner,
        command_id=uuid4(),
        kind="image",
        state=State.DONE,
        model="glm-image",
        prompt=f"{words} {RARE}" if chance.random() < 0.004 else words,
        result=chance.choice(files),
        starred=chance.random() < 0.1,
        created_at=at,
        ended_at=at + timedelta(seconds=12),
    )
