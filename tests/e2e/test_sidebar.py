"""The list beside the page: names, many at once, the trash, what ended elsewhere, the drawer."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.chat import Chat, scroll_width
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.glass import Glass, middle
from tests.e2e.rig import House
from tests.e2e.test_typing import COMPOSING, SAFARIS_PAUSE, compose, press_enter

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GONE = r"status of 404"


def row(page: Page, title: str) -> Locator:
    return page.locator(".entry").filter(has_text=title)


def toasts(page: Page) -> Locator:
    return page.locator(".toast")


def choose(page: Page, title: str, deed: str) -> None:
    """From the menu of a row."""
    row(page, title).hover()
    row(page, title).get_by_role("button", name=re.compile("^More for")).click()
    page.get_by_role("menuitem", name=deed, exact=True).click()


Begin = Callable[..., Chat]
SEED = """
from tests import factories
from zaichat.accounts.models import User
for name in {names!r}:
    factories.conversation(User.objects.get(username="ada"), name, "yes")
"""


@pytest.fixture
def begin(open_chat: OpenChat, house: House) -> Begin:
    """A tab at the start, with these conversations in its list; the last of them is the newest."""

    def begin_one(*names: str, **how: Any) -> Chat:
        house.manage("shell", "--command", SEED.format(names=names))
        return open_chat(**how)

    return begin_one


def test_an_archived_conversation_says_so_until_it_is_back_in_the_list(begin: Begin) -> None:
    chat = begin("to be archived")
    page = chat.page
    row(page, "to be archived").locator("a").click()
    address = chat.ready().has_arrived()
    line = page.get_by_text("This conversation is archived.")
    for back in ("Undo", "Unarchive"):
        expect(line).to_be_hidden()
        page.locator("[data-current]").click()
        page.get_by_role("menuitem", name="Archive", exact=True).click()
        expect(line).to_be_visible()
        expect(row(page, "to be archived")).to_have_count(0)
        page.locator("main, .toast").get_by_role("button", name=back, exact=True).click()
        expect(row(page, "to be archived")).to_have_count(1)
    expect(line).to_be_hidden()
    assert chat.address == address


def test_a_conversation_is_renamed_where_it_stands(begin: Begin, open_chat: OpenChat) -> None:
    chat = begin("an old name")
    page = chat.page
    row(page, "an old name").locator("a").click()
    other = open_chat(chat.ready().has_arrived())
    keys = page.context.new_cdp_session(page)
    link = row(page, "an old name").locator("a")
    link.focus()
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="Name")
    expect(field).to_be_focused()
    field.fill("")
    compose(keys, "xin mingzi")
    press_enter(keys, code=COMPOSING)
    press_enter(keys, code=13)
    expect(field).to_be_visible()
    keys.send("Input.insertText", {"text": "新名字"})
    chat.page.wait_for_timeout(SAFARIS_PAUSE)
    field.press("Enter")
    expect(field).to_have_count(0)
    expect(row(page, "新名字").locator("a")).to_be_focused()
    for tab in (page, other.page):
        expect(tab).to_have_title("新名字 · ZaiChat")
        expect(row(tab, "新名字")).to_have_count(1)
    page.keyboard.press("F2")
    field.press_sequentially("never said")
    other.ask("more", answers=2)
    expect(field).to_have_value("never said")
    field.press("Escape")
    expect(row(page, "新名字").locator("a")).to_be_focused()
    page.keyboard.press("F2")
    field.fill(" ")
    field.press("Enter")
    expect(page.get_by_text("Name: it must not be empty.")).to_be_visible()
    field.fill("left behind")
    chat.box.click()
    expect(row(page, "left behind")).to_have_count(1)


def test_several_go_to_the_trash_at_once_and_come_back(begin: Begin) -> None:
    names = ("bulk one", "bulk two", "bulk three")
    page = begin("bulk zero", *reversed(names), "bulk four").page
    choose(page, "bulk three", "Select several")
    expect(page.get_by_role("checkbox", name="Select “bulk three”")).to_be_focused()
    row(page, "bulk one").locator("a").click(modifiers=["Shift"])
    expect(page.locator("[data-picking-count]")).to_have_text("3 selected")
    assert violations(page) == []
    page.get_by_role("button", name="Move to trash").click()
    expect(toasts(page)).to_contain_text("3 conversations moved to trash")
    for name in names:
        expect(row(page, name)).to_have_count(0)
    expect(page.locator("#status")).to_contain_text("Ctrl+Z")
    page.keyboard.press("Control+z")
    for name in names:
        expect(row(page, name)).to_have_count(1)
    expect(toasts(page)).to_have_count(0)
    page.get_by_role("button", name="Select", exact=True).click()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-picking-count]")).to_have_text("2 selected")
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.locator("[data-group=pinned] .entry")).to_have_count(2)
    toasts(page).get_by_role("button", name="Undo").click()
    expect(page.locator("[data-group=pinned]")).to_have_count(0)


def test_what_is_on_the_page_goes_to_the_trash_and_every_tab_knows(
    begin: Begin, open_chat: OpenChat, watch: Watch
) -> None:
    watch.expects(GONE)
    chat = begin("throw me away")
    page = chat.page
    row(page, "throw me away").locator("a").click()
    address = chat.ready().has_arrived()
    other = open_chat(address).page
    choose(page, "throw me away", "Move to trash")
    expect(page).to_have_url(re.compile("/$"))
    expect(toasts(page)).to_contain_text("Moved to trash")
    expect(other.get_by_role("heading", name="This conversation is in the trash")).to_be_visible()
    toasts(page).get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile(address))
    expect(chat.questions).to_contain_text(["throw me away"])
    choose(page, "throw me away", "Move to trash")
    expect(toasts(page)).to_be_visible()
    other.reload()
    other.get_by_role("button", name="Restore").click()
    expect(Chat(other).questions).to_contain_text(["throw me away"])
    expect(row(page, "throw me away")).to_have_count(1)
    choose(page, "throw me away", "Move to trash")
    expect(row(page, "throw me away")).to_have_count(0)
    page.goto("/trash/")
    assert violations(page) == []
    mine = page.locator(".kept__row").filter(has_text="throw me away")
    mine.get_by_role("button", name="Delete for good").click()
    dialog = page.get_by_role("dialog", name="Delete for good?")
    expect(dialog).to_have_accessible_description("throw me away")
    page.keyboard.press("Escape")
    expect(mine).to_have_count(1)
    mine.get_by_role("button", name="Delete for good").click()
    dialog.get_by_role("button", name="Delete for good").click()
    expect(toasts(page)).to_contain_text("Deleted for good")
    expect(mine).to_have_count(0)
    # In the row that stands there now, else at the title.
    expect(page.locator(":is(.kept__row input, h1):focus")).to_have_count(1)


@pytest.mark.parametrize("elsewhere", ["/", "/settings/"])
def test_an_answer_that_ends_elsewhere_is_said_once_and_waits_with_a_dot(
    open_chat: OpenChat, elsewhere: str
) -> None:
    chat = open_chat()
    page = chat.page
    chat.say("finished elsewhere [[script:count n=80 every_ms=100]]")
    chat.has_arrived()
    chat.open(elsewhere)
    mine = row(page, "finished elsewhere").first
    expect(mine.get_by_role("img", name="running")).to_be_visible()
    ready = toasts(page).filter(has_text="is ready")
    expect(ready).to_have_count(1)
    expect(page.locator("#status")).to_contain_text("is ready")
    expect(mine.get_by_role("img", name="new answer")).to_be_visible()
    ready.get_by_role("link").click()
    chat.expect_end()
    expect(mine.locator(".dot")).to_have_count(0)
    page.goto("/")
    expect(mine.locator(".dot")).to_have_count(0)
    expect(toasts(page)).to_have_count(0)


def test_on_a_phone_the_drawer_follows_the_finger_and_holds_the_focus(begin: Begin) -> None:
    page = begin("on a phone", **PHONE).page
    drawer = page.locator(".side__in")
    finger = page.context.new_cdp_session(page)
    swipe(finger, 5, 300)
    expect(drawer).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("dialog", name="Sidebar")).to_be_visible()
    expect(page.locator("[data-sidebar=hide]")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('main')")
    assert scroll_width(page) <= 0
    swipe(finger, 300, 5)
    expect(drawer).not_to_be_in_viewport()
    opener = page.locator("[data-sidebar=show]")
    opener.tap()
    expect(drawer).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_in_viewport()
    expect(opener).to_be_focused()
    opener.tap()
    page.touchscreen.tap(385, 400)
    expect(drawer).not_to_be_in_viewport()
    opener.tap()
    leaves_one_thing_at_a_time(page)
    page.get_by_role("button", name="Select", exact=True).tap()
    row(page, "on a phone").first.tap()
    expect(page.locator("[data-picking-count]")).to_have_text("1 selected")
    page.get_by_role("button", name="Stop selecting").tap()
    expect(drawer).to_be_in_viewport(ratio=1)
    stays_where_it_is(page, finger)


def test_on_a_phone_a_resting_finger_opens_the_menu_and_pulls_it_down_again(begin: Begin) -> None:
    page = begin("rest on me", **PHONE).page
    glass = Glass(page)
    page.locator("[data-sidebar=show]").tap()
    mine = row(page, "rest on me").first
    expect(mine).to_be_in_viewport(ratio=1)
    menu = page.get_by_role("menu", name="Conversation")
    glass.press(middle(mine))
    expect(menu).to_be_visible()
    glass.lift()
    expect(page).to_have_url(re.compile("/$"))
    expect(menu).to_be_visible()
    box = menu.bounding_box()
    assert box
    glass.drag((195, box["y"] + 40), (195, box["y"] + 40 + box["height"] / 2))
    expect(menu).to_be_hidden()
    glass.tap(middle(mine))
    expect(page).to_have_url(re.compile("/c/"))


def swipe(finger: CDPSession, start: int, end: int) -> None:
    """Across the screen, in ten steps."""
    for step in range(11):
        x = start + (end - start) * step // 10
        kind = "touchMove" if step else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 400}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def leaves_one_thing_at_a_time(page: Page) -> None:
    """Escape and a tap close the menu of a row, and Undo the message: the drawer stays."""
    drawer = page.locator(".side__in")
    mine, menu = row(page, "on a phone").first, page.get_by_role("menu", name="Conversation")
    more = mine.locator(".entry__menu")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.touchscreen.tap(100, 100)):
        more.tap()
        expect(menu).to_be_visible()
        leave()
        expect(menu).to_be_hidden()
        expect(more).to_be_focused()
        expect(drawer).to_be_in_viewport(ratio=1)
    more.tap()
    menu.get_by_role("menuitem", name="Archive", exact=True).tap()
    toasts(page).get_by_role("button", name="Undo").tap()
    expect(mine).to_be_visible()
    expect(drawer).to_be_in_viewport(ratio=1)


def stays_where_it_is(page: Page, finger: CDPSession) -> None:
    """A swipe over a conversation opens the drawer; the browser does not go back by it."""
    drawer = page.locator(".side__in")
    row(page, "on a phone").first.locator(".entry__link").tap()
    address = Chat(page).ready().has_arrived()
    expect(drawer).not_to_be_in_viewport()
    swipe(finger, 100, 390)
    expect(page.get_by_role("dialog", name="Sidebar")).to_be_visible()
    swipe(finger, 300, 5)
    expect(drawer).not_to_be_in_viewport()
    assert address in page.url
