"""The vendor as the jobs need it: requests by the client, results by the guarded fetcher."""

from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from media_gen.jobs.port import Looked, NotBrought, Submitted
from media_gen.models import Job
from zaichat import vendor
from zaichat.accounts.pseudonyms import pseudonym
from zaichat.db import in_db
from zaichat.fetching.fetcher import Bounds, Unfetched, fetch
from zaichat.zai import catalog
from zaichat.zai.making import Making
from zaichat.zai.media import MediaTask

MAX_BYTES = 500 * 1024**2
SECONDS = 300.0
TYPES = ("image/", "video/", "application/octet-stream", "binary/octet-stream")
"""What storages say of pictures and films; what they are is seen in their bytes."""

STATUSES = {"PROCESSING": "running", "SUCCESS": "done", "FAIL": "failed"}


class Wire:
    """`media_gen.jobs.port.Vendor` over the client of this event loop."""

    async def submit(self, job: Job) -> Submitted:
        body = await in_db(body_of, job)
        media = vendor.client().media
        if job.kind == "video":
            return _submitted(await media.film_task(body))
        if making_of(job).queued:
            return _submitted(await media.picture_task(body))
        return Submitted(address=(await media.picture(body)).address)

    async def look(self, task_id: str) -> Looked:
        task = await vendor.client().media.result(task_id)
        return Looked(
            STATUSES[task.status],  # type: ignore[arg-type] # the same three, in our words
            task.address,
            task.vendor_code,
            task.detail,
        )

    async def bring(self, address: str, path: Path) -> None:
        bounds = Bounds(types=TYPES, origins=own_origins(), bytes=MAX_BYTES, seconds=SECONDS)
        with path.open("xb") as file:
            try:
                await fetch(address, file, bounds)
            except Unfetched as refusal:
                raise NotBrought(str(refusal)) from None


def own_origins() -> list[str]:
    """Results of the server we were told to ask may stand on it, even where it is inside."""
    asked = urlsplit(settings.ZAI_BASE_URL)
    return [f"{asked.scheme}://{asked.netloc}"]


def body_of(job: Job) -> dict[str, Any]:
    """The request as the API has it (images/generations, videos/generations)."""
    body: dict[str, Any] = {
        "model": job.model,
        "user_id": pseudonym(job.owner_id),
        **job.parameters,
    }
    if job.prompt:
        body["prompt"] = job.prompt
    pictures = [
        _as_data(row.file) for row in job.references.select_related("file").order_by("number")
    ]
    if pictures:
        # One is said by itself: older models understand no list (videos/generations, image_url).
        is_one = making_of(job).pictures[1] == 1
        body["image_url"] = pictures[0] if is_one else pictures
    return body


def making_of(job: Job) -> Making:
    return catalog.find(job.model).making or Making()


def _as_data(file: Any) -> str:
    return f"data:{file.media_type};base64,{b64encode(file.read()).decode('ascii')}"


def _submitted(task: MediaTask) -> Submitted:
    return Submitted(task_id=task.id, address=task.address)
