"""Copies a result to our own storage: the vendor's address soon leads nowhere."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import connection

from media_gen.jobs import moving
from media_gen.jobs.port import Vendor
from media_gen.models import Job
from zaichat.files import receiving, sniffing
from zaichat.files.keeping import keep
from zaichat.files.made import Made, Unreadable
from zaichat.files.models import Kind

SUFFIXES = {
    "JPEG": (".jpg", "image/jpeg"),
    "PNG": (".png", "image/png"),
    "WEBP": (".webp", "image/webp"),
}
"""Pictures that are kept byte for byte, as they were paid for."""

NAME = 60
UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
"""What some file system does not take in a name."""


async def save(job: Job, vendor: Vendor) -> None:
    """Bring, judge and keep the result. Raises NotBrought, Unreadable, Superseded, and
    OSError where the storage does not take it."""
    with _folder() as folder:
        source = folder / "brought"
        await vendor.bring(job.address, source)
        # Not on a database thread: decoding takes seconds.
        made = await asyncio.to_thread(_made, job, source, folder)
        await asyncio.to_thread(_keep, job, made)


def _made(job: Job, source: Path, folder: Path) -> Made:
    kind = sniffing.kind_of(source)
    if kind != job.kind or kind not in receiving.REMAKERS:
        raise Unreadable(f"a {job.kind} was expected, a {kind} came")
    made = receiving.REMAKERS[kind](source, folder)
    return _as_it_came(made, source) if kind == Kind.IMAGE else made


def _as_it_came(made: Made, source: Path) -> Made:
    suffix, media_type = SUFFIXES.get(str(made.origin.get("format")), ("", ""))
    if not suffix:
        return made
    kept = source.rename(source.with_suffix(suffix))
    size = {"width": made.origin["width"], "height": made.origin["height"]}
    return replace(made, kept=kept, media_type=media_type, origin={}, **size)


def _keep(job: Job, made: Made) -> None:
    """On a thread that goes, and whose connection to the database goes with it."""
    try:
        keep(job.owner, name_of(job), made, lambda file: moving.finish(job, file))
    finally:
        connection.close()


def name_of(job: Job) -> str:
    """What people find in their downloads: the words of the prompt and the day."""
    words = UNFIT.sub(" ", job.prompt).strip()[:NAME].strip(" .") or str(job.kind)
    return f"{words} {job.created_at:%Y-%m-%d}.{job.kind}"


@contextmanager
def _folder() -> Iterator[Path]:
    incoming = settings.DATA_DIR / "incoming"
    incoming.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        yield Path(folder)
