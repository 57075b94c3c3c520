"""Following what is written, and reading elsewhere meanwhile: the view never fights anybody."""

import re

from playwright.sync_api import expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat
from tests.e2e.patience import eventually
from tests.e2e.reader import Reader
from tests.e2e.rig import House

ENDLESS = "[[script:endless every_ms=6]]"
THOUGHT = "First this, then that, and at last what follows from both. " * 12


def grows(chat: Chat) -> None:
    """Until some lines more have been written."""
    before = len(chat.answer.inner_text())
    wanted = before + 400
    look = chat.answer.inner_text
    eventually(chat.page, lambda: len(look()) > wanted, "nothing more was written")


def test_whoever_reads_is_left_alone_until_they_come_back(chat: Chat) -> None:
    reader = Reader(chat)
    chat.say(ENDLESS)
    chat.expect_text("700 701")
    reader.expect_following()
    reader.wheel(-220)
    before = reader.place
    expect(reader.pill).to_be_visible()
    grows(chat)
    assert reader.place.top == before.top
    expect(reader.pill).to_have_attribute("data-news", "")
    reader.pill.click()
    reader.expect_following()
    grows(chat)
    reader.expect_following()
    chat.box.press("PageUp")
    reader.rest()
    assert reader.place.gap > 200
    before = reader.place
    grows(chat)
    assert reader.place.top == before.top
    chat.box.press("End")
    reader.expect_following()
    grows(chat)
    reader.expect_following()
    chat.box.press("PageUp")
    expect(reader.pill).to_be_visible()
    reader.pill.click()
    reader.expect_following()
    expect(chat.box).to_be_focused()
    grows(chat)
    reader.expect_following()
    chat.stop_button.click()
    chat.expect_end("stopped")


def test_a_question_goes_near_the_top_and_nothing_jumps_at_the_end(chat: Chat) -> None:
    reader = Reader(chat)
    chat.ask("[[script:count n=1500 every_ms=0]]")
    chat.say("[[script:count n=120 every_ms=15]] once more")
    expect(chat.questions).to_have_count(2)
    chat.expect_text("3 4 5")
    top = reader.place.top
    view, question = reader.view.bounding_box(), chat.questions.last.bounding_box()
    assert view
    assert question
    assert 0 <= question["y"] - view["y"] <= 32
    chat.expect_end(answers=2)
    reader.rest()
    assert reader.place.top == top
    expect(reader.pill).to_be_hidden()


def test_a_thought_that_folds_moves_neither_followers_nor_readers(
    open_chat: OpenChat, house: House
) -> None:
    house.manage("shell", "-c", SHOW_THINKING.format(shown="live"))
    think = [step for word in THOUGHT.split() for step in ({"think": f"{word} "}, {"wait": 8})]
    text = [step for n in range(1500) for step in ({"say": f"{n} "}, {"wait": 4})]
    house.teach("folds", [*think, *text, {"finish": "stop"}, {"done": True}])
    try:
        chat = open_chat()
        reader = Reader(chat)
        chat.say("[[script:folds]]")
        step = chat.answer.locator("details.reasoning")
        expect(step).to_have_attribute("open", "")
        body = step.locator(".step__body")
        assert body.evaluate("body => body.scrollHeight - body.scrollTop - body.clientHeight") <= 1
        expect(step.locator("summary")).to_contain_text(re.compile(r"Thought for \d+ s"))
        expect(step).not_to_have_attribute("open", "")
        reader.expect_following()
        chat.expect_text("900 901")
        reader.expect_following()
        reader.wheel(-150)
        before = reader.place
        step.evaluate("step => { step.open = true }")
        reader.rest()
        step.evaluate("step => { step.open = false }")
        grows(chat)
        assert abs(reader.place.top - before.top) <= 1
        expect(reader.pill).to_be_visible()
    finally:
        house.manage("shell", "-c", SHOW_THINKING.format(shown="closed"))


SHOW_THINKING = """
from zaichat.accounts.models import User
User.objects.filter(username="ada").update(thinking_shown="{shown}")
"""
