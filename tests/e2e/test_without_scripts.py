"""A conversation is a page of text before any script has run."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat
from tests.e2e.rig import House


def test_without_scripts_a_conversation_can_be_read(
    chat: Chat, visit: Callable[..., Page], house: House, cookies: dict[str, str]
) -> None:
    chat.ask("[[script:think n=4 then=6]] to be read anywhere")
    plain = Chat(visit(house.origin, cookies, java_script_enabled=False))
    plain.page.goto(chat.address)
    expect(plain.questions.first).to_contain_text("to be read anywhere")
    expect(plain.text).to_have_text("1 2 3 4 5 6 ")
    expect(plain.text).to_be_visible()
    plain.answer.locator("details.reasoning summary").click()
    expect(plain.answer.locator("details.reasoning")).to_contain_text("t1 t2 t3 t4")
    expect(plain.page.get_by_role("link", name="New chat").first).to_be_visible()
