"""Enter, and the people for whom it means something else."""

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


def compose(keys: CDPSession, letters: str) -> None:
    where = {"selectionStart": len(letters), "selectionEnd": len(letters)}
    keys.send("Input.imeSetComposition", {"text": letters, **where})


def press_enter(keys: CDPSession, code: int) -> None:
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
    for kind in ("rawKeyDown", "keyUp"):
        keys.send("Input.dispatchKeyEvent", {"type": kind, **key})
