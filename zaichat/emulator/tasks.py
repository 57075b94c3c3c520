"""Asynchronous chat: submit, then ask for the result (API: async chat, async-result).

A task is one JSON file when a folder is given, written whole under another name and then moved,
so that a killed stand-in finds its unfinished tasks and goes on with them.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from . import access
from .chat import SEEN, asked
from .errors import ApiError, envelope
from .folding import fold
from .performing import json_response
from .state import STATE, State
from .studio.routes import result as studio_result
from .studio.store import STUDIO
from .turn import Turn

KEPT = 86400.0  # seconds a task can still be asked for
MOST = 1000  # tasks; the oldest finished ones make room
SHOWN = ("model", "request_id")  # of the body, once pictures and words have been answered
PROCESSING, SUCCESS, FAIL = "PROCESSING", "SUCCESS", "FAIL"


@dataclass
class Task:
    """`body` is the checked request; `result` what stands beside the status when it is done."""

    id: str
    body: dict[str, Any]
    thinks: bool
    created: int
    language: str = "zh"
    status: str = PROCESSING
    result: dict[str, Any] = field(default_factory=dict)

    def turn(self) -> Turn:
        return Turn(self.body, self.id, self.created, self.thinks, self.language)

    def shown(self) -> dict[str, Any]:
        turn = self.turn()
        head = {"id": self.id, "model": turn.model, "request_id": turn.request_id}
        return {**head, "task_status": self.status, **self.result}


class TaskStore:
    """All tasks of one stand-in."""

    def __init__(self, state: State, folder: Path | None) -> None:
        self._state = state
        self._folder = folder / "tasks" if folder else None
        self._tasks: dict[str, Task] = {}
        self._running: set[asyncio.Task[None]] = set()

    def resume(self) -> None:
        """Read what was kept and go on with what was unfinished."""
        for path in sorted(self._folder.glob("*.json")) if self._folder else []:
            if time.time() - path.stat().st_mtime > KEPT:
                path.unlink()
                continue
            task = Task(**json.loads(path.read_bytes()))
            self._tasks[task.id] = task
            if task.status == PROCESSING:
                self._start(task)

    async def stop(self) -> None:
        for running in self._running:
            running.cancel()
        await self.settled()

    async def settled(self) -> None:
        """Until nothing is in the works."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def submit(self, turn: Turn) -> Task:
        task = Task(turn.id, turn.body, turn.thinks, turn.created, turn.language)
        self._sweep()
        self._tasks[task.id] = task
        self._save(task)
        self._start(task)
        return task

    def _sweep(self) -> None:
        too_old, spare = time.time() - KEPT, len(self._tasks) + 1 - MOST
        finished = [task for task in self._tasks.values() if task.status != PROCESSING]
        for number, task in enumerate(finished):
            if number < spare or task.created < too_old:
                del self._tasks[task.id]
                if self._folder is not None:
                    self._path(task).unlink(missing_ok=True)

    def find(self, id: str) -> Task:
        if id not in self._tasks:
            raise ApiError("1233", id)
        return self._tasks[id]

    def _start(self, task: Task) -> None:
        running = asyncio.create_task(self._run(task))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def _run(self, task: Task) -> None:
        turn = task.turn()
        try:
            completion = await fold(turn, self._state.steps(turn, self._state.chosen(turn)))
            task.result = {name: completion[name] for name in ("created", "choices", "usage")}
            task.status = SUCCESS
        except ApiError as error:
            task.result = envelope(error.code, task.language, error.detail)
            task.status = FAIL
        task.body = {name: task.body[name] for name in SHOWN if name in task.body}
        self._save(task)

    def _save(self, task: Task) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(task)
        half = path.with_suffix(".part")
        half.write_text(json.dumps(asdict(task), ensure_ascii=False), encoding="utf-8")
        os.replace(half, path)

    def _path(self, task: Task) -> Path:
        return Path(self._folder or "", f"{task.id}.json")


TASKS: web.AppKey[TaskStore] = web.AppKey("tasks", TaskStore)


async def submit_chat(request: web.Request) -> web.Response:
    return json_response(request.app[TASKS].submit(await asked(request, is_async=True)).shown())


async def task_result(request: web.Request) -> web.Response:
    secrets = request.app[STATE].secrets
    request[SEEN].auth = access.check(request.headers.get("Authorization"), secrets)
    made = request.app[STUDIO].find(request.match_info["id"])
    if made is not None:
        return studio_result(request, made)
    return json_response(request.app[TASKS].find(request.match_info["id"]).shown())
