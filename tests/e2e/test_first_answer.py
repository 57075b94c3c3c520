"""From an empty data folder to a first answer, and through everything that can befall it."""

import re
from collections.abc import Callable
from importlib.util import find_spec

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat, numbers
from tests.e2e.conftest import Watch
from tests.e2e.line import AWAY
from tests.e2e.rig import Home
from tests.standin import StandIn

PASSWORD = "seven-lanterns-hum-softly"

StartHome = Callable[..., Home]
Visit = Callable[..., Page]


def test_a_newcomer_gets_an_answer_that_survives_everything(
    start_home: StartHome, visit: Visit, watch: Watch, standin_process: StandIn
) -> None:
    watch.expects(*AWAY)
    home = start_home()
    page = newcomer(home, visit)
    chat = Chat(page).ready()
    chat.ask("Hello there, first of all")
    chat.expect_text("Hello there, first of all")
    first = chat.has_arrived()

    page = closed_and_reopened(page, "[[script:count n=100 every_ms=20]]", first)
    chat = Chat(page)
    chat.expect_end(answers=2)
    chat.expect_read(numbers(100))

    before = lost_power_while_answering(home, chat, "[[script:count n=400 every_ms=20]]")
    home.start()
    chat.expect_end("interrupted", answers=3)
    page.reload()
    kept = chat.read()
    assert kept.startswith(before)

    chat.act("Continue")
    chat.expect_end(answers=3)
    assert chat.read().startswith(kept)
    assert len(chat.read()) > len(kept)
    assert len(standin_process.asked("n=400")) == 1, "nothing was asked again by itself"


@pytest.mark.local_model
@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.skipif(not find_spec("xllamacpp"), reason="the local model is not installed here")
def test_without_a_key_a_real_model_on_this_computer_answers(
    start_home: StartHome, visit: Visit, watch: Watch
) -> None:
    watch.expects(*AWAY)
    home = start_home(scripted=False, ENGINE_TIME_SCALE="1")
    page = newcomer(home, visit)
    chat = Chat(page).ready()
    expect(page.get_by_text("Answers come from a small model")).to_be_visible()

    chat.say("Tell me a long story about a lighthouse and the sea.")
    first_words(chat)
    page = reopened(page, chat.has_arrived())
    chat = Chat(page)
    expect(chat.answer).to_have_attribute("data-status", "done", timeout=90_000)
    assert len(chat.read().split()) > 20

    chat.say("Now tell me a long story about a mountain.")
    expect(chat.answers).to_have_count(2)
    first_words(chat)
    more_than_a_second_of_words(chat)
    home.lose_power()
    shown = chat.read()
    home.start()
    expect(chat.answer).to_have_attribute("data-status", "interrupted", timeout=60_000)
    kept = chat.read()[:20]
    assert len(kept) == 20
    assert shown.startswith(kept)
    chat.act("Continue")
    expect(chat.answer).to_have_attribute("data-status", "done", timeout=90_000)
    assert chat.read().startswith(kept)
    expect(chat.answers).to_have_count(2)


def more_than_a_second_of_words(chat: Chat) -> None:
    """What is saved once a second has been saved beyond the first word."""
    expect(chat.text.first).to_have_text(re.compile(r"(\S+\s+){90}"), timeout=60_000)


def newcomer(home: Home, visit: Visit) -> Page:
    """Somebody who opens the printed link, makes the account and is in."""
    page = visit(home.origin)
    page.goto(home.welcome)
    page.get_by_label(re.compile("^User ?name", re.IGNORECASE)).fill("grace")
    page.get_by_label(re.compile("^E-?mail")).fill("grace@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()
    return page


def closed_and_reopened(page: Page, question: str, address: str) -> Page:
    """Ask, see a few words, close the tab; another one at the same place."""
    chat = Chat(page)
    chat.say(question)
    expect(chat.answers).to_have_count(2)
    chat.expect_text("3 4")
    return reopened(page, address)


def reopened(page: Page, address: str) -> Page:
    context = page.context
    page.close()
    another = context.new_page()
    Chat(another).open(address)
    return another


def lost_power_while_answering(home: Home, chat: Chat, question: str) -> str:
    """What was certainly saved when every process of the server was killed."""
    chat.say(question)
    expect(chat.answers).to_have_count(3)
    chat.expect_text("20 21")
    saved = numbers(5)
    chat.expect_text("60 61")
    home.lose_power()
    expect(chat.banner).to_be_visible()
    return saved


def first_words(chat: Chat) -> None:
    expect(chat.text.first).to_contain_text(re.compile(r"(\w+\W+){6}"), timeout=90_000)
