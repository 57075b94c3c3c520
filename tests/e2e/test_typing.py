"""Enter, and the people for whom it means something else."""

import re

from playwright.sync_api import CDPSession, expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat

COMPOSING = 229
"""The key code of every key that an input method takes for itself."""
SAFARIS_PAUSE = 60
"""Milliseconds; in Safari the Enter that ends a word comes within 30 of its end."""


def test_enter_while_a_word_is_composed_sends_nothing(chat: Chat) -> None:
    keys = chat.page.context.new_cdp_session(chat.page)
    chat.box.click()
    compose(keys, "ni hao")
    press_enter(keys, code=COMPOSING)
    press_enter(keys, code=13)
    expect(chat.questions).to_have_count(0)
    keys.send("Input.insertText", {"text": "你好"})
    expect(chat.box).to_have_value("你好")
    expect(chat.questions).to_have_count(0)
    chat.page.wait_for_timeout(SAFARIS_PAUSE)
    chat.box.press("Enter")
    chat.expect_end()
    expect(chat.questions).to_have_text(["You said\n你好"], use_inner_text=True)


def test_enter_while_a_word_is_composed_in_an_editor_asks_nothing(chat: Chat) -> None:
    chat.ask("an English question")
    chat.act("Edit", chat.questions.first)
    editor = chat.page.get_by_role("textbox", name="Edit message")
    keys = chat.page.context.new_cdp_session(chat.page)
    editor.fill("")
    compose(keys, "zai jian")
    press_enter(keys, code=COMPOSING)
    keys.send("Input.insertText", {"text": "再见"})
    expect(editor).to_have_value("再见")
    chat.page.wait_for_timeout(SAFARIS_PAUSE)
    editor.press("Enter")
    chat.expect_text("再见")
    expect(chat.questions.first.locator(".number")).to_have_text("2/2")


def test_shift_enter_begins_a_line(chat: Chat) -> None:
    chat.box.press_sequentially("one")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("two")
    expect(chat.box).to_have_value("one\ntwo")
    expect(chat.questions).to_have_count(0)


def test_on_a_touch_screen_enter_begins_a_line_and_the_button_sends(open_chat: OpenChat) -> None:
    chat = open_chat(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    chat.box.tap()
    chat.box.press_sequentially("one")
    chat.box.press("Enter")
    chat.box.press_sequentially("two")
    expect(chat.box).to_have_value("one\ntwo")
    chat.send_button.tap()
    chat.expect_end()
    expect(chat.questions).to_have_count(1)


def test_enter_twice_in_a_hurry_sends_once(chat: Chat) -> None:
    chat.box.fill("only once, please")
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Enter")
    chat.expect_end()
    expect(chat.chips).to_have_count(0)
    chat.page.reload()
    expect(chat.questions).to_have_count(1)


def test_a_draft_survives_a_reload_and_belongs_to_its_conversation(chat: Chat) -> None:
    chat.ask("a conversation")
    chat.box.fill("not finished")
    chat.page.reload()
    expect(chat.box).to_have_value("not finished")
    chat.page.get_by_role("link", name="New chat").first.click()
    expect(chat.box).to_have_value("")


def test_escape_ends_a_word_and_not_the_answer_and_arrow_up_edits_the_last_question(
    chat: Chat,
) -> None:
    chat.say("[[script:endless every_ms=40]]")
    chat.expect_text("2 3")
    keys = chat.page.context.new_cdp_session(chat.page)
    chat.box.click()
    compose(keys, "ni hao")
    press(keys, "Escape", code=COMPOSING)
    keys.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    expect(chat.answer).to_have_attribute("data-status", "streaming")
    chat.page.wait_for_timeout(SAFARIS_PAUSE)
    chat.box.press("Escape")
    chat.expect_end("stopped")

    chat.box.fill("")
    chat.box.press("ArrowUp")
    editor = chat.page.get_by_role("textbox", name="Edit message")
    expect(editor).to_be_focused()
    editor.fill("changed my mind")
    editor.press("Escape")
    expect(editor).to_have_count(0)
    chat.act("Edit", chat.questions.first)
    expect(editor).to_have_value("changed my mind")
    chat.page.reload()
    expect(chat.ready().page.get_by_role("textbox", name="Edit message")).to_have_value(
        "changed my mind"
    )
    editor.press("Control+Enter")
    chat.expect_end()
    expect(chat.questions.first.locator(".message__text")).to_have_text("changed my mind")
    expect(editor).to_have_count(0)


def test_where_ctrl_enter_is_chosen_enter_begins_a_line(chat: Chat) -> None:
    choose_send_key(chat, "ctrl_enter")
    chat.open("/")
    chat.box.press_sequentially("one")
    chat.box.press("Enter")
    chat.box.press_sequentially("two")
    expect(chat.box).to_have_value("one\ntwo")
    chat.box.press("Control+Enter")
    chat.expect_end()
    choose_send_key(chat, "enter")


def test_a_name_is_not_taken_while_a_word_of_it_is_composed(chat: Chat) -> None:
    chat.ask("a conversation to name")
    chat.page.locator(".entry [data-menu-for]").first.focus()
    chat.page.locator("[aria-current=page]").last.focus()
    chat.page.keyboard.press("F2")
    name = chat.page.locator("input[maxlength='120']:visible")
    name.fill("")
    keys = chat.page.context.new_cdp_session(chat.page)
    compose(keys, "ming zi")
    press_enter(keys, code=COMPOSING)
    expect(name).to_be_visible()
    keys.send("Input.insertText", {"text": "名字"})
    chat.page.wait_for_timeout(SAFARIS_PAUSE)
    name.press("Enter")
    expect(chat.page.locator("[aria-current=page] .entry__title")).to_have_text("名字")


def test_a_paste_of_a_hundred_thousand_characters_is_sent_and_one_more_is_refused(
    chat: Chat,
) -> None:
    count = chat.page.locator("#message-count")
    text = "漢字と語" * 25_000
    chat.box.fill(text + "!")
    expect(count).to_have_text("100,001 / 100,000")
    expect(chat.send_button).to_have_attribute("aria-disabled", "true")
    expect(chat.send_button).to_have_attribute("title", re.compile("at most 100,000"))
    chat.send_button.click(force=True)
    expect(chat.page.get_by_role("alert").filter(has_text="at most 100,000")).to_be_visible()
    expect(chat.box).to_have_value(text + "!")
    chat.box.press("Backspace")
    expect(count).to_have_text("100,000 / 100,000")
    expect(chat.send_button).to_have_attribute("aria-disabled", "false")
    height = chat.box.evaluate("(box) => box.clientHeight / innerHeight")
    assert 0.3 < height <= 0.41
    chat.box.press("Enter")
    chat.expect_end()


def choose_send_key(chat: Chat, key: str) -> None:
    chat.page.goto("/settings/")
    chat.page.locator(f"input[name=send_key][value={key}]").check(force=True)
    chat.page.locator(".settings__save button").click()
    expect(chat.page.locator(f"html[data-send-key={key}]")).to_be_attached()


def compose(keys: CDPSession, letters: str) -> None:
    where = {"selectionStart": len(letters), "selectionEnd": len(letters)}
    keys.send("Input.imeSetComposition", {"text": letters, **where})


def press_enter(keys: CDPSession, code: int) -> None:
    press(keys, "Enter", code)


def press(keys: CDPSession, name: str, code: int) -> None:
    key = {"key": name, "code": name, "windowsVirtualKeyCode": code}
    for kind in ("rawKeyDown", "keyUp"):
        keys.send("Input.dispatchKeyEvent", {"type": kind, **key})
