"""What the stand-in says about pictures: what can be measured, and that it sees no more."""

import base64
import random
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.zaichat.emulator.drawing import (
    asking,
    data_url,
    huge_png,
    message,
    part,
    said,
    saved,
    two_shapes,
)
from tests.zaichat.emulator.running import Running, Wire, deltas_of, events_of
from tests.zaichat.emulator.sdk import FORMS, Clients
from zaichat.emulator.models import MODELS

PICTURE = data_url(two_shapes())
MARKS = (
    "[marked on picture 1, in thousandths of width and height: "
    "box 1 at [130, 260, 370, 740], number 2 at [750, 333], arrow 3 at [0, 0, 20, 980]]\n"
)


def box_in(answer: str) -> list[int]:
    """The place in an answer, as GLM-4.5V writes it."""
    [inside] = re.findall(r"<\|begin_of_box\|>\[\[(.+)\]\]<\|end_of_box\|>", answer)
    return [int(place) for place in inside.split(",")]


def near(box: list[int], wanted: list[int]) -> bool:
    return all(abs(place - there) <= 8 for place, there in zip(box, wanted, strict=True))


def test_pictures_count_in_the_tokens_of_a_request(stand_in: Running) -> None:
    def prompt_tokens(*pictures: str) -> int:
        return int(stand_in.post(asking("Hi", *pictures)).json()["usage"]["prompt_tokens"])

    # 800 × 600 pixels are 29 × 22 squares of 28.
    assert prompt_tokens(PICTURE, PICTURE) - prompt_tokens(PICTURE) == 29 * 22
    assert prompt_tokens(PICTURE, "https://example.org/a.png") - prompt_tokens(PICTURE) > 1000


def test_it_measures_each_picture_and_says_that_it_cannot_see(stand_in: Running) -> None:
    tall = data_url(saved(Image.new("RGB", (30, 60), (10, 20, 90)), "JPEG"), "image/jpeg")
    answer = said(stand_in, asking("What is this?", PICTURE, tall))
    assert "not a vision model" in answer
    assert "**Picture 1**: PNG, 800 × 600 pixels" in answer
    assert "white 81 %, red 13 %, blue 7 %" in answer
    assert "**Picture 2**: JPEG, 30 × 60 pixels" in answer
    assert "portrait format" in answer
    assert "dark blue 100 %" in answer
    assert "it is very dark" in answer


def test_a_chinese_question_about_a_picture_is_answered_in_chinese(stand_in: Running) -> None:
    answer = said(stand_in, asking("这张图片里有什么？请详细描述。", PICTURE))
    assert "不是视觉模型" in answer
    assert "**图片 1**：PNG，800 × 600 像素" in answer
    assert "白色 81 %，红色 13 %" in answer


def test_a_picture_that_was_made_before_is_looked_at_when_it_is_talked_about(
    stand_in: Running,
) -> None:
    made = "[picture 1 was made above]\n"
    assert "**Picture 1**" in said(stand_in, asking(f"{made}What colours has it?", PICTURE))
    assert "Picture 1" not in said(stand_in, asking(f"{made}Thanks. Write a haiku.", PICTURE))


def test_an_answer_about_a_picture_streams_with_thoughts(stand_in: Running) -> None:
    wire = Wire(stand_in.port, asking("What is this?", PICTURE, model="glm-4.5v", stream=True))
    *deltas, _ = deltas_of(events_of(wire.to_end()))
    kinds = ["reasoning_content" if "reasoning_content" in delta else "content" for delta in deltas]
    assert kinds == sorted(kinds, reverse=True)
    thought = "".join(delta.get("reasoning_content", "") for delta in deltas)
    assert "measure each picture" in thought
    assert kinds.count("content") > 20


def test_a_page_of_text_is_told_from_a_picture_of_things(stand_in: Running) -> None:
    page = Image.new("RGB", (900, 1200), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(18)
    for line in range(40, 1160, 28):
        pen.text(
            (50, line), "Where there is much to read, there is much to see. " * 2, "black", font
        )
    assert "probably text" in said(stand_in, asking("What?", data_url(saved(page))))
    assert "probably text" not in said(stand_in, asking("What?", PICTURE))


def test_each_marked_part_is_answered_by_its_colours(stand_in: Running) -> None:
    answer = said(stand_in, asking(f"{MARKS}What is in the box?", PICTURE))
    assert "**Box 1** on picture 1 at [130, 260, 370, 740]: red 100 %" in answer
    assert "**Number 2** on picture 1 at [750, 333]: blue" in answer
    assert "**Arrow 3** on picture 1 at [0, 0, 20, 980]: white 100 %" in answer


def test_marks_in_a_chinese_question_are_read_as_well(stand_in: Running) -> None:
    marks = "[图片 1 上的标记，以宽高的千分之一为单位：方框 1 位于 [130, 260, 370, 740]]\n"
    answer = said(stand_in, asking(f"{marks}方框里是什么？", PICTURE))
    assert "**方框 1**，位于 [130, 260, 370, 740]：红色 100 %" in answer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Where is the red box?", [125, 250, 375, 750]),
        ("Give me the bounding box of the blue disc", [625, 167, 875, 500]),
        ("红色的方块在哪里？", [125, 250, 375, 750]),
        ("请框出蓝色的圆", [625, 167, 875, 500]),
        ("Please locate the most striking thing", [125, 250, 375, 750]),
    ],
)
def test_a_question_for_a_place_is_answered_with_a_box(
    stand_in: Running, question: str, wanted: list[int]
) -> None:
    box = box_in(said(stand_in, asking(question, PICTURE)))
    assert near(box, wanted), box


def test_a_colour_that_is_not_there_has_no_place(stand_in: Running) -> None:
    answer = said(stand_in, asking("Where is the green tree?", PICTURE))
    assert "I find nothing in **green**" in answer
    assert "begin_of_box" not in answer


def test_the_seeds_picture_by_address_is_not_fetched_and_said_so(stand_in: Running) -> None:
    answer = said(stand_in, asking("What is it?", "https://example.com/image.jpg", model="glm-4v"))
    assert "given by address, which the stand-in does not fetch" in answer


@pytest.mark.parametrize(("form", "raw"), FORMS)
def test_the_sdk_runs_the_samples_of_its_introduction(
    sdk: Clients, form: type, raw: bool, tmp_path: Path
) -> None:
    """By address and as base64 of a file."""
    client, path = sdk(form, raw=raw), tmp_path / "image.jpg"
    path.write_bytes(two_shapes(form="JPEG"))
    encoded = base64.b64encode(path.read_bytes()).decode("utf-8")
    answers = [
        client.chat.completions.create(
            model="glm-4v",
            messages=[{"role": "user", "content": [{"type": "text", "text": text}, part(url)]}],
        )
        for text, url in [
            ("这张图片里有什么？请详细描述。", "https://example.com/image.jpg"),
            ("分析这张图片中的内容", f"data:image/jpeg;base64,{encoded}"),
        ]
    ]
    by_address, as_base64 = (answer.choices[0].message.content for answer in answers)
    assert "以网址给出" in by_address
    assert "JPEG，800 × 600 像素" in as_base64


def test_bare_base64_is_a_picture_too(stand_in: Running) -> None:
    answer = said(stand_in, asking("What?", PICTURE.partition(",")[2]))
    assert "PNG, 800 × 600 pixels" in answer


def test_a_picture_that_breaks_off_is_said_to_be_damaged(stand_in: Running) -> None:
    answer = said(stand_in, asking("What?", data_url(two_shapes()[:200])))
    assert "PNG, 800 × 600 px" in answer
    assert "cannot be decoded" in answer


def test_a_turned_photo_is_measured_upright_and_holes_are_seen(stand_in: Running) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left side is up
    photo = Image.new("RGB", (200, 100), "white")
    photo.paste("red", (0, 0, 100, 100))
    turned = data_url(saved(photo, "JPEG", exif=exif), "image/jpeg")
    assert near(box_in(said(stand_in, asking("Where is red?", turned))), [0, 0, 1000, 500])
    clear = data_url(saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0))))
    assert "partly transparent" in said(stand_in, asking("What?", clear))


def test_a_later_question_about_the_picture_still_sees_it(stand_in: Running) -> None:
    body = asking("What is this?", PICTURE)
    body["messages"] += [
        {"role": "assistant", "content": "A picture."},
        {"role": "user", "content": "Where is red in the picture?"},
    ]
    assert near(box_in(said(stand_in, body)), [125, 250, 375, 750])


@pytest.mark.parametrize(
    "model", [name for name, one in MODELS.items() if "image_url" in one.parts]
)
def test_every_model_that_sees_answers_about_a_picture(stand_in: Running, model: str) -> None:
    url = PICTURE if MODELS[model].base64 else "https://example.com/a.png"
    assert "Picture 1" in said(stand_in, asking("What?", url, model=model))


def test_the_largest_picture_that_is_allowed_is_measured(stand_in: Running) -> None:
    large = data_url(saved(Image.new("RGB", (6000, 6000), "orange")))
    assert "orange 100 %" in said(stand_in, asking("What?", large))


BIG = data_url(two_shapes() + bytes(5 * 1024 * 1024))
FILE = part("https://example.com/a.pdf", "file_url")
FILM = part("https://example.com/a.mp4", "video_url")


def mixed(*parts: dict[str, Any], model: str = "glm-4.6v") -> dict[str, Any]:
    content = [*parts, {"type": "text", "text": "What?"}]
    return {"model": model, "messages": [{"role": "user", "content": content}]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (asking("What?", BIG), "1214"),
        (asking("What?", data_url(huge_png(6001, 10))), "1214"),
        (asking("What?", data_url(huge_png(13000, 13000))), "1214"),
        (asking("What?", data_url(b"GIF89a\1\0\1\0\0\0\0", "image/gif")), "1214"),
        (asking("What?", data_url(b"not a picture")), "1214"),
        (asking("What?", "file:///etc/passwd"), "1214"),
        (asking("What?", PICTURE, model="glm-4v-flash"), "1214"),
        (asking("What?", *2 * ["https://example.com/a.png"], model="glm-4v-flash"), "1214"),
        (asking("What?", *6 * ["https://example.com/a.png"], model="glm-4v-plus-0111"), "1214"),
        (asking("What?", *51 * ["https://example.com/a.png"], model="glm-4.5v"), "1214"),
        (asking("What?", *151 * ["https://example.com/a.png"]), "1214"),
        (asking("What?", PICTURE, model="glm-4.6"), "1210"),
        (mixed(FILE, part(PICTURE)), "1215"),
        (mixed(FILE, FILM), "1215"),
        (mixed(FILM, FILM, FILM), "1214"),
        (mixed(FILM, FILM, model="glm-4.5v"), "1214"),
        (mixed(part(PICTURE), FILM, model="glm-4v-plus-0111"), "1214"),
        (mixed(part("https://example.com/a.avi", "video_url")), "1214"),
        (mixed(part(PICTURE, "video_url")), "1214"),
        (mixed(part(PICTURE, "file_url")), "1214"),
        (mixed(part("https://example.com/a.exe", "file_url")), "1214"),
        (mixed(FILE, model="glm-4v"), "1210"),
        (mixed(*51 * [FILE]), "1214"),
    ],
)
def test_what_is_beyond_the_documented_limits_is_refused(
    stand_in: Running, body: dict[str, Any], code: str
) -> None:
    answer = stand_in.post(body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_films_are_taken_and_not_looked_at(stand_in: Running) -> None:
    answer = message(stand_in, mixed(FILM, part(PICTURE), FILM))["content"]
    assert answer.count("**Film**: given by address, which the stand-in does not fetch") == 2
    assert "**Picture 2**: PNG" in answer


def test_requests_with_pictures_are_remembered_without_them(stand_in: Running) -> None:
    stand_in.post(asking("What?", data_url(two_shapes((5000, 5000), "PNG") + bytes(400_000))))
    [seen] = stand_in.control("GET", "requests")
    assert len(str(seen["body"])) < 110_000


@pytest.mark.slow
def test_twenty_large_pictures_at_once_leave_no_memory_behind() -> None:
    noise = Image.frombytes("RGB", (1250, 1250), random.Random(1).randbytes(1250 * 1250 * 3))
    body = asking("What?", data_url(saved(noise)))
    with Running() as stand_in, ThreadPoolExecutor(20) as people:
        process = psutil.Process(stand_in.process.pid)
        before = process.memory_info().rss
        answers = list(people.map(stand_in.post, [body] * 20))
        assert [answer.status_code for answer in answers] == [200] * 20
        assert process.memory_info().rss - before < 60 * 1024**2
