"""Editing, asking again, going on and copying; and answers that end otherwise than well."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import Chat, numbers
from tests.e2e.conftest import OpenChat
from tests.e2e.rig import House


def test_an_edited_question_becomes_a_version_one_can_page_between(chat: Chat) -> None:
    chat.ask("the first wording")
    chat.act("Edit", chat.questions.first)
    editor = chat.page.get_by_role("textbox", name="Edit message")
    expect(editor).to_have_value("the first wording")
    editor.fill("the second wording")
    chat.page.get_by_role("button", name="Ask again").click()
    chat.expect_text("the second wording")
    chat.expect_end()
    expect(chat.questions.first.locator(".number")).to_have_text("2/2")

    chat.act("Previous version", chat.questions.first)
    chat.expect_text("the first wording")
    expect(chat.button("Previous version", chat.questions.first)).to_be_disabled()
    chat.page.reload()
    chat.expect_text("the first wording")
    chat.act("Next version", chat.questions.first)
    chat.expect_text("the second wording")
    expect(chat.questions).to_have_count(1)


def test_regenerate_gives_another_answer_beside_the_first(chat: Chat, house: House) -> None:
    chat.ask("which of two answers, please")
    house.answer_next("count n=7", "which of two answers")
    chat.act("Regenerate")
    chat.expect_text("1 2 3 4 5 6 7")
    chat.expect_end()
    expect(chat.answer.locator(".number")).to_have_text("2/2")
    chat.act("Previous version")
    chat.expect_text("which of two answers, please")


def test_an_answer_that_was_cut_goes_on_in_the_same_message(chat: Chat, house: House) -> None:
    chat.ask("[[script:length after=6]]", "done")
    chat.expect_read(numbers(6))
    message = chat.answer.get_attribute("data-message")
    expect(
        chat.answer.get_by_text("longest answer").or_(chat.answer.locator(".notice"))
    ).to_be_visible()
    house.answer_next("count n=3", "Continue exactly")
    chat.act("Continue")
    expect(chat.text).to_have_text([re.compile(r"5\s+6\s+1\s+2\s+3\s*$")])
    chat.expect_end()
    expect(chat.answer.locator(".notice:visible")).to_have_count(0)
    chat.expect_read(f"{numbers(6)} {numbers(3)}")
    assert chat.answer.get_attribute("data-message") == message


def test_copy_copies_the_answer_and_not_the_thinking(open_chat: OpenChat) -> None:
    chat = open_chat(permissions=["clipboard-read", "clipboard-write"])
    chat.ask("[[script:think n=5 then=4 every_ms=5]]")
    chat.act("Copy")
    expect(chat.page.locator(".toast")).to_have_text("Copied")
    assert chat.page.evaluate("navigator.clipboard.readText()").strip() == numbers(4)


@pytest.mark.parametrize(
    ("script", "words", "kept"),
    [
        ("refuse status=429 code=1113 times=9", "balance", ""),
        ("refuse status=401 code=1001 times=9", "key", ""),
        ("error after=4 code=1302", "Retry", numbers(4)),
        ("html", "Retry", ""),
    ],
)
def test_a_failure_says_why_and_keeps_what_was_said(
    chat: Chat, script: str, words: str, kept: str
) -> None:
    chat.say(f"[[script:{script}]]")
    chat.expect_end("failed")
    expect(chat.answer.locator(".verdict")).to_contain_text(re.compile(words, re.IGNORECASE))
    chat.expect_read(kept)
    chat.page.reload()
    expect(chat.button("Retry")).to_be_visible()
    expect(chat.answer.get_by_role("button", name="Continue")).to_have_count(1 if kept else 0)
    chat.expect_read(kept)


def test_a_stream_that_breaks_off_is_not_blamed_on_this_server(chat: Chat) -> None:
    chat.say("[[script:rst after=4]]")
    chat.expect_end("interrupted")
    verdict = chat.answer.locator(".verdict")
    expect(verdict).to_contain_text("Continue")
    expect(verdict).not_to_contain_text("restarted")
    chat.expect_read(numbers(4))


def test_retry_after_a_failure_answers_and_leaves_a_draft_alone(chat: Chat) -> None:
    chat.say("[[script:refuse status=400 code=1210 times=1]] try me twice")
    chat.expect_end("failed")
    chat.box.fill("half a thought")
    chat.act("Retry")
    expect(chat.answer).to_have_attribute("data-status", "done")
    expect(chat.box).to_have_value("half a thought")
    chat.page.reload()
    expect(chat.box).to_have_value("half a thought")


def test_a_withdrawn_answer_leaves_the_screen_and_says_so(chat: Chat) -> None:
    chat.say("[[script:sensitive after=8 every_ms=60]]")
    chat.expect_text("1 2 3")
    chat.expect_end("blocked")
    expect(chat.answer).to_contain_text("withdrawn")
    assert not chat.read()
    chat.page.reload()
    assert not chat.read()
    chat.act("Edit question")
    expect(chat.page.get_by_role("textbox", name="Edit message")).to_be_focused()


def test_thinking_is_shown_while_it_lasts_and_folded_after(chat: Chat) -> None:
    chat.say("[[script:think n=60 then=5 every_ms=40]]")
    summary = chat.answer.locator("details.reasoning summary")
    expect(summary).to_contain_text("Thinking…")
    expect(summary).to_contain_text(re.compile(r"Thought for \d+ s"))
    chat.expect_end()
    chat.expect_read(numbers(5))
    summary.click()
    expect(chat.answer.locator("details.reasoning")).to_contain_text("t1 t2 t3")
    chat.page.reload()
    expect(summary).to_contain_text(re.compile(r"Thought for \d+ s"))


def test_answer_now_ends_the_thinking(chat: Chat, house: House) -> None:
    chat.say("[[script:think n=2000 then=5 every_ms=20]] think long")
    expect(chat.answer.locator("details.reasoning summary")).to_contain_text("Thinking…")
    house.answer_next("count n=4", "think long")
    chat.act("Answer now")
    chat.expect_end()
    chat.expect_read(numbers(4))
    expect(chat.answer.locator("details.reasoning summary")).to_contain_text("Thought")
