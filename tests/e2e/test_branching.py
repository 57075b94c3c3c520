"""A day with the versions of a conversation: edit, page, ask again, fork, delete, undo."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat, numbers
from tests.e2e.conftest import OpenChat
from tests.e2e.patience import eventually
from tests.e2e.rig import House

WORDS = {
    "en-US": {
        "edit": "Edit",
        "edit_field": "Edit message",
        "ask": "Ask again",
        "next": "Next version",
        "before": "Previous version",
        "spoken": "Version 1 of 2",
        "differently": "Regenerate differently",
        "more": "More for this answer",
        "fork": "Fork from here…",
        "everything": "Everything",
        "do_fork": "Fork",
        "delete": "Delete branch…",
        "do_delete": "Delete branch",
        "size": "Removes 2 messages. The question goes with its only answer.",
        "undo": "Undo",
        "forked": "Forked from",
    },
    "zh-CN": {
        "edit": "编辑",
        "edit_field": "编辑消息",
        "ask": "重新提问",
        "next": "下一个版本",
        "before": "上一个版本",
        "spoken": "第 1 个版本，共 2 个",
        "differently": "换种方式重新生成",
        "more": "这条回答的更多操作",
        "fork": "从这里另开对话…",
        "everything": "全部内容",
        "do_fork": "另开对话",
        "delete": "删除分支…",
        "do_delete": "删除分支",
        "size": "将删除 2 条消息。提问只有这一条回答，将一并删除。",
        "undo": "撤销",
        "forked": "来自另一个对话",
    },
}


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_conversation_branches_and_nothing_of_it_is_lost(
    open_chat: OpenChat, house: House, locale: str
) -> None:
    words = WORDS[locale]
    chat = open_chat(locale=locale)
    chat.ask(f"{locale}: the first wording")
    edit(chat, words, f"{locale}: the second wording")
    page_by_keys(chat, words, locale)
    ask_another_model(chat, house, words, locale)
    old = chat.has_arrived()
    fork(chat, words)
    expect(chat.page.get_by_text(words["forked"])).to_be_visible()
    assert chat.has_arrived() != old
    expect(chat.answer.locator(".number")).to_have_text("2/2")
    chat.page.get_by_role("log").locator("..").get_by_role("link").first.click()
    chat.ready()
    assert chat.has_arrived() == old
    chat.ask(f"{locale}: and one more", answers=2)
    delete_and_undo(chat, words, locale)


def edit(chat: Chat, words: dict[str, str], text: str) -> None:
    chat.act(words["edit"], chat.questions.first)
    chat.page.get_by_role("textbox", name=words["edit_field"]).fill(text)
    chat.page.get_by_role("button", name=words["ask"]).click()
    chat.expect_text(text)
    chat.expect_end()
    expect(chat.questions.first.locator(".number")).to_have_text("2/2")


def page_by_keys(chat: Chat, words: dict[str, str], name: str) -> None:
    """Left and Right in the pager; it keeps the focus, and says where one is."""
    chat.button(words["before"], chat.questions.first).focus()
    chat.page.keyboard.press("ArrowLeft")
    chat.expect_text(f"{name}: the first wording")
    expect(chat.page.get_by_role("status")).to_have_text(words["spoken"])
    expect(chat.button(words["next"], chat.questions.first)).to_be_focused()
    chat.page.keyboard.press("ArrowRight")
    chat.expect_text(f"{name}: the second wording")
    expect(chat.button(words["before"], chat.questions.first)).to_be_focused()


def ask_another_model(chat: Chat, house: House, words: dict[str, str], name: str) -> None:
    """By the keyboard alone, from the menu beside Regenerate."""
    house.answer_next("count n=7", f"{name}: the second")
    chat.button(words["differently"]).focus()
    chat.page.keyboard.press("Enter")
    menu = chat.page.locator("#regenerate-menu")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    chosen = menu.locator("[data-models] button").first
    title = chosen.inner_text().split("\n")[0]
    while not chosen.evaluate("button => button === document.activeElement"):
        chat.page.keyboard.press("ArrowDown")
    chat.page.keyboard.press("Enter")
    chat.expect_text(numbers(7))
    chat.expect_end()
    expect(chat.answer.locator(".number")).to_have_text("2/2")
    expect(chat.answer.locator(".message__details")).to_contain_text(title)


def menu_entry(chat: Chat, words: dict[str, str], name: str) -> None:
    chat.act(words["more"])
    chat.page.locator("#message-menu").get_by_role("menuitem", name=words[name]).click()


def fork(chat: Chat, words: dict[str, str]) -> None:
    menu_entry(chat, words, "fork")
    dialog = chat.page.get_by_role("dialog")
    dialog.get_by_role("radio", name=words["everything"]).check()
    before = chat.address
    dialog.get_by_role("button", name=words["do_fork"], exact=True).click()
    chat.page.wait_for_url(lambda url: before not in url)
    chat.ready()


def delete_and_undo(chat: Chat, words: dict[str, str], name: str) -> None:
    menu_entry(chat, words, "delete")
    dialog = chat.page.get_by_role("dialog")
    expect(dialog).to_contain_text(words["size"])
    dialog.get_by_role("button", name=words["do_delete"]).click()
    expect(chat.questions).to_have_count(1)
    chat.page.locator(".toast").get_by_role("button", name=words["undo"]).click()
    expect(chat.questions).to_have_count(2)
    expect(chat.questions.last).to_contain_text(f"{name}: and one more")
    chat.page.reload()
    expect(chat.questions).to_have_count(2)


def test_another_tab_follows_to_a_version_unless_somebody_writes_there(
    open_chat: OpenChat,
) -> None:
    one = open_chat()
    one.ask("which tab shows what")
    edit(one, WORDS["en-US"], "which tab shows what now")
    idle, writing = open_chat(one.address), open_chat(one.address)
    writing.box.fill("half a thought")
    one.act("Previous version", one.questions.first)
    expect(idle.questions.first.locator(".number")).to_have_text("1/2")
    expect(writing.questions.first.locator(".number")).to_have_text("2/2")
    writing.ask("half a thought, whole", answers=2)
    expect(writing.questions.first.locator(".number")).to_have_text("2/2")


def test_an_answer_is_copied_for_fields_for_documents_and_for_a_bug_report(
    open_chat: OpenChat,
) -> None:
    chat = open_chat(permissions=["clipboard-read", "clipboard-write"])
    chat.ask("[[script:think n=5 then=4 every_ms=5]] **secret words**")
    chat.act("Copy")
    expect(chat.page.locator(".toast")).to_have_text("Copied")
    assert numbers(4) in pasted(chat.page, "text/html", "1")
    assert "t1" not in pasted(chat.page, "text/plain", "1")
    menu_entry(chat, {"more": "More for this answer", "item": "Copy with thinking"}, "item")
    assert pasted(chat.page, "text/plain", "t1").startswith("> t1")
    chat.answer.locator(".message__details").click()
    chat.page.get_by_role("button", name="Copy for a bug report").click()
    report = json.loads(pasted(chat.page, "text/plain", "request_ids"))
    assert report["runs"][0]["model"] == "glm-4.6"
    assert report["runs"][0]["request_ids"]
    assert "secret" not in json.dumps(report)


def pasted(page: Page, kind: str, awaited: str) -> str:
    """What would be pasted, once these words are in it."""

    def look() -> str:
        text = str(page.evaluate(READS_CLIPBOARD, kind))
        return text if awaited in text else ""

    return eventually(page, look, f"{awaited} was never copied")


READS_CLIPBOARD = """async (kind) => {
  try {
    const [item] = await navigator.clipboard.read()
    return await (await item.getType(kind)).text()
  } catch {
    return "" // it changed meanwhile
  }
}"""
