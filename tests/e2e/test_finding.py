"""Finding one's way: search, the palette, the shortcuts, in both languages."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.chat import scroll_width
from tests.e2e.conftest import OpenChat
from tests.e2e.rig import House

SHEETS = {"en-US": "Keyboard shortcuts", "zh-CN": "键盘快捷键"}
ANSWER = "周末可以去杭州的龙井村喝明前绿茶，再坐船游西湖。"
MARKED = """() => [...(CSS.highlights.get("found") ?? [])].map((range) => {
  const { top, bottom } = range.getBoundingClientRect()
  const view = document.querySelector("follow-scroll").getBoundingClientRect()
  const middle = view.top + view.height / 2
  const isSeen = top >= view.top && bottom <= view.bottom
  return [range.toString(), isSeen && (Math.abs(top - middle) < 60 ? "middle" : "seen")]
})"""
"""What is marked, and whether it is seen, in the middle of the view or elsewhere."""
LANGUAGES = pytest.mark.parametrize("language", ["en-US", "zh-CN"])


@pytest.fixture(scope="session")
def tea(house: House) -> str:
    steps: list[dict[str, Any]] = [{"say": sign} for sign in ANSWER]
    house.teach("tea", [*steps, {"finish": "stop"}, {"done": True}])
    return "[[script:tea]]"


def palette(page: Page) -> Locator:
    return page.locator("dialog.palette")


def typed(page: Page, words: str, marked: str = "") -> Locator:
    """Open the palette and type; the first option, once it is about the words."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.insert_text(words)
    first = palette(page).get_by_role("option").first
    expect(first.locator("mark").first).to_have_text(marked or words)
    return first


@LANGUAGES
def test_two_chinese_signs_lead_to_the_message_they_stand_in(
    open_chat: OpenChat, tea: str, language: str
) -> None:
    chat = open_chat(locale=language)
    chat.ask(tea)
    address = chat.has_arrived()
    message = chat.answer.get_attribute("data-message")
    for number in range(2, 5):
        chat.ask(f"[[script:count n=300 every_ms=0]] {number}", answers=number)
    chat.open("/")
    first = typed(chat.page, "明前")
    expect(first).to_have_attribute("aria-selected", "true")
    chat.page.keyboard.press("Enter")
    chat.page.wait_for_url(re.compile(re.escape(address)))
    chat.ready()
    landed = chat.log.locator(f"article[data-message='{message}']")
    expect(landed).to_be_in_viewport()
    expect(landed).to_contain_text("明前绿茶")
    chat.page.wait_for_function(f"() => String(({MARKED})()) === '明前,seen'")
    chat.page.keyboard.press("Escape")
    chat.page.wait_for_function("() => !CSS.highlights.get('found')?.size")


def test_the_words_one_searched_for_are_marked_and_in_the_middle_of_the_view(
    open_chat: OpenChat, house: House
) -> None:
    lines = [f"Line {number} of a long list.\n\n" for number in range(200)]
    lines[120] = "Here are the **Green** teas of *Hangzhou*, and `code`.\n\n"
    house.teach("long-list", [{"say": "".join(lines)}, {"finish": "stop"}, {"done": True}])
    chat = open_chat()
    chat.ask("[[script:long-list]]")
    first = typed(chat.page, '"green te" hangz', "Green te")
    first.click()
    chat.page.wait_for_url(re.compile("find="))
    chat.page.wait_for_function("() => CSS.highlights.get('found')?.size === 2")
    chat.page.wait_for_function(f"() => ({MARKED})().every(([, where]) => where === 'middle')")
    assert [words for words, _where in chat.page.evaluate(MARKED)] == ["Green te", "Hangz"]


def test_the_palette_is_used_by_keyboard_alone(open_chat: OpenChat, tea: str) -> None:
    chat = open_chat()
    chat.ask(tea)
    chat.box.focus()
    page = chat.page
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    options = palette(page).get_by_role("option")
    expect(palette(page).locator("[data-found] [role=option]").first).to_have_attribute(
        "aria-selected", "true"
    )
    page.keyboard.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "palette-sheet")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.insert_text("no such thing anywhere")
    expect(palette(page).locator(".palette__none")).to_be_visible()
    with page.context.expect_page() as opening:
        page.keyboard.press("Control+Enter")
    new = opening.value
    expect(new.get_by_role("textbox", name="Message", exact=True)).to_be_visible()
    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(palette(page)).to_have_count(0)
    expect(chat.box).to_be_focused()


@pytest.mark.parametrize(("language", "theme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_palette_sheet_and_search_page_keep_nobody_out(
    open_chat: OpenChat, tea: str, language: str, theme: str
) -> None:
    chat = open_chat(locale=language, color_scheme=theme, reduced_motion="reduce")
    page = chat.page
    chat.ask(tea)
    typed(page, "绿茶")
    found = {"palette": violations(page)}
    page.keyboard.insert_text("no such thing")
    expect(palette(page).locator(".palette__none")).to_be_visible()
    found["nothing found"] = violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog", name=SHEETS[language])).to_be_visible()
    found["sheet"] = violations(page)
    chat.open("/search/?q=绿茶")
    expect(page.locator(".find mark").first).to_have_text("绿茶")
    found["search"] = violations(page)
    assert not {place: wrong for place, wrong in found.items() if wrong}


def test_on_a_phone_the_palette_is_the_page(open_chat: OpenChat, tea: str) -> None:
    chat = open_chat(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = chat.page
    chat.box.fill(tea)
    chat.send_button.click()
    chat.expect_end()
    page.locator("[data-sidebar=show]").click()
    page.locator("[data-palette]").click()
    expect(palette(page)).to_be_visible()
    box = palette(page).bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert scroll_width(page) <= 0
    small = [
        each.bounding_box()
        for each in palette(page).locator("button:visible, [role=option]:visible").all()
    ]
    assert all(each and min(each["width"], each["height"]) >= 43.5 for each in small)


@LANGUAGES
def test_shortcuts_do_what_the_sheet_says_until_they_are_switched_off(
    open_chat: OpenChat, tea: str, language: str
) -> None:
    chat = open_chat(locale=language, permissions=["clipboard-read", "clipboard-write"])
    page = chat.page
    chat.ask(tea)
    page.keyboard.press("Alt+c")
    expect(page.locator(".toast").last).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == ANSWER
    page.keyboard.press("Control+Shift+S")
    expect(page.locator("html[data-sidebar-hidden]")).to_be_attached()
    page.keyboard.press("Control+Shift+S")
    expect(page.locator("html[data-sidebar-hidden]")).to_have_count(0)
    page.locator("h1").first.evaluate("(h1) => document.activeElement.blur()")
    page.keyboard.press("Shift+Escape")
    expect(chat.box).to_be_focused()
    page.keyboard.type("?")
    expect(chat.box).to_have_value("?")
    chat.box.fill("")
    page.keyboard.press("Alt+r")
    expect(chat.answer.locator(".number")).to_have_text("2/2")
    page.keyboard.press("Control+Shift+O")
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    chat.ready()
    page.keyboard.press("Alt+ArrowDown")
    chat.has_arrived()
    chat.ready()
    page.wait_for_load_state()
    chat.open("/settings/")
    switch_shortcuts(page)
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+/")
    expect(page.locator("dialog[open]")).to_have_count(0)
    switch_shortcuts(page)
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog", name=SHEETS[language])).to_be_visible()


def switch_shortcuts(page: Page) -> None:
    before = page.locator("html").get_attribute("data-shortcuts")
    page.locator("[name=shortcuts_on]").click()
    page.locator(".settings__save button").click()
    expect(page.locator("html")).not_to_have_attribute("data-shortcuts", before or "")
    expect(page.locator("html[data-ready]")).to_be_attached()


def test_the_search_page_works_without_scripts(
    open_chat: OpenChat, tea: str, visit: Any, house: House, cookies: dict[str, str]
) -> None:
    open_chat().ask(tea)
    page = visit(house.origin, cookies, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Search", exact=False).first.click()
    page.get_by_role("searchbox").fill("西湖 绿茶")
    page.get_by_role("searchbox").press("Enter")
    hit = page.locator(".find li a").first
    expect(hit.locator("mark").first).to_have_text("绿茶")
    hit.click()
    expect(page.locator("article").last).to_contain_text("明前绿茶")
