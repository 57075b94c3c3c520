"""A file's pages as its owner leafs through them."""

from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories
from tests.zaichat.files import papers, pictures
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

TEXTS = ["The lease begins\non 1 May.", "Rent is due on\nthe third day.", ""]


@pytest.fixture
def lease(alice: User) -> StoredFile:
    return receive(alice, SimpleUploadedFile("lease.pdf", papers.pdf(TEXTS)))


def brought(user: User, data: bytes, name: str) -> StoredFile:
    return receive(user, SimpleUploadedFile(name, data))


def shown(client: Client, stored: StoredFile, number: int = 1, find: str = "") -> str:
    answer = client.get(f"/files/{stored.pk}/pages/{number}/", {"find": find})
    assert answer.status_code == 200
    return answer.content.decode()


class Marked(HTMLParser):
    """What stands in <mark>."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside, self.pieces = False, []
        self.feed(html)

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.inside |= tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "mark"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.pieces.append(data)


def test_the_list_names_every_page(hers: Client, lease: StoredFile) -> None:
    said = hers.get(f"/files/{lease.pk}/pages/").json()
    assert (said["name"], said["format"], said["count"]) == ("lease.pdf", "PDF", 3)
    assert said["pages"][1] == {
        "number": 2,
        "label": "2",
        "url": f"/files/{lease.pk}/pages/2/",
        "has_picture": True,
    }


def test_a_page_shows_its_text_with_the_passage_marked_and_the_ways_on(
    hers: Client, lease: StoredFile
) -> None:
    html = shown(hers, lease, 2, "rent is due, on the third")
    assert "<mark>Rent is due on\nthe third</mark> day." in html
    assert "page 2 of 3" in html
    assert f'href="/files/{lease.pk}/pages/1/" rel="prev"' in html
    assert f'href="/files/{lease.pk}/pages/3/" rel="next"' in html
    assert 'rel="prev"' not in shown(hers, lease, 1)
    assert "no text" in shown(hers, lease, 3)


def test_a_page_is_spoken_of_in_the_readers_language(hers: Client, lease: StoredFile) -> None:
    place = f"/files/{lease.pk}/pages/2/"
    html = hers.get(place, headers={"Accept-Language": "zh-CN"}).content.decode()
    assert "第 2 页，共 3 页" in html


def test_tables_headings_and_paragraphs_are_readable(hers: Client, alice: User) -> None:
    html = shown(hers, brought(alice, papers.letter(), "a.docx"), find="The year was good")
    assert '<h4 dir="auto">Annual report</h4>' in html
    assert "<mark>The year was good</mark>." in html
    assert '<th scope="col" dir="auto">Region</th>' in html
    assert '<td dir="auto">North|East</td>' in html


def test_a_passage_may_go_over_cells(hers: Client, alice: User) -> None:
    book = papers.workbook({"Sales": [["Town", "Sold"], ["Köln", 3], ["", "Bonn"], ["Ulm", 5]]})
    html = shown(hers, brought(alice, book, "a.xlsx"), find="Köln | 3")
    assert Marked(html).pieces == ["Köln", "3"]
    assert html.count("<tr>") == 4
    assert html.count("<td ") == 6


def test_programs_keep_their_signs(hers: Client, alice: User) -> None:
    stored = brought(alice, b"# heading\n\n| a | b |\n| --- | --- |\nx = '<b>' \\| 2", "a.py")
    html = shown(hers, stored, find="| a")
    assert "<h4" not in html
    assert "<table" not in html
    assert "x = &#x27;&lt;b&gt;&#x27; \\| 2" in html


def test_in_a_zip_each_page_is_shown_as_what_it_is(hers: Client, alice: User) -> None:
    entries = {"a.py": b"# no heading", "b.md": b"# a heading"}
    stored = brought(alice, papers.packed(entries), "a.zip")
    assert "<h4" not in shown(hers, stored, 1)
    assert "<h4" in shown(hers, stored, 2)


def test_nothing_in_a_file_becomes_an_element(hers: Client, alice: User) -> None:
    said = "<script>window.__x = 1</script><img src=x onerror=alert(1)>"
    for name in ("a.txt", "a.py", "a.md", "<script>.txt"):
        html = shown(hers, brought(alice, said.encode(), name), find="<script>window")
        assert "<script" not in html
        assert "<img" not in html
    sheet = papers.workbook({"<script>": [[said, said], [said, said]]})
    assert "<script" not in shown(hers, brought(alice, sheet, "a.xlsx"), find=said)


def test_a_page_of_a_pdf_is_drawn_with_the_passage_in_yellow(
    hers: Client, lease: StoredFile
) -> None:
    place = f"/files/{lease.pk}/pages/2/?picture"
    plain = pictures.opened(hers.get(place).content)
    answer = hers.get(place + "&find=due on the third")
    marked = pictures.opened(answer.content)
    assert answer["Content-Type"] == "image/png"
    assert max(marked.size) == 1600
    seen = marked.getcolors(99_999)
    assert sum(count for count, colour in seen if is_yellow(colour)) > 1000, "two lines"
    assert not any(is_yellow(colour) for _count, colour in plain.getcolors(99_999))


def is_yellow(colour: tuple[int, int, int]) -> bool:
    red, green, blue = colour
    return min(red, green) > 200 and red - blue > 50


def test_a_scanned_page_is_shown_as_it_was_kept(hers: Client, alice: User) -> None:
    stored = brought(alice, papers.scanned_pdf(1), "scan.pdf")
    html = shown(hers, stored)
    assert f'src="/files/{stored.pk}/pages/1/?picture"' in html
    answer = hers.get(f"/files/{stored.pk}/pages/1/?picture")
    assert answer["Content-Type"] == "image/jpeg"
    assert max(pictures.opened(answer.content).size) == 1600


def test_what_has_no_picture_has_none(hers: Client, alice: User) -> None:
    stored = brought(alice, b"hello", "a.txt")
    assert hers.get(f"/files/{stored.pk}/pages/1/?picture").status_code == 404


@pytest.mark.parametrize("place", ["pages/", "pages/1/", "pages/1/?picture"])
def test_pages_are_inert_and_private(hers: Client, lease: StoredFile, place: str) -> None:
    answer = hers.get(f"/files/{lease.pk}/{place}")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    mallory = Client()
    mallory.force_login(factories.person("mallory"))
    for client in (mallory, Client()):
        assert client.get(f"/files/{lease.pk}/{place}").status_code == 404


@pytest.mark.parametrize("number", ["0", "4", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(
    hers: Client, lease: StoredFile, number: str
) -> None:
    assert hers.get(f"/files/{lease.pk}/pages/{number}/").status_code == 404
