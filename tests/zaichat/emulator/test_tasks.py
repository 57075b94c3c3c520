"""Asynchronous chat: submit, ask again, and go on after a restart."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.zaichat.emulator.running import Running, question
from zaichat.emulator import tasks
from zaichat.emulator.scripted import ScriptedBrain
from zaichat.emulator.state import State
from zaichat.emulator.turn import Turn

SUBMIT = "/api/paas/v4/async/chat/completions"


def submit(stand_in: Running, text: str, **fields: Any) -> dict[str, Any]:
    return stand_in.post(question(text, **fields), path=SUBMIT).raise_for_status().json()


def ask(stand_in: Running, id: str):
    headers = {"Authorization": "Bearer id.secret"}
    return stand_in.http.get(f"/api/paas/v4/async-result/{id}", headers=headers)


def finished(stand_in: Running, id: str) -> dict[str, Any]:
    """The task when it is no longer in the works."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        task = ask(stand_in, id).json()
        if task["task_status"] != "PROCESSING":
            return task
    raise AssertionError("the task is still in the works")


def test_a_task_is_in_the_works_and_then_has_its_answer(stand_in: Running) -> None:
    task = submit(stand_in, "[[script:silent]]", request_id="my-request")
    assert task == {
        "id": task["id"],
        "model": "glm-4.6",
        "request_id": "my-request",
        "task_status": "PROCESSING",
    }
    assert ask(stand_in, task["id"]).json() == task
    done = finished(stand_in, submit(stand_in, "[[script:slow_task ms=50 after=2]]")["id"])
    assert done["task_status"] == "SUCCESS"
    assert done["choices"][0]["message"]["content"] == "1 2 "
    assert done["usage"]["completion_tokens"] == 2


def test_a_task_can_fail(stand_in: Running) -> None:
    task = finished(stand_in, submit(stand_in, "[[script:fail]]")["id"])
    assert task["task_status"] == "FAIL"
    assert task["error"]["code"] == "1234"


def test_an_unknown_task_is_not_found(stand_in: Running) -> None:
    answer = ask(stand_in, "20260101000000aaaaaaaaaaaaaaaa")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "1233")


def test_a_stream_cannot_be_submitted(stand_in: Running) -> None:
    answer = stand_in.post(question("hi", stream=True), path=SUBMIT)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "1212")


def test_a_killed_stand_in_goes_on_with_its_tasks(tmp_path: Path) -> None:
    with Running("--data-dir", str(tmp_path)) as first:
        done = submit(first, "[[script:say text=early]]")
        assert finished(first, done["id"])["task_status"] == "SUCCESS"
        left = submit(first, "[[script:slow_task ms=2000 after=1]]")
        first.process.kill()
    with Running("--data-dir", str(tmp_path)) as second:
        assert ask(second, done["id"]).json()["choices"][0]["message"]["content"] == "early"
        assert ask(second, left["id"]).json()["task_status"] == "PROCESSING"
        assert finished(second, left["id"])["choices"][0]["message"]["content"] == "1 "


async def test_the_oldest_finished_tasks_make_room_and_keep_no_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST", 2)
    store = tasks.TaskStore(State(ScriptedBrain(0)), tmp_path)
    ids = []
    for number in range(4):
        ids.append(store.submit(Turn.of(question(f"secret {number}"), thinks=False)).id)
        await store.settled()
    kept = {path.stem: path.read_text() for path in (tmp_path / "tasks").iterdir()}
    assert sorted(kept) == sorted(ids[2:])
    assert all('"messages":' not in text for text in kept.values())
    assert store.find(ids[3]).shown()["task_status"] == "SUCCESS"
