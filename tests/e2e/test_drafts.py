"""What is typed and not sent survives a killed server, a reload, and the way to another device."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD
from tests.e2e.chat import Chat
from tests.e2e.conftest import Watch, parsed
from tests.e2e.line import AWAY
from tests.e2e.patience import eventually
from tests.e2e.rig import House

TROUBLE = (*AWAY, "Failed to load resource")
KEPT_HERE = "Object.keys(localStorage).filter((name) => name.includes('.draft.')).length"


def expect_saved(chat: Chat) -> None:
    """The browser keeps no copy of its own any more: the server has it."""
    page = chat.page
    eventually(page, lambda: page.evaluate(KEPT_HERE) == 0, "the draft was never saved")


def test_what_is_typed_survives_a_killed_server_and_is_there_on_another_device(
    start_house: Callable[..., House], visit: Callable[..., Page], watch: Watch
) -> None:
    watch.expects(*TROUBLE)
    house = start_house()
    cookies = parsed(sign_in(house.origin, "ada", PASSWORD))
    desk = Chat(visit(house.origin, cookies)).open()
    desk.ask("a conversation")
    address = desk.has_arrived()
    desk.box.press_sequentially("not ")
    expect_saved(desk)
    house.server.kill()
    desk.box.press_sequentially("finished")
    house.server.start()
    house.server.wait_until_ready()
    desk.page.reload()
    expect(desk.ready().box).to_have_value("not finished")
    expect_saved(desk)

    phone = Chat(visit(house.origin, cookies)).open(address)
    expect(phone.box).to_have_value("not finished")
    phone.box.press_sequentially(", but soon")
    expect_saved(phone)
    desk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(desk.box).to_have_value("not finished, but soon")

    phone.box.press("Enter")
    phone.expect_end(answers=2)
    desk.open(address)
    expect(desk.box).to_have_value("")
    desk.open("/")
    expect(desk.box).to_have_value("")


def test_what_was_chosen_in_a_conversation_is_remembered_there(
    start_house: Callable[..., House], visit: Callable[..., Page]
) -> None:
    house = start_house()
    cookies = parsed(sign_in(house.origin, "ada", PASSWORD))
    desk = Chat(visit(house.origin, cookies)).open()
    search = desk.page.get_by_role("button", name="Web search")
    search.click()
    desk.ask("with the web")
    address = desk.has_arrived()
    elsewhere = Chat(visit(house.origin, cookies)).open(address)
    there = elsewhere.page.get_by_role("button", name="Web search")
    expect(there).to_have_attribute("aria-pressed", "true")
    elsewhere.open("/")
    expect(there).to_have_attribute("aria-pressed", "false")


def test_nobody_else_on_the_same_browser_sees_a_draft(
    start_house: Callable[..., House], visit: Callable[..., Page]
) -> None:
    house = start_house()
    page = visit(house.origin, parsed(sign_in(house.origin, "ada", PASSWORD)))
    chat = Chat(page).open()
    chat.box.fill("nobody's business")
    page.get_by_role("button", name="ada").click()
    page.get_by_role("menuitem", name="Sign out").click()
    sign_in_as(page, "mallory")
    expect(Chat(page).ready().box).to_have_value("")
    assert page.evaluate(KEPT_HERE) == 0
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    sign_in_as(page, "ada")
    expect(Chat(page).ready().box).to_have_value("nobody's business")


def sign_in_as(page: Page, name: str) -> Any:
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
