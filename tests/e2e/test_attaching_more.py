"""Documents, long pastes, links and folders along with a question; changed again in its editor."""

import re

from playwright.sync_api import Page, Route, expect

from tests.e2e import axe
from tests.e2e.chat import Chat, scroll_width
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.rig import House
from tests.e2e.test_attaching import PHONE, chip, expect_ready, file, pick, write
from tests.zaichat.files import papers, pictures

LONG = "All the words of a long letter.\n" * 100
PASTES = """
([where, text]) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  const how = { bubbles: true, cancelable: true, clipboardData }
  const field = document.querySelector(where)
  const isLeft = field.dispatchEvent(new ClipboardEvent("paste", how))
  if (isLeft) document.execCommand("insertText", false, text)
}
"""
DROPS_A_FOLDER = """
() => {
  const files = [new File(["x"], "holiday")]
  const items = [{ webkitGetAsEntry: () => ({ isDirectory: true }) }]
  const event = new Event("drop", { bubbles: true, cancelable: true })
  Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], files, items } })
  document.querySelector("nav, aside, body").dispatchEvent(event)
}
"""


def paste(page: Page, text: str, where: str = "#message") -> None:
    page.locator(where).focus()
    page.evaluate(PASTES, [where, text])


def test_a_long_paste_is_a_file_and_a_text_again_and_goes_with_a_document_that_is_changed_later(
    open_chat: OpenChat, house: House, watch: Watch
) -> None:
    watch.expects("422")
    chat = open_chat()
    page = chat.page
    chat.box.fill("About: ")
    paste(page, LONG)
    expect(chip(page, "Pasted text")).to_contain_text("3,200 characters")
    expect(chat.box).to_have_value("About: ")
    chip(page, "Pasted text").get_by_role("button", name="Paste as text instead").click()
    expect(chat.box).to_have_value("About: " + LONG)
    expect(page.locator(".attachment")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(chat.box).to_have_value("About: ")
    expect_ready(page, "Pasted text")
    chip(page, "Pasted text").get_by_role("button", name="Paste as text instead").click()
    page.get_by_role("button", name="Attach it as a file instead").click()
    expect(chat.box).to_have_value("About: ")
    expect_ready(page, "Pasted text")

    pick(page, file("report.pdf", papers.pdf(["One page", "Another page"])))
    page.evaluate(DROPS_A_FOLDER)
    expect(chip(page, "holiday")).to_contain_text("This is a folder")
    expect(chip(page, "report.pdf")).to_contain_text("PDF, 2 pages")
    assert not axe.violations(page)
    page.emulate_media(color_scheme="dark")
    assert not axe.violations(page)
    page.get_by_role("button", name="Remove holiday").click()
    write(chat, "what do they say?")
    page.reload()
    chat.ready()
    expect_ready(page, "Pasted text", "report.pdf")
    chat.box.press("Enter")
    chat.expect_end()
    expect(chat.questions.first.locator(".attachment")).to_have_count(2)
    change_what_goes_along(chat)


def change_what_goes_along(chat: Chat) -> None:
    """In the editor of a question: one file less, one more, kept over a reload."""
    page = chat.page
    chat.act("Edit", chat.questions.first)
    editor = chat.questions.first.locator(".editor")
    expect(editor.locator(".attachment")).to_have_count(2)
    editor.get_by_role("button", name="Remove Pasted text").click()
    with page.expect_file_chooser() as chooser:
        editor.get_by_role("button", name="Attach files").click()
        page.get_by_role("menuitem", name="Files").click()
    chooser.value.set_files([file("notes.md", b"# Notes of mine\n\nwords")])
    expect(editor.locator(".attachment").filter(has_text="notes.md")).to_have_attribute(
        "data-state", "ready"
    )
    page.reload()
    chat.ready()
    expect(editor.locator(".attachment")).to_have_count(2)
    editor.get_by_role("textbox").press("Enter")
    expect(chat.questions.first.locator(".editor")).to_have_count(0)
    chat.expect_end()
    sent = chat.questions.first.locator(".photos .attachment")
    expect(sent).to_have_count(2)
    expect(sent.last).to_contain_text("notes.md")


def test_a_link_to_a_picture_is_fetched_when_asked_for_and_a_lost_paste_comes_back_in_chinese(
    open_chat: OpenChat, watch: Watch
) -> None:
    watch.expects("422", "ERR_FAILED")
    chat = open_chat(locale="zh-CN", **PHONE)
    page = chat.page
    paste(page, "http://127.0.0.1:1/cat.png")
    offer = chip(page, "127.0.0.1:1")
    expect(offer).to_contain_text("要获取这张图片吗？")
    expect(chat.box).to_have_value("http://127.0.0.1:1/cat.png")
    offer.get_by_role("button", name="从 127.0.0.1:1 获取图片").click()
    expect(offer).to_have_attribute("data-state", "refused")
    expect(chat.box).to_have_value("")
    offer.get_by_role("button", name="移除").click()

    page.route("**/files/", lambda route: route.abort())
    paste(page, "很长的一段话。" * 400)
    expect(chip(page, "粘贴的文本")).to_contain_text("连接中断")
    page.unroute("**/files/")
    page.reload()
    chat.ready()
    expect_ready(page, "粘贴的文本")
    expect(chip(page, "粘贴的文本")).to_contain_text("2,800 个字符")

    def refuse(route: Route) -> None:
        route.fulfill(status=422, json={"message": "不行。"})

    page.route("**/files/", refuse)
    paste(page, "又一段很长的话。" * 300)
    expect(chat.box).to_have_value("又一段很长的话。" * 300)
    page.unroute("**/files/")
    chat.box.fill("")
    expect_ready(page, "粘贴的文本")
    assert scroll_width(page) == 0
    attach_by_camera_and_send(chat)


def attach_by_camera_and_send(chat: Chat) -> None:
    """By touch, without a word."""
    page = chat.page
    page.locator("form.composer [data-attach]").click()
    menu = page.get_by_role("menu", name="添加附件")
    expect(menu.get_by_role("menuitem")).to_have_text(["文件", "拍照", "从图库选择", "通过链接…"])
    assert not axe.violations(page)
    with page.expect_file_chooser() as camera:
        menu.get_by_role("menuitem", name="拍照").click()
    camera.value.set_files([file("照片.png", pictures.picture())])
    expect_ready(page, "粘贴的文本", "照片.png")
    page.get_by_role("button", name=re.compile("^换用 GLM-")).click()
    chat.send_button.click()
    chat.expect_end()
    expect(chat.questions.first.locator(".message__text")).to_be_hidden()
