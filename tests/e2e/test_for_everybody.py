"""Keyboards without a mouse, screen readers, narrow and magnified screens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import CHINESE, ENGLISH, Chat
from tests.e2e.conftest import OpenChat
from tests.e2e.rig import House


def test_everything_up_to_an_answer_can_be_done_without_a_mouse(chat: Chat) -> None:
    page = chat.page
    skip = page.locator(".skip")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(chat.box).to_be_focused()
    page.keyboard.type("asked by keyboard")
    page.keyboard.press("Enter")
    chat.expect_end()
    assert walk_backwards_to(page, "Regenerate")
    page.keyboard.press("Enter")
    expect(chat.answer.locator(".number")).to_have_text("2/2")
    chat.expect_end()


def test_the_model_list_opens_chooses_and_closes_by_keyboard(chat: Chat) -> None:
    button = chat.page.locator(".picker__button")
    button.focus()
    before = button.get_attribute("aria-label")
    chat.page.keyboard.press("Enter")
    choices = chat.page.locator("#models")
    expect(choices).to_be_visible()
    chat.page.keyboard.press("ArrowDown")
    chat.page.keyboard.press("Enter")
    expect(choices).to_be_hidden()
    expect(button).to_be_focused()
    assert button.get_attribute("aria-label") != before
    chat.page.keyboard.press("Enter")
    expect(choices).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(choices).to_be_hidden()
    expect(button).to_be_focused()


def test_escape_leaves_the_editor_and_the_focus_where_it_was(chat: Chat) -> None:
    chat.ask("leave me as I am")
    edit = chat.button("Edit", chat.questions.first)
    edit.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("textbox", name="Edit message")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(edit).to_be_focused()


def test_every_stop_of_the_keyboard_can_be_seen(chat: Chat, rich: str) -> None:
    chat.ask(rich)
    chat.page.evaluate("document.activeElement.blur()")
    unseen = []
    for _ in range(40):
        chat.page.keyboard.press("Tab")
        if bad := chat.page.evaluate(FOCUS_IS_INVISIBLE):
            unseen.append(bad)
    assert not unseen


FOCUS_IS_INVISIBLE = """() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const marks = [at, at.closest("form, label"), at.nextElementSibling].filter(Boolean)
  const seen = marks.some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none"
  })
  return seen ? null : at.outerHTML.slice(0, 120)
}"""


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_on_a_phone_the_sidebar_is_a_drawer(open_chat: OpenChat, words: dict[str, str]) -> None:
    locale = "en-US" if words is ENGLISH else "zh-CN"
    chat = open_chat(locale=locale, viewport={"width": 390, "height": 844})
    chat.ask("in the drawer")
    drawer = chat.page.locator(".side__in")
    expect(drawer).not_to_be_in_viewport()
    chat.page.locator("[data-sidebar=show]").click()
    expect(drawer).to_be_in_viewport(ratio=1)
    chat.page.keyboard.press("Escape")
    expect(drawer).not_to_be_in_viewport()
    chat.page.locator("[data-sidebar=show]").click()
    chat.page.locator(".side__link--new").click()
    chat.ready()
    expect(chat.box).to_be_visible()
    expect(chat.questions).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_at_the_head_opens_when_the_sidebar_is_put_away(
    open_chat: OpenChat, width: int
) -> None:
    chat = open_chat(viewport={"width": width, "height": 844})
    chat.ask("with the sidebar put away")
    if width > 640:
        chat.page.locator("[data-sidebar=hide]").click()
        expect(chat.page.locator(".side__in")).to_be_hidden()
    chat.page.locator("[data-current]").press("Enter")
    rename = chat.page.get_by_role("menuitem", name="Rename")
    expect(rename).to_be_visible()
    expect(rename).to_be_in_viewport(ratio=1)
    if width > 640:
        chat.page.keyboard.press("Escape")
        chat.page.locator("[data-sidebar=show]").click()
        expect(chat.page.locator(".side__in")).to_be_visible()


def walk_backwards_to(page: Page, name: str) -> bool:
    """Whether Shift+Tab from the composer comes to the button of this name."""
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == name:
            return True
    return False


def test_after_a_wrong_password_neither_reload_nor_back_asks_to_send_it_again(
    visit: Callable[..., Page], house: House
) -> None:
    page = visit(house.origin)
    page.goto("/accounts/login/")
    expect(page.locator("[name=login]")).to_be_focused()
    page.locator("[name=login]").fill("ada")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")
    expect(page.locator(".banner--error")).to_be_visible()
    expect(page.locator("[name=password]")).to_be_focused()
    with page.expect_request("**/accounts/login/") as asked:
        page.reload()
    assert asked.value.method == "GET"
