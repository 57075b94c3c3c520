"""Several tabs of one browser, which share what it keeps, and one conversation in two of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.contract.rig import PASSWORD
from tests.e2e.chat import Chat
from tests.e2e.conftest import Watch
from tests.e2e.line import AWAY, Line
from tests.e2e.rig import House
from tests.standin import StandIn

Tab = tuple[Chat, Line]


@pytest.fixture
def open_tab(
    visit: Callable[..., Page], house: House, cookies: dict[str, str], watch: Watch
) -> Callable[..., Tab]:
    """Each beside the one before it, in the same browser."""
    watch.expects(*AWAY)
    pages: list[Page] = []

    def open_one(path: str = "/") -> Tab:
        page = pages[0].context.new_page() if pages else visit(house.origin, cookies)
        pages.append(page)
        line = Line(page)
        return Chat(page).open(path), line

    return open_one


def test_two_tabs_that_were_offline_begin_a_conversation_each(
    open_tab: Callable[..., Tab], standin_process: StandIn
) -> None:
    tabs = {"from the left tab": open_tab(), "from the right tab": open_tab()}
    for words, (chat, line) in tabs.items():
        line.cut()
        chat.say(words)
        expect(chat.chips).to_have_count(1)
    for _chat, line in tabs.values():
        line.mend()
    for words, (chat, _line) in tabs.items():
        chat.expect_end()
        expect(chat.questions).to_contain_text([words])
        expect(chat.chips).to_have_count(0)
        assert len(standin_process.asked(words)) == 1
    assert len({chat.has_arrived() for chat, _line in tabs.values()}) == 2


def test_what_a_closed_tab_did_not_send_waits_in_the_next_new_chat(
    open_tab: Callable[..., Tab], standin_process: StandIn
) -> None:
    closed, line = open_tab()
    other, _line = open_tab()
    line.cut()
    closed.say("from a closed tab")
    expect(closed.chips).to_have_count(1)
    closed.page.close()
    other.ask("from a tab that stays")
    expect(other.questions).to_have_count(1)
    next_one, _line = open_tab()
    expect(next_one.chips).to_contain_text("from a closed tab")
    assert not standin_process.asked("from a closed tab")
    next_one.chips.get_by_role("button", name="Retry").click()
    next_one.expect_end()
    assert next_one.has_arrived() != other.address
    assert len(standin_process.asked("from a closed tab")) == 1


FORBIDS_STORAGE = """
for (const name of ["sessionStorage", "localStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } })
}
"""


def test_a_browser_that_may_keep_nothing_asks_and_answers_all_the_same(
    visit: Callable[..., Page], house: House, cookies: dict[str, str]
) -> None:
    page = visit(house.origin, cookies)
    page.add_init_script(FORBIDS_STORAGE)
    chat = Chat(page).open()
    chat.ask("from a browser that may keep nothing")
    chat.open(chat.has_arrived())
    chat.ask("and once more", answers=2)


def test_from_a_form_that_is_out_of_date_the_way_back_leads_to_one_that_works(
    visit: Callable[..., Page], house: House, watch: Watch
) -> None:
    watch.expects("status of 403")
    page = visit(house.origin)
    page.goto("/accounts/login/")
    sign_in_as(page, "wrong")
    expect(page.locator(".banner--error")).to_be_visible()
    page.go_back()
    page.context.clear_cookies()
    sign_in_as(page, PASSWORD)
    expect(page.get_by_role("heading", name="This form was out of date")).to_be_visible()
    page.go_back()
    sign_in_as(page, PASSWORD)
    Chat(page).ready()


def sign_in_as(page: Page, password: str) -> None:
    page.get_by_label("User name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
