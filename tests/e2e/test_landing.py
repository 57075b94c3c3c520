"""Where one comes out: the newest message, a hit, the place one was reading."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD
from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat, parsed
from tests.e2e.reader import Reader, open_long, write_long
from tests.e2e.rig import House
from tests.e2e.test_attaching import file
from tests.e2e.test_sidebar import PHONE

COUNT = 140
NUMBERS = """() => [...document.querySelectorAll("article")].map(
  (article) => Number(article.textContent.match(/Message (\\d+)/)?.[1]))"""


@pytest.fixture
def reader(open_chat: OpenChat, house: House) -> Reader:
    write_long(house, COUNT)
    return open_long(open_chat("/"), COUNT)


def numbers(chat: Chat) -> list[int]:
    found: list[int] = chat.page.evaluate(NUMBERS)
    return found


def test_one_lands_at_the_end_and_older_messages_come_without_a_shift(reader: Reader) -> None:
    reader.expect_following()
    there = numbers(reader.chat)
    assert there == list(range(there[0], COUNT))
    assert there[0] > 0
    for _ in range(60):
        before = numbers(reader.chat)
        reader.wheel(-900)
        if len(numbers(reader.chat)) > len(before):
            break
    here = reader.place
    reader.page.wait_for_timeout(600)  # Nothing may move later either.
    assert abs(reader.place.offset - here.offset) <= 1
    assert reader.place.message == here.message
    for _ in range(60):
        if reader.place.top == 0 and numbers(reader.chat)[0] == 0:
            break
        reader.wheel(-4000)
    assert numbers(reader.chat) == list(range(COUNT))


def test_a_reload_and_the_way_back_lead_to_the_place_one_was_reading(reader: Reader) -> None:
    chat = reader.chat
    while numbers(chat)[0] > 40:
        reader.wheel(-4000)
    reader.wheel(-333)
    before = reader.place
    chat.page.reload()
    chat.ready()
    reader.rest()
    assert (reader.place.message, reader.place.offset) == (
        before.message,
        pytest.approx(before.offset, abs=2),
    )
    chat.page.get_by_role("link", name="New chat").first.click()
    expect(chat.page).to_have_url(re.compile(r"/$"))
    chat.page.go_back()
    chat.ready()
    reader.rest()
    assert (reader.place.message, reader.place.offset) == (
        before.message,
        pytest.approx(before.offset, abs=2),
    )
    reader.pill.click()
    expect(reader.pill).to_be_hidden()
    assert numbers(chat)[-1] == COUNT - 1
    chat.page.reload()
    chat.ready()
    reader.expect_following()


def test_a_hit_is_shown_lit_and_focused_and_its_end_can_be_reached(reader: Reader) -> None:
    chat = reader.chat
    reader.wheel(-90_000)
    while numbers(chat)[0] != 0:
        reader.wheel(-90_000)
    wanted = chat.log.locator("article").nth(31)
    hit = wanted.get_attribute("data-message")
    address = chat.address
    chat.open(f"{address}?at={hit}")
    found = chat.log.locator(f"article[data-message='{hit}']")
    expect(found).to_be_in_viewport()
    expect(found).to_be_focused()
    expect(found).to_contain_text("Message 31:")
    assert len(numbers(chat)) == 50
    reader.wheel(90_000)
    for _ in range(20):
        if numbers(chat)[-1] == COUNT - 1:
            break
        reader.wheel(90_000)
    assert numbers(chat)[-1] == COUNT - 1
    chat.ask("And what now?", answers=(numbers(chat)[-1] - numbers(chat)[0] + 1) // 2 + 1)
    assert chat.address == address


def test_a_hit_on_another_version_is_shown_there_until_one_goes_on(chat: Chat) -> None:
    chat.ask("the first question")
    chat.ask("a follow-up to the first answer", answers=2)
    hit = chat.answer.get_attribute("data-message")
    chat.act("Regenerate", chat.answers.first)
    chat.expect_end()
    address = chat.has_arrived()
    chat.open(f"{address}?at={hit}")
    expect(chat.answers).to_have_count(2)
    expect(chat.page.locator("[data-view]")).to_be_visible()
    chat.open(address)
    expect(chat.answers).to_have_count(1)
    chat.open(f"{address}?at={hit}")
    chat.ask("a third one, below the hit", answers=3)
    expect(chat.page.locator("[data-view]")).to_be_hidden()
    chat.open(address)
    expect(chat.answers).to_have_count(3)


BACK_TO_THE_CONVERSATION = """() => {
  const entry = navigation.entries().findLast(({ url }) => url.includes("/c/"))
  history.go(entry.index - navigation.currentEntry.index)
}"""


def test_after_signing_out_the_way_back_shows_nothing(
    visit: Callable[..., Page], house: House
) -> None:
    own_session = parsed(sign_in(house.origin, "ada", PASSWORD))
    chat = Chat(visit(house.origin, own_session)).open()
    chat.ask("a secret question")
    chat.page.goto("/accounts/logout/")
    chat.page.locator("main form button[type=submit]").last.click()
    expect(chat.page).to_have_url(re.compile("/accounts/login/"))
    chat.page.evaluate(BACK_TO_THE_CONVERSATION)
    expect(chat.page).to_have_url(re.compile("/accounts/login/.next=/c/"))
    expect(chat.page.get_by_text("a secret question")).to_have_count(0)


@pytest.mark.parametrize("how", [{}, PHONE], ids=["desktop", "phone"])
def test_a_question_long_past_is_changed_and_many_files_leave_its_buttons_in_view(
    open_chat: OpenChat, house: House, how: dict[str, Any]
) -> None:
    write_long(house, 6)
    chat = open_chat("/", **how)
    opener = chat.page.locator("[data-sidebar=show]")
    if how:
        opener.tap()
    reader = open_long(chat, 6)
    old = chat.questions.filter(has_text="Message 0:")
    old.scroll_into_view_if_needed()
    reader.chat.act("Edit", old)
    with reader.page.expect_file_chooser() as chooser:
        old.get_by_role("button", name="Attach files").click()
        reader.page.get_by_role("menuitem", name="Files").click()
    chooser.value.set_files([file(f"{number}.txt", b"words") for number in range(6)])
    expect(old.locator(".attachment[data-state=ready]")).to_have_count(6)
    for name in ("Cancel", "Ask again"):
        expect(old.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    old.get_by_role("button", name="Cancel").click()
    expect(old.locator(".editor")).to_have_count(0)
