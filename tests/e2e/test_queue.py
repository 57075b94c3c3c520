"""Questions asked while an answer is written: they wait in sight, in order, and in every tab."""

import re

from playwright.sync_api import expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat
from tests.standin import StandIn

ENDLESS = "[[script:endless every_ms=40]]"


def waiting(chat: Chat) -> list[str]:
    return chat.page.locator("[data-waiting] > span").all_inner_texts()


def press(chat: Chat, words: str, name: str) -> None:
    chat.chips.filter(has_text=words).get_by_role("button", name=f"{name}: {words}").click()


def send_now_from(tab: Chat, words: str, stops: Chat) -> None:
    """It says that it stops the answer, and the other tab says where that was done."""
    now = tab.chips.filter(has_text=words).get_by_role("button", name="Send now")
    expect(now).to_have_accessible_description(re.compile("^Stops the answer"))
    press(tab, words, "Send now")
    expect(stops.answers.first).to_have_attribute("data-status", "stopped")
    expect(stops.answers.first.locator(".verdict")).to_contain_text("Stopped in another window")
    expect(tab.answers.first.locator(".verdict > span")).to_have_text("Stopped")


def expect_paused(here: Chat, other: Chat) -> None:
    expect(here.page.get_by_role("status")).to_contain_text("2 waiting messages are paused")
    expect(here.box).to_have_attribute("placeholder", "Ask something else; it is sent at once")
    for tab in (here, other):
        expect(tab.page.locator("[data-waiting][data-held]")).to_have_count(2)
        expect(tab.chips.first).to_contain_text("Paused")


def test_waiting_questions_are_sent_now_edited_deleted_and_held_the_same_in_two_tabs(
    open_chat: OpenChat, standin_process: StandIn
) -> None:
    chat = open_chat()
    chat.say(ENDLESS)
    chat.expect_text("3 4")
    for words in ("queued one", "queued two", "queued three"):
        chat.say(words)
    expect(chat.page.locator("[data-waiting]")).to_have_count(3)
    other = open_chat(chat.has_arrived())
    assert waiting(other) == waiting(chat) == ["queued one", "queued two", "queued three"]

    send_now_from(other, "queued three", stops=chat)
    expect(chat.page.locator("[data-waiting]")).to_have_count(0)
    chat.expect_end(answers=4)
    order = chat.questions.locator(".message__text").all_inner_texts()
    assert order[1:] == ["queued three", "queued one", "queued two"]
    assert len(standin_process.asked("queued three")) >= 1

    chat.say(ENDLESS)
    expect(chat.text.last).to_contain_text("3 4")
    chat.say("held one")
    chat.say("held two")
    expect(other.page.locator("[data-waiting]")).to_have_count(2)
    chat.box.fill("written meanwhile")
    chat.box.press("Escape")
    expect(chat.answer).to_have_attribute("data-status", "stopped")
    expect_paused(chat, other)

    press(chat, "held one", "Edit")
    expect(chat.box).to_have_value("held one\n\nwritten meanwhile")
    expect(other.chips).to_have_count(1)
    chat.page.reload()
    assert waiting(chat.ready()) == ["held two"]
    expect(chat.box).to_have_value("held one\n\nwritten meanwhile")
    press(chat, "held two", "Delete")
    expect(other.page.locator(".queue")).to_be_hidden()
    assert standin_process.asked("held two") == []
    chat.box.fill("")
