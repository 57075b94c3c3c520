"""Documents along with a question: read, cited, and opened at the page, in either language."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e import axe
from tests.e2e.chat import Chat, scroll_width
from tests.e2e.conftest import OpenChat
from tests.e2e.test_attaching import expect_ready, file, pick
from tests.zaichat.files import papers, pictures

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
REPORT = papers.pdf(
    [
        "Annual report of the tea company.\nContents and preface.",
        "Green tea grows in the hills.\nThe harvest rose by 4.2 percent in spring.",
        "The dividend is 1.20 euro for each share.\nIt is paid in May.",
    ]
)
NOTES = "绿茶的产量在春天增加了百分之四点二。\n\n分红在五月支付。\n".encode()


def bring(page: Page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files([file(name, data)])
    expect_ready(page, name)


def test_an_answer_about_a_document_leads_to_the_page_it_rests_on(chat: Chat) -> None:
    page = chat.page
    pick(page, file("report.pdf", REPORT))
    expect_ready(page, "report.pdf")
    chat.ask("How high is the dividend for each share?")
    expect(chat.answer.locator("[data-code=documents]")).to_have_text(
        "Read: report.pdf – all 3 pages"
    )
    cited = chat.text.get_by_role("link", name="report.pdf, p. 3").first
    expect(cited).to_have_text("p. 3")
    cited.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="report.pdf")
    expect(viewer.locator("mark").first).to_contain_text("dividend is 1.20 euro")
    expect(viewer).to_contain_text("Page 3 of 3")
    expect(viewer.get_by_role("img")).to_be_visible()
    assert not axe.violations(page)
    page.keyboard.press("ArrowLeft")
    expect(viewer.get_by_role("group", name="Text of this page")).to_contain_text("Green tea")
    expect(viewer.locator("mark")).to_have_count(0)
    jumped(page, viewer)
    with page.expect_download() as download:
        viewer.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "report.pdf"
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(cited).to_be_focused()
    reopened(chat)


def jumped(page: Page, viewer: Locator) -> None:
    """To a page by its number; a number that is none says what there is."""
    field = viewer.get_by_role("textbox", name="Go to number (1–3)")
    field.fill("9")
    field.press("Enter")
    words = "There are 3 pages: type a number from 1 to 3."
    expect(field).to_have_js_property("validationMessage", words)
    field.fill("３")
    field.press("Enter")
    expect(viewer).to_contain_text("Page 3 of 3")
    expect(field).to_have_value("")


def reopened(chat: Chat) -> None:
    """Everything is there after a reload; the document itself opens at its first page."""
    chat.page.reload()
    chat.ready()
    expect(chat.text.get_by_role("link", name="report.pdf, p. 3").first).to_be_visible()
    chat.questions.get_by_role("link", name=re.compile("report.pdf")).click()
    viewer = chat.page.get_by_role("dialog", name="report.pdf")
    expect(viewer).to_contain_text("Annual report")
    viewer.get_by_role("button", name="Close").click()


def test_a_document_is_read_on_a_phone_in_chinese(open_chat: OpenChat) -> None:
    chat = open_chat(locale="zh-CN", **PHONE)
    page = chat.page
    bring(page, "茶.md", NOTES)
    chat.box.fill("绿茶的产量增加了多少？")
    chat.send_button.click()
    chat.expect_end()
    expect(chat.answer.locator("[data-code=documents]")).to_have_text("已阅读：茶.md（1 页）")
    chat.text.get_by_role("link", name="茶.md，第 1 页").first.click()
    viewer = page.get_by_role("dialog", name="茶.md")
    expect(viewer.locator("mark").first).to_contain_text("百分之四点二")
    assert not axe.violations(page)
    assert scroll_width(page) == 0
    viewer.get_by_role("button", name="关闭").click()
    expect(viewer).to_be_hidden()


def test_places_that_an_answer_names_are_drawn_on_a_copy_of_the_picture(
    open_chat: OpenChat,
) -> None:
    chat = open_chat()
    page = chat.page
    pick(page, file("cat.png", pictures.picture(size=(400, 300))))
    page.get_by_role("button", name=re.compile("^Switch to GLM-")).click()
    expect_ready(page, "cat.png")
    chat.ask("Where is the part that stands out?")
    drawn = chat.answer.get_by_role("img", name="cat.png with 1 box")
    expect(drawn).to_have_attribute("src", re.compile("^blob:"))
    chat.answer.get_by_role("button", name="Show boxes").click()
    expect(drawn).to_have_attribute("src", re.compile("/files/"))
    chat.answer.get_by_role("button", name="Show boxes").click()
    drawn.click()
    viewer = page.get_by_role("dialog", name="cat.png")
    expect(viewer).to_contain_text("2 of 2")
    assert not axe.violations(page)
