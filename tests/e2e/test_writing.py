"""What is written is kept, and what can be done with it stands where one looks."""

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import OpenChat
from tests.e2e.patience import eventually
from tests.e2e.test_drafts import expect_saved

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SAILOR = "Answer like a sailor."


def test_words_written_over_and_instructions_not_saved_are_offered_after_a_reload(
    open_chat: OpenChat,
) -> None:
    here = open_chat()
    here.ask("whose words stay")
    there = open_chat(here.has_arrived())
    here.box.fill("mine")
    expect_saved(here)
    there.box.fill("theirs")
    expect_saved(there)
    here.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(here.box).to_have_value("theirs")
    offer = here.page.locator("main").get_by_text("This was written in another tab")
    expect(offer).to_be_visible()

    opener = here.page.get_by_role("button", name="Instructions and parameters")
    opener.click()
    here.page.get_by_label("Instructions", exact=True).fill(SAILOR)
    here.page.keyboard.press("Escape")
    here.page.reload()
    here.ready()
    expect(offer).to_be_visible()
    here.page.get_by_role("button", name="Back to mine").click()
    expect(here.box).to_have_value("mine")
    expect(offer).to_have_count(0)
    opener.click()
    expect(here.page.get_by_label("Instructions", exact=True)).to_have_value(SAILOR)
    here.page.get_by_role("button", name="Discard").click()
    expect(here.page.get_by_label("Instructions", exact=True)).to_have_value("")
    here.page.keyboard.press("Escape")
    here.box.fill("")
    expect_saved(here)


def test_buttons_numbers_and_ways_stand_where_one_looks(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.ask("[[script:count n=3]] where things stand")
    bubble = chat.questions.first.locator(".message__text")
    expect(bubble).to_be_visible()
    last = chat.button("More for this question", chat.questions.first)
    assert abs(end_of(last) - end_of(bubble)) < 12
    chat.page.keyboard.press("ControlOrMeta+k")
    ways = chat.page.get_by_role("dialog").get_by_text("Narrow it down")
    ways.click()
    expect(chat.page.get_by_text("in titles only")).to_be_visible()
    phone = open_chat(chat.has_arrived(), **PHONE)
    percent = phone.page.locator("[data-percent]")
    expect(percent).to_be_visible()
    expect(percent).to_contain_text("%")
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390


def test_continue_stands_below_the_words_whatever_ended_an_answer(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.say("[[script:endless every_ms=40]]")
    chat.expect_text("3 4")
    chat.stop_button.click()
    chat.expect_end("stopped")
    said = chat.answer.locator(".verdict > span")
    press = chat.answer.get_by_role("button", name="Continue")
    words, button = box_of(said), box_of(press)
    assert button["y"] >= words["y"] + words["height"]


def end_of(place: Locator) -> float:
    there = box_of(place)
    return there["x"] + there["width"]


def box_of(place: Locator) -> dict[str, float]:
    found = eventually(place.page, place.bounding_box, "it is not there")
    return {name: float(value) for name, value in found.items()}  # type: ignore[attr-defined]
