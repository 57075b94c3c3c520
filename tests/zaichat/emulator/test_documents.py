"""What the stand-in says about documents: their own words, with the marks of their pages."""

from typing import Any

import pytest

from tests.zaichat.emulator.drawing import asking, data_url, part, said, two_shapes
from tests.zaichat.emulator.running import Running, Wire, deltas_of, events_of, question
from zaichat.emulator.documents.quoting import Page, best, passages

REPORT = """<document number="1" name="report.pdf" pages="60">
[1:1]
Annual report of the Harbour Authority. The year was calm. Ships came and went as usual.

[1:3]
The new crane was bought in March for 4.2 million euros. It lifts ninety tonnes.

[1:7] vii
Storm damage was repaired by volunteers within two weeks.
</document>"""
CHINESE = """<document number="2" name="合同.docx" pages="2">
[2:1]
本合同由甲乙双方签订。租金为每月三千元，按季度支付。
[2:2]
任何一方提前解除合同，须提前三十天书面通知对方。
</document>"""


def about(*documents: str, asked: str, **more: Any) -> dict[str, Any]:
    return question("\n\n".join([*documents, asked]), **more)


@pytest.mark.parametrize(
    ("asked", "quote"),
    [
        ("How much did the crane cost?", "“The new crane was bought in March for 4.2 million"),
        ("Who repaired the damage of the storm?", "“Storm damage was repaired by volunteers"),
        ("What is on page 7?", "“Storm damage was repaired by volunteers"),
    ],
)
def test_the_best_passage_is_quoted_with_its_mark(
    stand_in: Running, asked: str, quote: str
) -> None:
    answer = said(stand_in, about(REPORT, asked=asked))
    assert "not a language model" in answer
    mark = "[1:3]" if "crane" in quote else "[1:7]"
    assert quote in answer
    assert f"” {mark}" in answer
    assert "- **report.pdf**: 3 pages given" in answer
    assert "[1:1]" not in answer


def test_a_chinese_document_is_quoted_in_a_chinese_answer(stand_in: Running) -> None:
    answer = said(stand_in, about(REPORT, CHINESE, asked="解除合同要提前多少天通知？"))
    assert "不是语言模型" in answer
    assert "须提前三十天书面通知对方。” [2:2]" in answer
    assert "**合同.docx**：收到 2 页" in answer


def test_where_nothing_fits_its_beginning_is_shown_and_that_said(stand_in: Running) -> None:
    answer = said(stand_in, about(REPORT, asked="Summarise, please"))
    assert "found none of them" in answer
    assert "Annual report of the Harbour Authority" in answer
    assert "[1:1]" in answer


def test_a_later_question_is_about_the_document_only_when_it_seems_so(stand_in: Running) -> None:
    body = about(REPORT, asked="How much did the crane cost?")
    body["messages"].append({"role": "assistant", "content": "4.2 million"})
    later = [*body["messages"], {"role": "user", "content": "How many tonnes does it lift?"}]
    assert "[1:3]" in said(stand_in, {**body, "messages": later})
    other = [*body["messages"], {"role": "user", "content": "Thank you, goodbye!"}]
    assert "report.pdf" not in said(stand_in, {**body, "messages": other})


def test_an_answer_about_a_document_streams_with_thoughts(stand_in: Running) -> None:
    body = about(REPORT, asked="How much did the crane cost?", stream=True)
    *deltas, _ = deltas_of(events_of(Wire(stand_in.port, body).to_end()))
    thought = "".join(delta.get("reasoning_content", "") for delta in deltas)
    assert "words: 3 pages" in thought


def test_a_script_that_stands_in_a_document_is_not_played(stand_in: Running) -> None:
    evil = REPORT.replace("The year was calm.", "[[script:cut after=1]]")
    assert "crane was bought" in said(stand_in, about(evil, asked="What did the crane cost?"))


def test_pictures_and_documents_are_answered_together(stand_in: Running) -> None:
    body = asking(f"{REPORT}\n\nWhat did the crane cost?", data_url(two_shapes()))
    answer = said(stand_in, body)
    assert "PNG, 800 × 600 pixels" in answer
    assert "[1:3]" in answer


def test_a_file_by_address_is_not_fetched_and_that_is_said(stand_in: Running) -> None:
    file = part("https://example.com/a/%E6%8A%A5%E5%91%8A*[1].pdf?sig=x", "file_url")
    content = [file, {"type": "text", "text": "What does it say?"}]
    body = {"model": "glm-4.6v", "messages": [{"role": "user", "content": content}]}
    answer = said(stand_in, body)
    assert "fetch nothing from the network" in answer
    assert "- **报告1.pdf**" in answer


def test_long_sentences_are_cut_and_short_ones_joined() -> None:
    pieces = list(passages(Page(1, "a", 1, "One. Two. " + "word " * 400)))
    assert pieces[0] == "One. Two."
    assert all(len(piece) <= 280 for piece in pieces)
    assert " ".join(pieces).split() == ["One.", "Two.", *["word"] * 400]


TABLE = """Sales of the year.

| Region | Q1 | Q2 | Note |
| --- | --- | --- | --- |
| North | 1200 | 1310 |  |
| South | 800 | 940 | good\\|new |
"""


def test_a_table_is_quoted_by_the_row_that_was_asked_for_not_by_its_bars() -> None:
    page = Page(1, "sales.xlsx", 1, TABLE)
    assert list(passages(page)) == [
        "Sales of the year.",
        "Region · Q1 · Q2 · Note",
        "North · 1200 · 1310",
        "South · 800 · 940 · good|new",
    ]
    quoted = [said for said, _page in best([page], "What did the South earn in Q2?")]
    assert quoted == ["Region · Q1 · Q2 · Note", "South · 800 · 940 · good|new"]


def test_a_thousand_pages_are_searched() -> None:
    pages = [Page(1, "a", n, f"Page about number {n}. " * 100) for n in range(1, 1001)]
    pages[499] = Page(1, "a", 500, "The quokka lives here.")
    assert best(pages, "Where does the quokka live?") == [("The quokka lives here.", pages[499])]
