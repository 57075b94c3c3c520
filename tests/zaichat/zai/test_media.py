"""Pictures and films on the wire."""

import json
from typing import Any

import httpx
import pytest

from tests.zaichat.zai.asking import mocked
from zaichat.zai import errors
from zaichat.zai.media import MadePicture, MediaTask

TASK = "20260228231352b70ecc4926744fb1"
PICTURE = "https://files.example/cogview/a.png"
FILM = {"url": "https://files.example/a.mp4", "cover_image_url": "https://files.example/a.jpg"}


class Vendor:
    """Answers each request with the next of `answers`, and remembers what was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)


async def test_a_picture_is_made_at_once() -> None:
    vendor = Vendor({"created": 1, "data": [{"url": PICTURE, "revised_prompt": "a cat"}]})
    async with mocked(vendor) as client:
        made = await client.media.picture({"model": "cogview-4", "prompt": "cat"})
    assert made == MadePicture(address=PICTURE, revised_prompt="a cat")
    (request,) = vendor.asked
    assert (request.method, request.url.path) == ("POST", "/api/paas/v4/images/generations")
    assert json.loads(request.content) == {"model": "cogview-4", "prompt": "cat"}


@pytest.mark.parametrize(
    ("name", "path"),
    [("picture_task", "/async/images/generations"), ("film_task", "/videos/generations")],
)
async def test_a_task_begins(name: str, path: str) -> None:
    vendor = Vendor({"id": TASK, "model": "m", "task_status": "PROCESSING"})
    async with mocked(vendor) as client:
        task = await getattr(client.media, name)({"model": "m", "prompt": "cat"})
    assert task == MediaTask(id=TASK, status="PROCESSING")
    assert vendor.asked[0].url.path == f"/api/paas/v4{path}"


async def looked(answer: Any) -> MediaTask:
    async with mocked(Vendor(answer)) as client:
        return await client.media.result(TASK)


async def test_looking_at_a_task_is_a_get_without_a_body() -> None:
    vendor = Vendor({"task_status": "PROCESSING"})
    async with mocked(vendor) as client:
        await client.media.result("a/../b")
    (request,) = vendor.asked
    assert (request.method, request.content) == ("GET", b"")
    assert request.url.raw_path == b"/api/paas/v4/async-result/a%2F..%2Fb"
    assert "content-type" not in request.headers


@pytest.mark.parametrize(
    ("answer", "task"),
    [
        (
            {"task_status": "PROCESSING", "video_result": []},
            MediaTask(id=TASK, status="PROCESSING"),
        ),
        (
            {"task_status": "SUCCESS", "video_result": [FILM]},
            MediaTask(
                id=TASK, status="SUCCESS", address=FILM["url"], cover=FILM["cover_image_url"]
            ),
        ),
        (
            {"task_status": "SUCCESS", "image_result": [{"url": PICTURE}]},
            MediaTask(id=TASK, status="SUCCESS", address=PICTURE),
        ),
        (
            {"task_status": "SUCCESS", "image_result": {"url": PICTURE}, "video_result": None},
            MediaTask(id=TASK, status="SUCCESS", address=PICTURE),
        ),
        (
            {"task_status": "FAIL", "error": {"code": "1301", "message": "sensitive"}},
            MediaTask(id=TASK, status="FAIL", vendor_code="1301", detail="sensitive"),
        ),
    ],
)
async def test_a_task_says_how_it_stands(answer: Any, task: MediaTask) -> None:
    assert await looked(answer) == task


@pytest.mark.parametrize(
    "answer",
    [
        {"task_status": "SUCCESS", "video_result": []},
        {"task_status": "SUCCESS"},
        {"task_status": "DREAMING"},
        {"task_status": None},
        {"id": "", "task_status": "PROCESSING"},
        {"id": 7, "task_status": "PROCESSING"},
    ],
)
async def test_nonsense_about_a_task_is_a_bad_answer(answer: Any) -> None:
    with pytest.raises(errors.BadAnswer):
        await looked(answer)


@pytest.mark.parametrize("answer", [{}, {"data": []}, {"data": [{"url": None}]}, {"data": "x"}])
async def test_an_answer_without_a_picture_is_a_bad_answer(answer: Any) -> None:
    async with mocked(Vendor(answer)) as client:
        with pytest.raises(errors.BadAnswer):
            await client.media.picture({"model": "cogview-4", "prompt": "cat"})


async def test_a_paid_request_is_not_repeated_when_its_answer_is_lost() -> None:
    def lost(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ReadError("gone")

    asked: list[httpx.Request] = []
    async with mocked(lost) as client:
        with pytest.raises(errors.ConnectionLost):
            await client.media.film_task({"model": "cogvideox-3", "prompt": "cat"})
    assert len(asked) == 1


async def test_a_look_is_repeated_after_a_temporary_refusal() -> None:
    busy = httpx.Response(429, json={"error": {"code": "1302", "message": "busy"}})
    vendor = Vendor(busy, {"id": TASK, "task_status": "PROCESSING"})
    async with mocked(vendor) as client:
        assert (await client.media.result(TASK)).status == "PROCESSING"
    assert len(vendor.asked) == 2
