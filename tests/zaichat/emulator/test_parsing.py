"""The stand-in's file parser and layout parsing: the text that is there, and no more."""

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import httpx
import openpyxl
import pptx
import pytest

from tests.zaichat.emulator import printing
from tests.zaichat.emulator.drawing import data_url, two_shapes
from tests.zaichat.emulator.running import PATIENCE, Running
from tests.zaichat.emulator.sdk import Clients
from tests.zaichat.emulator.specification import judges
from tests.zaichat.emulator.test_files import ask
from zaichat.emulator.documents.reading import read

JUDGES = judges()
PARSER = "/api/paas/v4/files/parser"
LAYOUT = "/api/paas/v4/layout_parsing"
REPORT = printing.pdf("The crane cost four million.", "Storm damage was repaired.")


def judged(shape: str, answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    for judge in JUDGES.values():
        judge(shape, answer.json())
    return dict(answer.json())


def parsed(stand_in: Running, name: str, data: bytes) -> dict[str, Any]:
    form = {"tool_type": "prime-sync"}
    answer = ask(stand_in, "POST", f"{PARSER}/sync", data=form, files={"file": (name, data)})
    return judged("parsed", answer)


def laid_out(stand_in: Running, **body: Any) -> dict[str, Any]:
    for judge in JUDGES.values():
        judge("layout_request", {"model": "glm-ocr", **body})
    answer = ask(stand_in, "POST", LAYOUT, json={"model": "glm-ocr", **body})
    return judged("layout", answer)


def test_the_sdk_has_a_file_parsed_later_and_at_once(sdk: Clients, tmp_path: Path) -> None:
    client, path = sdk(), tmp_path / "report.pdf"
    path.write_bytes(REPORT)
    with path.open("rb") as file:
        task = client.file_parser.create(file=file, file_type="pdf", tool_type="prime")
    assert task.success is True
    result, deadline = {"status": "processing"}, time.monotonic() + PATIENCE
    while result["status"] == "processing" and time.monotonic() < deadline:
        result = client.file_parser.content(task.task_id, format_type="text").json()
    assert "crane cost four million" in result["content"]
    link = client.file_parser.content(task.task_id, format_type="download_link").json()
    with zipfile.ZipFile(io.BytesIO(httpx.get(link["parsing_result_url"]).content)) as bundle:
        assert b"Storm damage" in bundle.read("result.md")
    with path.open("rb") as file:
        done = client.file_parser.create_sync(file=file, file_type="pdf", tool_type="prime-sync")
    assert done.content == result["content"]


def test_text_of_each_kind_is_read(stand_in: Running) -> None:
    document = docx.Document()
    document.add_paragraph("Hello from Word")
    book = openpyxl.Workbook()
    book.active.title = "Costs"
    book.active.append(["crane", 4.2])
    show = pptx.Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "Hello from a slide"
    kinds = [
        ("a.docx", printing.saved(document), "Hello from Word"),
        ("a.xlsx", printing.saved(book), "# Costs\n\n| crane | 4.2 |"),
        ("a.pptx", printing.saved(show), "Hello from a slide"),
        ("a.txt", "价格：四百万".encode("gb18030"), "价格：四百万"),
        ("a.csv", b"name,price\ncrane,4.2", "| name | price |\n| --- | --- |\n| crane | 4.2 |"),
        ("a.html", b"<p>Hello<script>evil()</script> there</p>", "Hello there"),
    ]
    for name, data, text in kinds:
        result = parsed(stand_in, name, data)
        assert (result["status"], text in (result["content"] or "")) == ("succeeded", True), name


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.png", two_shapes(), "没有文字识别"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "没有文字识别"),
        ("a.pdf", printing.pdf(""), "没有文字"),
        ("a.pdf", b"%PDF-1.4 broken", "已损坏"),
        ("a.docx", b"PK\x03\x04 broken", "已损坏"),
    ],
)
def test_what_cannot_be_read_fails_and_says_why(
    stand_in: Running, name: str, data: bytes, words: str
) -> None:
    result = parsed(stand_in, name, data)
    assert (result["status"], result["content"]) == ("failed", None)
    assert words in result["message"]


@pytest.mark.parametrize(
    ("name", "form", "code"),
    [
        ("a.pdf", {}, "1213"),
        ("a.pdf", {"tool_type": "prime-sync"}, "1214"),
        ("a.txt", {"tool_type": "expert"}, "1214"),
        ("a.exe", {"tool_type": "prime"}, "1214"),
        ("a.pdf", {"tool_type": "prime", "file_type": "EXE"}, "1214"),
    ],
)
def test_what_a_tool_does_not_take_is_refused(
    stand_in: Running, name: str, form: dict[str, str], code: str
) -> None:
    files = {"file": (name, b"x")}
    answer = ask(stand_in, "POST", f"{PARSER}/create", data=form, files=files)
    assert answer.json()["error"]["code"] == code


def test_an_unknown_task_and_another_keys_are_not_found(stand_in: Running) -> None:
    id = parsed(stand_in, "a.txt", b"secret")["task_id"]
    for path, key in ((f"{id}/text", "other.key"), ("task_1/text", "id.secret")):
        answer = ask(stand_in, "GET", f"{PARSER}/result/{path}", key=key)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "1233")


def test_the_sdk_has_a_page_laid_out(sdk: Clients) -> None:
    found = sdk().layout_parsing.create(model="glm-ocr", file=data_url(REPORT, "application/pdf"))
    assert "crane cost four million" in found.md_results
    assert found.data_info.num_pages == 2


def test_lines_of_a_pdf_have_their_places(stand_in: Running) -> None:
    found = laid_out(stand_in, file=data_url(REPORT, "application/pdf"), start_page_id=2)
    [[line]] = found["layout_details"]
    assert line["content"] == "Storm damage was repaired."
    left, top, right, bottom = line["bbox_2d"]
    assert 0.09 < left < 0.11 < right < 0.7
    assert 0.09 < top < bottom < 0.14
    assert found["data_info"] == {"num_pages": 1, "pages": [{"width": 600, "height": 800}]}


def test_a_picture_is_one_element_without_words_and_that_is_said(stand_in: Running) -> None:
    found = laid_out(stand_in, file=data_url(two_shapes()))
    assert [[one["label"] for one in page] for page in found["layout_details"]] == [["image"]]
    assert "没有文字识别" in found["md_results"]
    by_address = laid_out(stand_in, file="https://example.com/a.png")
    assert "不会去下载" in by_address["md_results"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"file": "x"}, "1213"),
        ({"model": "glm-ocr"}, "1213"),
        ({"model": "glm-4.6v", "file": "x"}, "1211"),
        ({"model": "glm-ocr", "file": "not a picture"}, "1214"),
        ({"model": "glm-ocr", "file": data_url(b"%PDF-1.4 broken")}, "1214"),
        ({"model": "glm-ocr", "file": data_url(printing.pdf(*101 * ["x"]))}, "1214"),
        ({"model": "glm-ocr", "file": "x", "start_page_id": 0}, "1214"),
        ({"model": "glm-ocr", "file": "x", "start_page_id": 3, "end_page_id": 2}, "1214"),
        ({"model": "glm-ocr", "file": "x", "request_id": "short"}, "1214"),
    ],
)
def test_a_layout_that_cannot_be_had_is_refused(
    stand_in: Running, body: dict[str, Any], code: str
) -> None:
    answer = ask(stand_in, "POST", LAYOUT, json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_a_page_of_markup_without_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>one<script>two")
    assert read(path, ".html")["pages"][0]["text"] == "one"
