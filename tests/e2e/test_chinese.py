"""Everything in Simplified Chinese, for a browser that asks for it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD
from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat, Watch, parsed
from tests.e2e.rig import Home, House

LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(
    r"\b(?:glm|mock)-[\w.-]+|\[\[script:[^\]]*\]*|mallory(@example\.org)?", re.IGNORECASE
)
"""What is no text of ours: names of models and people, and what was asked."""
NAMES = {
    "ZaiChat",
    "GLM",
    "API",
    "ZAI",
    "KEY",
    "Markdown",
    "Python",
    "English",
    "ada",
    "ZAI_API_KEY",
}
NAMES |= {
    "GB",
    "KB",
    "welcome",
    "MB",
    "UTC",
    "CNY",
    "USD",
    "Ctrl",
    "Shift",
    "Enter",
    "example",
    "org",
    "SQLite",
    "URL",
}

SPOKEN = """() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true })
  const said = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement
    if (at.closest("script, style, template, code, pre, option, [data-chosen], .choice b")) continue
    if (at.closest(".message__text, .side__list, .me, .message__details, .details, input")) continue
    if (shown(at)) said.push(node.data)
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
    if (!shown(element) || element.closest(".message__text, .side__list, .me")) continue
    for (const name of ["aria-label", "title", "placeholder"]) {
      said.push(element.getAttribute(name) ?? "")
    }
  }
  return [document.title, ...said].map((text) => text.trim()).filter(Boolean)
}"""

HOW = {"locale": "zh-CN"}


def test_a_chinese_newcomer_reads_no_english(
    start_home: Callable[..., Home], visit: Callable[..., Page]
) -> None:
    page = visit(start_home().welcome.partition("/welcome")[0], **HOW)
    for path in ("/accounts/login/", "/accounts/password/reset/"):
        page.goto(path)
        assert_chinese(page)


def test_a_chinese_writer_reads_no_english_in_a_conversation(
    open_chat: OpenChat, watch: Watch
) -> None:
    watch.expects("status of 404")
    chat = open_chat(**HOW)
    assert_chinese(chat.page)
    chat.ask("请用一句话介绍一下你自己 [[script:think n=3 then=3]]")
    expect(chat.answer.locator("details.reasoning summary")).to_contain_text("思考了")
    assert_chinese(chat.page)
    chat.ask("[[script:refuse status=429 code=1113 times=999]]", "failed", answers=2)
    assert_chinese(chat.page)
    chat.ask("[[script:sensitive after=3]]", "blocked", answers=3)
    assert_chinese(chat.page)
    chat.ask("[[script:length after=3]]", answers=4)
    assert_chinese(chat.page)
    chat.open("/settings/")
    assert_chinese(chat.page)
    missing = chat.page.goto("/c/00000000-0000-7000-8000-000000000000/")
    assert missing
    assert missing.status == 404
    assert_chinese(chat.page)


def test_the_words_of_the_message_box_are_chinese(open_chat: OpenChat) -> None:
    chat = open_chat(**HOW)
    buttons = ("深度思考", "联网搜索")
    for name in buttons:
        expect(chat.page.get_by_role("button", name=name, exact=True)).to_be_visible()
    chat.say("[[script:endless every_ms=20]]")
    chat.stop_button.click()
    chat.expect_end("stopped")
    expect(chat.page.locator("body")).to_have_css("font-family", re.compile("^.Zai Han Marks"))
    latin = chat.questions.locator(".message__text")
    expect(latin).to_have_css("font-family", re.compile("^.Inter"))  # narrow quotes and dashes
    for name in ("复制", "重新生成"):
        expect(chat.button(name)).to_be_visible()


def test_a_chosen_language_wins_over_the_browsers(visit: Callable[..., Page], house: House) -> None:
    mallory = parsed(sign_in(house.origin, "mallory", PASSWORD))
    chat = Chat(visit(house.origin, mallory)).open()
    assert chat.page.locator("html").get_attribute("lang") == "en"
    choose_language(chat, "简体中文", "Save")
    assert_chinese(chat.page)
    choose_language(chat, "English", "保存")
    assert chat.page.locator("html").get_attribute("lang") == "en"
    expect(chat.page.get_by_role("button", name="Save", exact=True)).to_be_visible()


def choose_language(chat: Chat, language: str, save: str) -> None:
    chat.open("/settings/")
    chat.page.locator("select[name=language]").select_option(label=language)
    chat.page.get_by_role("button", name=save, exact=True).click()
    chat.ready()


def assert_chinese(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    said = [TYPED.sub("", text) for text in page.evaluate(SPOKEN)]
    english = {text for text in said if set(LATIN.findall(text)) - NAMES}
    assert not english
