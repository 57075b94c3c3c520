"""Pictures and films of the stand-in."""

import base64
import io
import time
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from PIL import Image

from tests.zaichat.emulator.running import Running
from tests.zaichat.emulator.sdk import Clients
from tests.zaichat.emulator.specification import judges
from zaichat.emulator.painting import words

API = "/api/paas/v4"
KEY = {"Authorization": "Bearer id.secret"}
SMALL = {"model": "cogvideox-2", "size": "720x480"}
PATIENCE = 60.0


def paint(stand_in: Running, prompt: str, **more: Any) -> httpx.Response:
    body = {"model": "cogview-4", "prompt": prompt, "size": "512x512", **more}
    return stand_in.post(body, path=f"{API}/images/generations")


def film(stand_in: Running, prompt: str, **more: Any) -> httpx.Response:
    body = {**SMALL, "prompt": f"{prompt}[[studio:quick]]", **more}
    return stand_in.post(body, path=f"{API}/videos/generations")


def look(stand_in: Running, id: str) -> httpx.Response:
    return stand_in.http.get(f"{API}/async-result/{id}", headers=KEY)


def finished(stand_in: Running, id: str) -> dict[str, Any]:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        task = look(stand_in, id).json()
        if task["task_status"] != "PROCESSING":
            return task
    raise AssertionError("the task is still in the works")


def opened(stand_in: Running, address: str) -> Image.Image:
    return Image.open(io.BytesIO(stand_in.http.get(address).raise_for_status().content))


def a_picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


@pytest.mark.parametrize("prompt", ["一只橘猫坐在窗台上", "一只橙色的猫", "an orange cat"])
def test_an_orange_cat_is_orange_however_it_is_said(prompt: str) -> None:
    assert words.things_in(prompt) == ["cat"]
    assert words.colours_in(prompt) == [words.COLOURS["orange"]]


def test_a_picture_is_of_what_was_said_in_the_size_that_was_said(stand_in: Running) -> None:
    said = paint(stand_in, "a red heart", size="512x768").raise_for_status().json()
    picture = opened(stand_in, said["data"][0]["url"])
    assert (picture.format, picture.size) == ("PNG", (512, 768))
    red, green, blue = picture.convert("RGB").getpixel((256, 300))
    assert red > max(green, blue) + 60


def test_every_judge_takes_what_is_said(stand_in: Running) -> None:
    made = paint(stand_in, "a cat").json()
    task = finished(stand_in, film(stand_in, "a cat").json()["id"])
    official = [judge for name, judge in judges().items() if name != "own"]
    for judge in official:
        judge("picture_made", made)
        judge("film_task", task)


def test_a_film_plays_and_has_its_cover(stand_in: Running, tmp_path: Path) -> None:
    head = film(stand_in, "一只猫在海边", with_audio=True).raise_for_status().json()
    assert head["task_status"] == "PROCESSING"
    (made,) = finished(stand_in, head["id"])["video_result"]
    path = tmp_path / "film.mp4"
    path.write_bytes(stand_in.http.get(made["url"]).content)
    with av.open(str(path)) as file:
        shown = file.streams.video[0]
        assert (shown.codec_context.name, shown.width, shown.height) == ("h264", 720, 480)
        assert file.duration / av.time_base == pytest.approx(5, abs=0.2)
        assert len(file.streams.audio) == 1
        assert sum(1 for _ in file.decode(shown)) == 150
    assert opened(stand_in, made["cover_image_url"]).size == (720, 480)


def test_a_film_can_begin_with_a_picture(stand_in: Running) -> None:
    task = finished(stand_in, film(stand_in, "move", image_url=a_picture()).json()["id"])
    cover = opened(stand_in, task["video_result"][0]["cover_image_url"]).convert("RGB")
    red, green, blue = cover.getpixel((300, 200))
    assert red > max(green, blue) + 140


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"model": None}, "1213"),
        ({"model": "cogview-9"}, "1211"),
        ({"model": "cogvideox-3"}, "1214"),
        ({"prompt": None}, "1213"),
        ({"prompt": 5}, "1214"),
        ({"size": "500x500"}, "1214"),
        ({"size": "4096x4096"}, "1214"),
        ({"size": 512}, "1214"),
        ({"prompt": "[[studio:refused]]"}, "1301"),
        ({"prompt": "[[studio:fail]]"}, "1301"),
    ],
)
def test_pictures_that_are_not_documented_are_refused(
    stand_in: Running, body: dict[str, Any], code: str
) -> None:
    answer = paint(stand_in, **{"prompt": "a cat", **body})
    assert answer.json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"prompt": None}, "1213"),
        ({"prompt": "x" * 513}, "1214"),
        ({"fps": 25}, "1214"),
        ({"size": "512x512"}, "1214"),
        ({"image_url": ["not base64 ä"]}, "1214"),
        ({"image_url": [a_picture(), a_picture()]}, "1214"),
        ({"model": "viduq1-image", "size": None}, "1213"),
        ({"model": "vidu2-image", "size": None, "image_url": a_picture(), "duration": 5}, "1214"),
    ],
)
def test_films_that_are_not_documented_are_refused(
    stand_in: Running, body: dict[str, Any], code: str
) -> None:
    answer = stand_in.post({**SMALL, "prompt": "a cat", **body}, path=f"{API}/videos/generations")
    assert answer.json()["error"]["code"] == code


def test_only_one_model_paints_as_a_task(stand_in: Running) -> None:
    path = f"{API}/async/images/generations"
    assert stand_in.post({"model": "cogview-4", "prompt": "a"}, path=path).status_code == 400
    task = stand_in.post({"model": "glm-image", "prompt": "a cat"}, path=path).json()
    (made,) = finished(stand_in, task["id"])["image_result"]
    assert opened(stand_in, made["url"]).size == (1280, 1280)


def test_each_fault_shows_itself(stand_in: Running) -> None:
    def task(fault: str) -> str:
        body = {**SMALL, "prompt": f"a cat [[studio:{fault}]]"}
        return str(stand_in.post(body, path=f"{API}/videos/generations").json()["id"])

    assert look(stand_in, task("lost")).json()["error"]["code"] == "1233"
    busy = task("busy 1")
    assert [look(stand_in, busy).status_code for _ in range(2)] == [429, 200]
    assert finished(stand_in, task("fail"))["error"]["code"] == "1301"
    with pytest.raises(httpx.RemoteProtocolError):
        task("silent")


def test_a_result_can_be_out_of_reach_for_a_while(stand_in: Running) -> None:
    expired = paint(stand_in, "a cat [[studio:expired 1]]").json()["data"][0]["url"]
    assert [stand_in.http.get(expired).status_code for _ in range(2)] == [403, 200]
    cut = paint(stand_in, "a cat [[studio:cut 1]]").json()["data"][0]["url"]
    with pytest.raises(httpx.RemoteProtocolError):
        stand_in.http.get(cut)
    page = paint(stand_in, "a cat [[studio:html 1]]").json()["data"][0]["url"]
    assert stand_in.http.get(page).text.startswith("<html>")


@pytest.mark.parametrize("path", ["nobody/made.png", "..%2f..%2f/made.png", "x/..%2ftask.json"])
def test_only_what_was_made_can_be_fetched(stand_in: Running, path: str) -> None:
    assert stand_in.http.get(f"/__made/{path}").status_code in (400, 404)


def test_a_film_goes_on_after_a_restart(tmp_path: Path) -> None:
    with Running("--data-dir", str(tmp_path)) as first:
        id = film(first, "a cat").json()["id"]
    with Running("--data-dir", str(tmp_path)) as second:
        assert finished(second, id)["task_status"] == "SUCCESS"


def test_the_samples_of_the_sdk_run_as_they_stand(sdk: Clients) -> None:
    client = sdk()
    for model, prompt, quality in (
        ("cogview-3", "一幅美丽的山水画，中国传统风格，水墨画", "standard"),
        ("cogview-3-plus", "未来城市的概念设计，科幻风格，高清细节", "hd"),
    ):
        response = client.images.generations(
            model=model, prompt=prompt, size="1024x1024", quality=quality
        )
        image_url = response.data[0].url
        assert image_url.startswith("http")
    response = client.videos.generations(
        model="cogvideox-2",
        image_url=image_url,
        prompt="让画面动起来[[studio:stuck]]",
        quality="speed",
        with_audio=True,
        size="1920x1080",
        fps=30,
    )
    result = client.videos.retrieve_videos_result(id=response.id)
    assert (response.task_status, result.task_status) == ("PROCESSING", "PROCESSING")
