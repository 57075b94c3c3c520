"""Files, the file parser and layout parsing on the wire."""

import io
from typing import Any

import httpx
import pytest

from tests.zaichat.zai.asking import mocked
from tests.zaichat.zai.test_media import Vendor
from zaichat.zai import Usage, ZaiClient, errors
from zaichat.zai.files import FilePage, Parsed, RemoteFile
from zaichat.zai.layout import Element, Layout, LayoutPage

ROW = {"id": "1_a", "object": "file", "bytes": 3, "created_at": 7, "filename": "a.txt"}
FILE = RemoteFile(id="1_a", name="a.txt", size=3, created=7)
BUSY = httpx.Response(429, json={"error": {"code": "1302", "message": "slow down"}})


@pytest.mark.parametrize("content", [b"abc", io.BytesIO(b"abc")])
async def test_a_file_goes_up_as_a_form_and_again_when_it_was_refused(content: Any) -> None:
    vendor = Vendor(BUSY, {**ROW, "purpose": "agent"})
    async with mocked(vendor) as client:
        kept = await client.files.upload("报告.txt", content, "agent")
    assert kept == RemoteFile(id="1_a", name="a.txt", size=3, created=7, purpose="agent")
    for request in vendor.asked:
        assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
        sent = (await request.aread()).decode()
        assert 'name="purpose"\r\n\r\nagent' in sent
        assert 'filename="报告.txt"' in sent
        assert "\r\n\r\nabc\r\n" in sent


async def test_files_are_listed_page_by_page() -> None:
    vendor = Vendor({"object": "list", "data": [ROW], "has_more": True})
    async with mocked(vendor) as client:
        page = await client.files.page("agent", after="0_z", limit=1)
    assert page == FilePage(files=(FILE,), has_more=True)
    [request] = vendor.asked
    assert (request.method, request.url.path) == ("GET", "/api/paas/v4/files")
    assert dict(request.url.params) == {"purpose": "agent", "after": "0_z", "limit": "1"}


async def test_a_file_is_deleted_and_its_id_cannot_leave_its_place() -> None:
    vendor = Vendor({"id": "x", "object": "file", "deleted": True})
    async with mocked(vendor) as client:
        await client.files.delete("../files")
    assert vendor.asked[0].method == "DELETE"
    assert vendor.asked[0].url.raw_path == b"/api/paas/v4/files/..%2Ffiles"


async def test_the_bytes_of_a_file_come_as_they_are() -> None:
    binary = {"content-type": "application/octet-stream"}
    vendor = Vendor(httpx.Response(200, content=b'{"error":1}\n', headers=binary))
    async with mocked(vendor) as client:
        assert await client.files.content("1_a") == b'{"error":1}\n'


async def test_an_error_in_place_of_a_file_is_that_error() -> None:
    said = {"error": {"code": "1220", "message": "no"}}
    for answer in (said, httpx.Response(403, json=said)):
        async with mocked(Vendor(answer)) as client:
            with pytest.raises(errors.Forbidden):
                await client.files.content("1_a")


async def test_a_file_is_parsed_at_once_or_as_a_task() -> None:
    done = {"status": "succeeded", "message": "ok", "content": "text", "task_id": "t1"}
    link = {"status": "succeeded", "message": "ok", "parsing_result_url": "https://f/r.zip"}
    vendor = Vendor(done, {"success": True, "message": "ok", "task_id": "t1"}, link)
    async with mocked(vendor) as client:
        assert await client.file_parser.parse("a.pdf", b"%PDF") == Parsed(
            task_id="t1", status="succeeded", text="text", detail="ok"
        )
        assert await client.file_parser.task("a.pdf", b"%PDF", "lite") == "t1"
        found = await client.file_parser.result("t1", as_link=True)
    assert found == Parsed(task_id="t1", status="succeeded", link="https://f/r.zip", detail="ok")
    assert [request.url.path.removeprefix("/api/paas/v4") for request in vendor.asked] == [
        "/files/parser/sync", "/files/parser/create", "/files/parser/result/t1/download_link",
    ]  # fmt: skip
    assert b"prime-sync" in vendor.asked[0].content
    assert b"lite" in vendor.asked[1].content


LAYOUT = {
    "id": "t", "created": 1, "model": "GLM-OCR", "md_results": "# Title", "layout_details":
    [[{"index": 1, "label": "text", "bbox_2d": [0.1, 0.1, 0.5, 0.3], "content": "Title"}],
     [{"index": 1, "label": "image"}]],
    "data_info": {"num_pages": 2, "pages": [{"width": 600, "height": 800}]},
    "usage": {"prompt_tokens": 10, "completion_tokens": 20},
}  # fmt: skip


async def test_a_layout_has_elements_with_their_places() -> None:
    vendor = Vendor(LAYOUT)
    async with mocked(vendor) as client:
        found = await client.layout.parse("https://example.com/a.pdf", first=2, last=3)
    title = Element(label="text", content="Title", box=(0.1, 0.1, 0.5, 0.3))
    assert found == Layout(
        text="# Title",
        pages=(
            LayoutPage(width=600, height=800, elements=(title,)),
            LayoutPage(elements=(Element(label="image"),)),
        ),
        usage=Usage(10, 20, None, None),
        id="t",
    )
    assert vendor.asked[0].content == (
        b'{"model":"glm-ocr","file":"https://example.com/a.pdf","start_page_id":2,"end_page_id":3}'
    )


async def ask_each(client: ZaiClient, number: int) -> object:
    calls = [
        lambda: client.files.upload("a", b"x", "agent"),
        client.files.page,
        lambda: client.files.delete("1"),
        lambda: client.file_parser.parse("a", b"x"),
        lambda: client.file_parser.task("a", b"x"),
        lambda: client.file_parser.result("1"),
        lambda: client.layout.parse("x"),
    ]
    return await calls[number]()


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("answer", [{}, {"data": 7, "status": "odd", "success": False}])
async def test_an_answer_that_says_nothing_is_a_bad_answer(answer: Any, number: int) -> None:
    async with mocked(Vendor(answer)) as client:
        with pytest.raises(errors.BadAnswer):
            await ask_each(client, number)


@pytest.mark.parametrize("number", range(7))
async def test_a_refusal_is_one_of_our_errors_and_never_shows_the_key(number: int) -> None:
    said = {"error": {"code": "1214", "message": "file: 0123456789abcdef.SECRETsecretSECRET"}}
    async with mocked(Vendor(httpx.Response(400, json=said))) as client:
        with pytest.raises(errors.BadRequest) as caught:
            await ask_each(client, number)
    assert "SECRET" not in str(caught.value)
