"""The file parser (API: file parser): submit and ask later, or wait for the text.

What can be read is read by plain libraries. Pictures, scanned pages and old binary formats are
not, and the result says so instead of holding nothing.
"""

from __future__ import annotations

import asyncio
import io
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from ..chat import language_of
from ..documents.apart import Leaf, Unreadable, read
from ..errors import ApiError
from ..performing import json_response
from ..turn import new_id
from .purposes import MB, suffix_of
from .routes import owner_of
from .store import FILES
from .uploads import Upload, received

KEPT = 86400.0  # seconds a result can be asked for, as documented
MOST = 200  # results; the oldest go
ROOM = 50_000_000  # characters of all results together

PICTURES = frozenset({
    ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".heic", ".heif", ".eps", ".icns", ".im",
    ".pcx", ".ppm", ".tiff", ".xbm", ".jp2",
})  # fmt: skip
OFFICE = frozenset({
    ".pdf", ".docx", ".doc", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt", ".md",
})  # fmt: skip
LITE = OFFICE | {".png", ".jpg", ".jpeg"}
PRIME = OFFICE | PICTURES | {".html"}
TOOLS = {
    "lite": (LITE, 50 * MB),
    "expert": (frozenset({".pdf"}), 100 * MB),
    "prime": (PRIME, 100 * MB),
    "prime-sync": (PRIME | {".wps"}, 100 * MB),
}
SMALLER = {**dict.fromkeys((".xls", ".xlsx", ".csv"), 10 * MB), **dict.fromkeys(PICTURES, 20 * MB)}

SAID = {
    "done": ("结果获取成功", "The result is ready."),
    "created": ("任务创建成功", "The task was created."),
    "processing": ("任务处理中", "The task is being processed."),
    "unknown": (
        "本地替身没有文字识别，也读不了这种格式，因此没有结果。",
        "The stand-in has no text recognition and cannot read this format: there is no result.",
    ),
    "locked": ("文件有密码保护，无法读取。", "The file is protected by a password."),
    "broken": ("文件已损坏，或读取时间过长。", "The file is damaged, or takes too long to read."),
    "empty": (
        "文件中没有文字；本地替身没有文字识别，读不了扫描页。",
        "There is no text in the file; the stand-in has no text recognition for scanned pages.",
    ),
}


def words(key: str, language: str) -> str:
    return SAID[key][language.startswith("en")]


@dataclass
class Parsing:
    """One task. `state` is a key of SAID."""

    id: str
    owner: str
    at: float
    state: str = "processing"
    text: str = ""

    def shown(self, language: str, *, link: str = "") -> dict[str, Any]:
        is_done = self.state == "done"
        status = {"done": "succeeded", "processing": "processing"}.get(self.state, "failed")
        return {
            "status": status,
            "message": words(self.state, language),
            "content": self.text if is_done and not link else None,
            "task_id": self.id,
            "parsing_result_url": link if is_done and link else None,
        }


class Parser:
    """All tasks of one stand-in, in memory; the oldest make room for new ones."""

    def __init__(self) -> None:
        self._tasks: dict[str, Parsing] = {}
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, owner: str) -> Parsing:
        task = Parsing(f"task_{new_id()}", owner, time.time())
        self._tasks[task.id] = task
        self._sweep()
        return task

    def start(self, task: Parsing, upload: Upload) -> None:
        """Read it later; its file is this task's from here on."""
        later = upload.path.rename(upload.path.with_suffix(".parsing.part"))
        work = asyncio.create_task(self._run(task, Upload(later, upload.name)))
        self._running.add(work)
        work.add_done_callback(self._running.discard)

    async def _run(self, task: Parsing, upload: Upload) -> None:
        try:
            await parse(task, upload)
        finally:
            upload.path.unlink(missing_ok=True)

    async def stop(self) -> None:
        for work in self._running:
            work.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def find(self, id: str, owner: str | None = None) -> Parsing:
        self._sweep()
        task = self._tasks.get(id)
        if task is None or owner not in (None, task.owner):
            raise ApiError("1233", id)
        return task

    def _sweep(self) -> None:
        room = sum(len(task.text) for task in self._tasks.values())
        for task in list(self._tasks.values())[:-1]:
            is_old = task.at < time.time() - KEPT
            if not is_old and len(self._tasks) <= MOST and room <= ROOM:
                return
            room -= len(task.text)
            del self._tasks[task.id]


PARSER: web.AppKey[Parser] = web.AppKey("parser", Parser)


async def parse(task: Parsing, upload: Upload) -> None:
    try:
        _, pages = await read(upload.path, suffix_of(upload.name))
    except Unreadable as error:
        task.state = error.why
        return
    task.text = joined(pages)
    task.state = "done" if task.text else "empty"


def joined(pages: Iterable[Leaf]) -> str:
    return "\n\n".join(filter(None, (page.text.strip() for page in pages)))


def check(upload: Upload, tools: Iterable[str]) -> None:
    """Raises ApiError for what the named tool does not take."""
    tool, suffix = upload.fields.get("tool_type", ""), suffix_of(upload.name)
    if not tool:
        raise ApiError("1213", "tool_type")
    if tool not in tools:
        raise ApiError("1214", "tool_type")
    suffixes, most = TOOLS[tool]
    said = upload.fields.get("file_type")
    if said and f".{said.lower()}" not in suffixes:
        raise ApiError("1214", "file_type")
    if suffix not in suffixes or not 0 < upload.size <= min(most, SMALLER.get(suffix, most)):
        raise ApiError("1214", "file")


async def create(request: web.Request) -> web.Response:
    owner, parser = owner_of(request), request.app[PARSER]
    async with received(request, request.app[FILES].folder) as upload:
        check(upload, ("lite", "expert", "prime"))
        task = parser.begin(owner)
        parser.start(task, upload)
    message = words("created", language_of(request))
    return json_response({"success": True, "message": message, "task_id": task.id})


async def create_sync(request: web.Request) -> web.Response:
    owner = owner_of(request)
    async with received(request, request.app[FILES].folder) as upload:
        check(upload, ("prime-sync",))
        task = request.app[PARSER].begin(owner)
        await parse(task, upload)
    return json_response(task.shown(language_of(request)))


async def result(request: web.Request) -> web.Response:
    task = request.app[PARSER].find(request.match_info["id"], owner_of(request))
    form = request.match_info["form"]
    if form not in ("text", "download_link"):
        raise ApiError("1214", "format_type")
    link = f"{request.scheme}://{request.host}/__parsed/{task.id}.zip"
    return json_response(
        task.shown(language_of(request), link=link if form == "download_link" else "")
    )


async def download(request: web.Request) -> web.Response:
    """The text as Markdown in a zip. Whoever knows the address may have it, as with the service."""
    task = request.app[PARSER].find(request.match_info["id"])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("result.md", task.text)
    return web.Response(body=file.getvalue(), content_type="application/zip")
