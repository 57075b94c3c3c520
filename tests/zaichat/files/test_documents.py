"""What becomes of documents that people bring: real files of every kind, good ones."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.zaichat.files import papers, pictures
from zaichat.accounts.models import User
from zaichat.files.models import Page, StoredFile
from zaichat.files.receiving import receive
from zaichat.files.units import unit_of

PROGRAM = "\n".join(f"print({number})" for number in range(450)).encode()


def taken(user: User, data: bytes, name: str = "report.pdf") -> StoredFile:
    return receive(user, SimpleUploadedFile(name, data))


def pages(stored: StoredFile) -> list[Page]:
    found = list(stored.pages.order_by("number"))
    assert [page.number for page in found] == list(range(1, stored.page_count + 1))
    return found


def labels(stored: StoredFile) -> list[str]:
    return [page.label for page in pages(stored)]


def test_a_pdf_is_kept_as_it_is_and_read_page_by_page(alice: User) -> None:
    data = papers.pdf([f"This is page {number}" for number in range(1, 61)])
    stored = taken(alice, data)
    assert (stored.kind, stored.media_type, stored.read()) == ("document", "application/pdf", data)
    assert stored.page_count == 60
    assert [page.text for page in pages(stored)][41] == "This is page 42"
    assert labels(stored)[41] == "42"
    assert stored.thumbnail.endswith(".webp")


def test_a_renamed_pdf_is_a_pdf_still(alice: User) -> None:
    stored = taken(alice, papers.pdf(["Hello"]), "notes.txt")
    assert (stored.name, stored.media_type) == ("notes.pdf", "application/pdf")


def test_scanned_pages_are_kept_as_pictures(alice: User) -> None:
    stored = taken(alice, papers.scanned_pdf(22))
    looks = [page.picture for page in pages(stored)]
    assert all(looks[:20])
    assert not any(looks[20:]), "no model looks at more"
    assert stored.origin["scanned"] == 22
    with default_storage.open(looks[0]) as file:
        assert max(pictures.opened(file.read()).size) == 1600


def test_excel_gives_a_page_for_each_sheet(alice: User) -> None:
    sheets = {f"Blatt {number}": [["Ort", "Umsatz"], ["Köln", 2.5]] for number in range(50)}
    stored = taken(alice, papers.workbook(sheets), "zahlen.xlsx")
    assert labels(stored) == list(sheets)
    assert pages(stored)[7].text == "| Ort | Umsatz |\n| --- | --- |\n| Köln | 2.5 |"


def test_a_long_sheet_is_cut_in_blocks_that_each_have_its_head(alice: User) -> None:
    rows = [["n", "square"], *([number, number**2] for number in range(2, 451))]
    stored = taken(alice, papers.workbook({"Squares": rows}), "a.xlsx")
    assert labels(stored) == ["Squares · 1–200", "Squares · 201–400", "Squares · 401–450"]
    assert pages(stored)[1].text.startswith("| n | square |\n| --- | --- |\n| 201 | 40401 |")


def test_word_keeps_headings_lists_and_tables_in_their_order(alice: User) -> None:
    stored = taken(alice, papers.letter(), "x")
    (page,) = pages(stored)
    assert (stored.name, page.label) == ("x.docx", "Annual report")
    assert page.text.split("\n\n") == [
        "# Annual report",
        "The year was good.",
        "- first",
        "| Region | Turnover |\n| --- | --- |\n| North\\|East | 1,200 |",
        "## 展望",
        "明年会更好。",
    ]


def test_word_is_cut_where_its_pages_end(alice: User) -> None:
    stored = taken(alice, papers.paged_letter(3), "x.docx")
    assert labels(stored) == ["1", "2", "3"]
    assert pages(stored)[1].text == "This is on page 2."


def test_word_without_pages_is_cut_at_headings_and_about_a_page(alice: User) -> None:
    stored = taken(alice, papers.long_letter(), "x.docx")
    assert labels(stored) == ["1", "Income", "Income · 2", "Costs"]
    assert all(len(page.text) <= 4500 for page in pages(stored))


def test_powerpoint_gives_a_page_for_each_slide_with_its_notes(alice: User) -> None:
    stored = taken(alice, papers.talk(), "x.pptx")
    first, second = pages(stored)
    assert first.text == "Our plan\n\nGrow slowly\n\nNotes: Smile here."
    assert second.text == "| Cost | 12 € |\n| --- | --- |"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_chinese_is_read_in_every_encoding_it_comes_in(alice: User, encoding: str) -> None:
    text = "我想知道明天的天气如何。" if encoding != "big5" else "這是一個繁體中文的文件。"
    stored = taken(alice, (text * 4).encode(encoding), "说明.txt")
    assert pages(stored)[0].text == text * 4
    assert stored.origin["encoding"] == encoding.removesuffix("-sig")


def test_tables_of_values_are_read_whatever_parts_them(alice: User) -> None:
    stored = taken(alice, "名字;数量\n苹果;3\n".encode("utf-16"), "库存.csv")
    assert (stored.name, stored.media_type) == ("库存.csv", "text/csv")
    assert pages(stored)[0].text == "| 名字 | 数量 |\n| --- | --- |\n| 苹果 | 3 |"


def test_of_html_what_is_read_stays_and_scripts_go(alice: User) -> None:
    html = """<html><head><title>t</title><script>window.__x = 1</script></head><body>
    <h1>Prices</h1><p>From <b>May</b><br>on<style>p{}</style></p><ul><li>tea<li>rice</ul>
    <table><tr><th>Tea<th>Rice<tr><td>1|2<td>3</table><script>alert(1)</script>"""
    stored = taken(alice, html.encode(), "page.txt")
    assert (stored.name, stored.media_type) == ("page.html", "text/html")
    assert pages(stored)[0].text.split("\n\n") == [
        "# Prices",
        "From May\non",
        "- tea\n- rice",
        "| Tea | Rice |\n| --- | --- |\n| 1\\|2 | 3 |",
    ]


def test_programs_are_paged_by_lines(alice: User) -> None:
    stored = taken(alice, PROGRAM, "main.py")
    assert (stored.name, stored.origin["format"]) == ("main.py", "Python")
    assert labels(stored) == ["1–200", "201–400", "401–450"]
    assert stored.media_type == "text/plain"


def test_json_in_one_line_is_laid_out(alice: User) -> None:
    stored = taken(alice, b'{"a": [' + b"1, " * 2000 + b"2]}", "a.json")
    assert stored.page_count == 11
    assert pages(stored)[0].text.startswith('{\n "a": [\n  1,')


def test_a_zip_gives_all_that_is_in_it_and_says_what_it_left_out(alice: User) -> None:
    entries = {
        "reports/letter.docx": papers.letter(),
        "__MACOSX/reports/letter.docx": b"junk",
        "main.py": PROGRAM,
        "inner.zip": papers.packed({"deep.txt": b"deep"}),
        "photo.png": pictures.picture(),
    }
    stored = taken(alice, papers.packed(entries), "all.zip")
    assert labels(stored) == [
        "main.py · 1–200",
        "main.py · 201–400",
        "main.py · 401–450",
        "reports/letter.docx · Annual report",
    ]
    assert stored.origin["left_out"] == ["inner.zip", "photo.png"]
    assert stored.origin["read"] == stored.origin["entries"] - 2


def test_a_zip_from_a_chinese_windows_has_its_names(alice: User) -> None:
    stored = taken(alice, papers.packed_long_ago({"会议.txt": b"hello"}), "a.zip")
    assert labels(stored) == ["会议.txt · 1"]


def test_a_workbook_of_50_sheets_has_sheets_and_one_whose_sheets_were_cut_has_parts(
    alice: User,
) -> None:
    many = {f"Month {number}": [["a", number]] for number in range(50)}
    book = receive(alice, SimpleUploadedFile("a.xlsx", papers.workbook(many)))
    assert (book.page_count, book.origin["sheets"], unit_of(book)) == (50, 50, "sheet")
    long = {"Long": [["row", number] for number in range(450)], "Short": [["a", 1]]}
    book = receive(alice, SimpleUploadedFile("b.xlsx", papers.workbook(long)))
    assert (book.page_count, book.origin["sheets"], unit_of(book)) == (4, 2, "part")
    talk = receive(alice, SimpleUploadedFile("c.pptx", papers.talk()))
    assert unit_of(talk) == "slide"
