"""Files that are brought to the API, `/files`, and the parser that reads them, `/files/parser`.

Source: the OpenAPI file of open.bigmodel.cn; api.z.ai documents the upload alone. Files live
about 30 days there, links to parsed texts 24 hours.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from .calls import Ask, Caller, FileContent
from .errors import BadAnswer
from .patience import Patience

BIGGEST = 100 * 1024 * 1024
"""Bytes: the API takes and gives no larger file."""

Purpose = Literal["agent", "batch", "code-interpreter", "voice-clone-input", "user_data"]
Tool = Literal["lite", "expert", "prime"]
Status = Literal["processing", "succeeded", "failed"]
STATES: dict[str, Status] = {
    "processing": "processing",
    "succeeded": "succeeded",
    "failed": "failed",
    "True": "succeeded",
    "False": "failed",
}
PARSER = "/files/parser"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFile:
    """A file as the API keeps it. `created` in Unix seconds."""

    id: str
    name: str = ""
    purpose: str = ""
    size: int = 0
    created: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage:
    """Some of the files; the next page comes after the id of the last one."""

    files: tuple[RemoteFile, ...]
    has_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What the parser made of a file. `text` and `link` are there as they were asked for, once it
    has succeeded; `detail` is what the vendor says about it, in any language."""

    task_id: str
    status: Status
    text: str = ""
    link: str = ""
    detail: str = ""


class Files:
    """The files of one client's key. Every method raises the errors of errors.py; requests are
    repeated only where they surely did nothing. Bytes on disk are read as they are sent."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def upload(self, name: str, content: FileContent, purpose: Purpose) -> RemoteFile:
        ask = Ask("/files", form={"purpose": purpose}, file=(name, content))
        return file_of(await self._caller.answer(ask))

    async def page(
        self, purpose: Purpose | None = None, after: str = "", limit: int = 20
    ) -> FilePage:
        """At most `limit` files, 1 to 100, behind the file `after`."""
        query = {"purpose": purpose or "", "after": after, "limit": str(limit)}
        given = {name: value for name, value in query.items() if value}
        answer = await self._caller.answer(Ask("/files", query=given))
        rows = answer.get("data")
        if not isinstance(rows, list):
            raise BadAnswer("a list of files without files")
        return FilePage(files=tuple(map(file_of, rows)), has_more=answer.get("has_more") is True)

    async def delete(self, file_id: str) -> None:
        answer = await self._caller.answer(
            Ask(f"/files/{quote(file_id, safe='')}", method="DELETE")
        )
        if answer.get("deleted") is not True:
            raise BadAnswer("a file that was not deleted")

    async def content(self, file_id: str) -> bytes:
        """The bytes of a batch's file; of others the API gives none."""
        ask = Ask(f"/files/{quote(file_id, safe='')}/content")
        with closing(Patience(self._caller.timeouts)) as patience:
            return await self._caller.download(ask, BIGGEST, patience)


class FileParser:
    """Turns documents into text: at once, or as a task that is asked for later."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def parse(self, name: str, content: FileContent) -> Parsed:
        """The text, waited for."""
        form = {"tool_type": "prime-sync"}
        return parsed_of(
            await self._caller.answer(Ask(f"{PARSER}/sync", form=form, file=(name, content)))
        )

    async def task(self, name: str, content: FileContent, tool: Tool = "prime") -> str:
        """The id of a task that parses it."""
        form = {"tool_type": tool}
        answer = await self._caller.answer(Ask(f"{PARSER}/create", form=form, file=(name, content)))
        task_id = answer.get("task_id")
        if not isinstance(task_id, str) or not task_id or answer.get("success") is False:
            raise BadAnswer(f"no task: {str(answer.get('message') or '')[:100]}")
        return task_id

    async def result(self, task_id: str, *, as_link: bool = False) -> Parsed:
        """How a task stands; its text, or a link to it."""
        form = "download_link" if as_link else "text"
        ask = Ask(f"{PARSER}/result/{quote(task_id, safe='')}/{form}")
        return parsed_of({"task_id": task_id, **await self._caller.answer(ask)})


def file_of(row: object) -> RemoteFile:
    """Raises BadAnswer for what names no file."""
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not row["id"]:
        raise BadAnswer("a file without an id")
    return RemoteFile(
        id=row["id"],
        name=str(row.get("filename") or ""),
        purpose=str(row.get("purpose") or ""),
        size=whole(row.get("bytes")),
        created=whole(row.get("created_at")),
    )


def parsed_of(answer: Mapping[str, Any]) -> Parsed:
    """Raises BadAnswer for an unknown state. The SDK's own type for it is a boolean."""
    status = STATES.get(str(answer.get("status")))
    if status is None:
        raise BadAnswer(f"a parsed file in the unknown state {str(answer.get('status'))[:20]!r}")
    return Parsed(
        task_id=str(answer.get("task_id") or ""),
        status=status,
        text=str(answer.get("content") or ""),
        link=str(answer.get("parsing_result_url") or ""),
        detail=str(answer.get("message") or "")[:500],
    )


def whole(value: object) -> int:
    return value if isinstance(value, int) else 0
