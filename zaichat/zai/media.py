"""Pictures and films: `POST /images/generations`, `/async/images/generations`,
`/videos/generations`, and `GET /async-result/{id}`, which answers for all of them."""

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from .calls import Ask, Caller
from .errors import BadAnswer
from .types import Json

Status = Literal["PROCESSING", "SUCCESS", "FAIL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePicture:
    """A picture that was made at once. `address` is good for 30 days by the documentation."""

    address: str
    revised_prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTask:
    """How a task stands. `address` and `cover` are there when it is SUCCESS; a failure has
    `vendor_code` and `detail` as far as the vendor says them."""

    id: str
    status: Status
    address: str = ""
    cover: str = ""
    vendor_code: str = ""
    detail: str = ""


class Media:
    """The endpoints of one client. Bodies are as the API has them; every method raises the errors
    of errors.py. Requests are repeated only where they surely did nothing."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def picture(self, body: Json) -> MadePicture:
        """Make a picture and wait for it: 5 to 20 s by the documentation."""
        answer = await self._fetch("/images/generations", body)
        first = _first(answer.get("data"))
        address = first.get("url")
        if not isinstance(address, str) or not address:
            raise BadAnswer("an answer without a picture")
        return MadePicture(address=address, revised_prompt=str(first.get("revised_prompt") or ""))

    async def picture_task(self, body: Json) -> MediaTask:
        """Have a picture made as a task."""
        return task_of(await self._fetch("/async/images/generations", body))

    async def film_task(self, body: Json) -> MediaTask:
        """Have a film made as a task."""
        return task_of(await self._fetch("/videos/generations", body))

    async def result(self, task_id: str) -> MediaTask:
        """How a task stands."""
        answer = await self._fetch(f"/async-result/{quote(task_id, safe='')}", None)
        return task_of({"id": task_id, **answer})

    async def _fetch(self, path: str, body: Json | None) -> dict[str, Any]:
        return await self._caller.answer(Ask(path, None if body is None else dict(body)))


def task_of(answer: Json) -> MediaTask:
    """Raises BadAnswer for what names no task, or a success without a result."""
    task_id, status = answer.get("id"), answer.get("task_status")
    if not isinstance(task_id, str) or not task_id:
        raise BadAnswer("a task without an id")
    if status not in ("PROCESSING", "SUCCESS", "FAIL"):
        raise BadAnswer(f"a task in the unknown state {str(status)[:20]!r}")
    made = _first(answer.get("video_result")) or _first(answer.get("image_result"))
    address, error = str(made.get("url") or ""), answer.get("error")
    if status == "SUCCESS" and not address:
        raise BadAnswer("a success without a result")
    said = error if isinstance(error, dict) else {}
    return MediaTask(
        id=task_id,
        status=status,
        address=address,
        cover=str(made.get("cover_image_url") or ""),
        vendor_code=str(said.get("code") or ""),
        detail=str(said.get("message") or ""),
    )


def _first(several: object) -> dict[str, Any]:
    """The first of a list of objects; the API says one object where it means a list of one."""
    if isinstance(several, list):
        several = several[0] if several else None
    return several if isinstance(several, dict) else {}
