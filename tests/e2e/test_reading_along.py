"""An answer that is being written: reloaded, followed from elsewhere, stopped, written under."""

import re

from playwright.sync_api import expect

from tests.e2e.chat import Chat, numbers
from tests.e2e.conftest import OpenChat
from tests.e2e.rig import House
from tests.standin import StandIn

SLOW = "[[script:count n=150 every_ms=25]]"
ENDLESS = "[[script:endless every_ms=20]]"


def test_a_reload_in_mid_answer_shows_everything_from_the_first_word(chat: Chat) -> None:
    chat.say(SLOW)
    chat.has_arrived()
    for seen in (6, 31, 61, 101):
        chat.expect_text(numbers(seen))
        chat.page.reload()
        assert numbers(150).startswith(chat.read())
        chat.expect_text(numbers(seen))
    chat.expect_end()
    chat.expect_read(numbers(150))
    chat.page.reload()
    chat.expect_read(numbers(150))


def test_a_second_tab_sees_the_same_and_may_stop_it(chat: Chat, open_chat: OpenChat) -> None:
    chat.say(ENDLESS)
    other = open_chat(chat.has_arrived())
    other.expect_text("1 2 3 4 5 6 7 8")
    other.stop_button.click()
    for tab in (chat, other):
        tab.expect_end("stopped")
        expect(tab.stop_button).to_be_hidden()
    chat.expect_read(other.read())
    assert whole_words(chat.read())
    chat.page.reload()
    chat.expect_read(other.read())


def test_an_answer_begun_elsewhere_appears_in_an_open_tab(chat: Chat, open_chat: OpenChat) -> None:
    chat.ask("The first words, from the first tab")
    other = open_chat(chat.address)
    chat.say("[[script:count n=200 every_ms=20]] again")
    expect(other.answers).to_have_count(2)
    other.expect_text("1 2 3 4 5")
    expect(other.answer).to_have_attribute("data-status", "streaming", timeout=1)
    expect(other.questions.last).to_contain_text("again")
    chat.answer.evaluate("article => { article.untouched = true }")
    for tab in (chat, other):
        tab.expect_end(answers=2)
        tab.expect_read(numbers(200))
    assert chat.answer.evaluate("article => article.untouched")


def test_what_goes_on_elsewhere_goes_on_in_its_place(
    chat: Chat, open_chat: OpenChat, house: House
) -> None:
    chat.ask("[[script:length after=4]] and more")
    chat.ask("a second question", answers=2)
    other = open_chat(chat.address)
    house.answer_next("count n=150 every_ms=20", "Continue exactly")
    chat.act("Continue", chat.answers.first)
    for tab in (chat, other):
        expect(tab.answers.first).to_contain_text("5 6 7")
        expect(tab.answers.first).to_have_attribute("data-status", "streaming", timeout=1)
    for tab in (chat, other):
        expect(tab.answers.first).to_have_attribute("data-status", "done")
        tab.expect_read(f"{numbers(4)} {numbers(150)}", tab.answers.first)
        expect(tab.questions).to_contain_text(["and more", "a second question"])
        expect(tab.answers).to_have_count(2)


def test_what_is_written_meanwhile_waits_as_a_chip_and_is_sent_after(
    chat: Chat, standin_process: StandIn
) -> None:
    chat.say("[[script:count n=80 every_ms=25]]")
    chat.expect_text("5 6")
    chat.box.fill("typing stays free")
    expect(chat.box).to_have_value("typing stays free")
    chat.box.press("Enter")
    expect(chat.chips).to_have_text([re.compile("typing stays free")])
    expect(chat.box).to_have_value("")
    chat.expect_end(answers=2)
    expect(chat.chips).to_have_count(0)
    expect(chat.questions.last).to_contain_text("typing stays free")
    assert len(standin_process.asked("typing stays free")) == 1


def test_what_waits_can_be_taken_back(chat: Chat, standin_process: StandIn) -> None:
    chat.say("[[script:count n=200 every_ms=25]]")
    chat.expect_text("3 4")
    chat.say("better unsaid")
    expect(chat.chips).to_have_count(1)
    chat.chips.get_by_role("button", name="Delete").click()
    expect(chat.chips).to_have_count(0)
    chat.expect_end()
    chat.page.reload()
    expect(chat.questions).to_have_count(1)
    assert not standin_process.asked("better unsaid")


def whole_words(text: str) -> bool:
    """Whether it is 1 2 3 … without a gap, a repeat or anything between."""
    counted = text.split()
    *sure, last = counted
    return sure == numbers(len(sure)).split() and str(len(counted)).startswith(last)
