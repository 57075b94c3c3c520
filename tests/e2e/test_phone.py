"""A phone in one hand: what opens comes from below, wide things scroll, a finger leads."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat
from tests.e2e.reader import Reader
from tests.e2e.rig import House
from tests.e2e.sizes import cut, makes_phones_zoom, too_small
from tests.e2e.test_no_barriers import PHONE
from tests.e2e.test_scrolling import ENDLESS, grows

TABLE = """\
| 项目 | 上市时间 | 主要特点与适用人群 | 价格区间 | 续航里程 |
|---|---|---|---|---|
| 第一代 | 2021 年 3 月 | 适合每天通勤不超过四十公里的家庭 | 12 万 | 410 |

```html
<!doctype html><title>A clock</title><p>12:00</p>
```
"""
OPENERS = (
    "[data-current]",
    ".gauge__button",
    "[popovertarget=message-menu]",
    "[popovertarget=regenerate-menu]",
    ".message__details",
    ".picker__button",
)
LINES = """(cell) => {
  const words = document.createRange()
  words.selectNodeContents(cell)
  return words.getClientRects().length
}"""


@pytest.fixture
def phone(open_chat: OpenChat, house: House) -> Chat:
    """A conversation with a wide table and a page at work."""
    house.teach("wide", [{"say": TABLE}, {"finish": "stop"}, {"done": True}])
    chat = open_chat(color_scheme="dark", reduced_motion="reduce", **PHONE)
    send(chat, "[[script:wide]]")
    chat.expect_end()
    return chat


def send(chat: Chat, text: str) -> None:
    """Enter begins a line on a phone."""
    chat.box.fill(text)
    chat.send_button.tap()


def test_every_menu_is_a_sheet_that_a_tap_beside_it_only_closes(phone: Chat) -> None:
    page = phone.page
    found: dict[str, list[Any]] = {}
    for name in OPENERS:
        opener = page.locator(name).last
        opener.tap()
        sheet = page.locator(":popover-open")
        expect(sheet).to_be_visible()
        assert is_sheet(page, sheet), name
        found[name] = violations(page) + cut(page) + too_small(page)
        page.touchscreen.tap(360, 26)  # there is the link to a new chat
        expect(sheet).to_have_count(0)
        opener.press("Enter")
        expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
    assert not [one for one in found.items() if one[1]]
    assert phone.has_arrived()


def test_a_menu_of_the_drawer_is_a_sheet_too(phone: Chat) -> None:
    page = phone.page
    page.get_by_role("button", name="Show sidebar").tap()
    expect(page.get_by_role("dialog", name="Sidebar")).to_be_visible()
    assert not violations(page)
    page.locator(".entry__menu").first.tap()
    sheet = page.locator(":popover-open")
    assert is_sheet(page, sheet)
    page.touchscreen.tap(100, 100)
    expect(sheet).to_have_count(0)
    expect(page.locator(".side")).to_have_attribute("data-open", "")


def test_the_menu_of_the_drawer_does_what_it_says_and_undo_leaves_the_box_free(
    phone: Chat,
) -> None:
    page = phone.page
    page.get_by_role("button", name="Show sidebar").tap()
    row = page.locator(".entry:has([aria-current])")
    row.locator(".entry__menu").tap()
    page.get_by_role("menuitem", name="Rename").tap()
    page.keyboard.type("Thumbs")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Thumbs")
    row.locator(".entry__menu").tap()
    page.get_by_role("menuitem", name="Move to trash").tap()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    phone.ready()
    assert edge(undo, "bottom") <= edge(page.locator(".composer"), "top")
    undo.tap()
    expect(phone.questions).to_have_count(1)


def test_a_keyboard_leaves_the_greeting_and_a_changed_question_in_sight(phone: Chat) -> None:
    page = phone.page
    question = phone.questions.first
    question.get_by_role("button", name="Edit").tap()
    field = question.get_by_role("textbox")
    expect(field).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 420})
    expect(field).to_be_in_viewport(ratio=1)
    expect(question.get_by_role("button", name="Ask again")).to_be_in_viewport(ratio=1)
    expect(phone.box).to_be_hidden()
    question.get_by_role("button", name="Cancel").tap()
    expect(phone.box).to_be_visible()
    page.get_by_role("link", name="New chat").last.tap()
    expect(page.locator(".start__hello")).to_be_in_viewport(ratio=1)
    assert edge(page.locator(".main__bar"), "bottom") <= edge(page.locator(".start__hello"), "top")
    assert edge(page.locator(".start__hello"), "bottom") <= edge(page.locator(".composer"), "top")
    page.goto("/settings/")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Sign-in").tap()
    title = page.locator("#sign-in-title")
    expect(title).to_be_in_viewport(ratio=1)
    assert edge(page.locator(".settings__nav"), "bottom") <= edge(title, "top")


@pytest.mark.parametrize("size", [(820, 1180), (844, 390)], ids=["tablet", "turned"])
def test_fingers_find_what_they_need_on_a_tablet_and_a_turned_phone(
    open_chat: OpenChat, size: tuple[int, int]
) -> None:
    how = PHONE | {"viewport": {"width": size[0], "height": size[1]}}
    page = open_chat(**how).page
    assert not too_small(page)
    page.locator(".picker__button").tap()
    expect(page.locator(":popover-open")).to_be_visible()
    assert not too_small(page) + makes_phones_zoom(page) + cut(page)


def edge(found: Locator, name: str) -> float:
    """Where an edge of it stands in the window, in pixels from above."""
    at: float = found.evaluate("(it, name) => it.getBoundingClientRect()[name]", name)
    return at


def is_sheet(page: Page, popover: Locator) -> bool:
    box = popover.bounding_box()
    size = page.viewport_size
    assert box
    assert size
    return (round(box["x"]), round(box["width"])) == (0, size["width"]) and round(
        box["y"] + box["height"]
    ) == size["height"]


def test_a_wide_table_scrolls_instead_of_being_squeezed(phone: Chat) -> None:
    frame = phone.text.locator(".table")
    assert frame.evaluate("(frame) => frame.scrollWidth - frame.clientWidth") > 50
    cells = frame.locator("td")
    assert [cells.nth(n).evaluate(LINES) for n in (0, 1, 3, 4)] == [1, 1, 1, 1]
    assert cells.nth(2).evaluate(LINES) <= 2
    frame.focus()
    phone.page.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)


def test_a_page_at_work_takes_the_whole_screen(phone: Chat) -> None:
    phone.text.get_by_role("button", name="Preview").tap()
    dialog = phone.page.get_by_role("dialog", name="Preview of A clock")
    assert dialog.evaluate("(it) => it.matches(':modal') && it.offsetWidth") == 390
    phone.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_finger_that_moves_up_ends_the_following(open_chat: OpenChat) -> None:
    chat = open_chat(**PHONE)
    reader = Reader(chat)
    send(chat, ENDLESS)
    chat.expect_text("700 701")
    swipe(chat, 240)
    reader.rest()
    before = reader.place
    assert before.gap > 100
    grows(chat)
    assert reader.place.top == before.top
    reader.pill.tap()
    reader.expect_following()
    chat.stop_button.tap()
    chat.expect_end("stopped")


def swipe(chat: Chat, distance: int) -> None:
    """A finger goes down the glass by so many pixels; what is above comes into view."""
    touch = chat.page.context.new_cdp_session(chat.page)

    def tell(kind: str, *at: int) -> None:
        points = [{"x": 195, "y": y} for y in at]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    tell("touchStart", 300)
    for y in range(300, 300 + distance, 20):
        tell("touchMove", y + 20)
    tell("touchEnd")
