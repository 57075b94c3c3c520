"""A person at the page, in the words of what they see and do."""

import re
from contextlib import suppress
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.patience import eventually

Words = dict[str, str]

ENGLISH: Words = {
    "message": "Message",
    "send": "Send",
    "stop": "Stop generating",
    "conversation": "Conversation",
    "new": "New chat",
}
CHINESE: Words = {
    "message": "消息",
    "send": "发送",
    "stop": "停止生成",
    "conversation": "对话",
    "new": "新对话",
}


class Chat:
    """One tab. Everything is found by the names a screen reader says."""

    def __init__(self, page: Page, words: Words = ENGLISH) -> None:
        self.page = page
        self.words = words

    def open(self, path: str = "/") -> "Chat":
        self.page.goto(path)
        return self.ready()

    def ready(self) -> "Chat":
        """The page obeys, and what it came with stands where it stays."""
        expect(self.page.locator("html[data-ready]")).to_be_attached()
        expect(self.page.locator("chat-room:not([data-landed])")).to_have_count(0)
        return self

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.words["message"], exact=True)

    @property
    def send_button(self) -> Locator:
        return self.page.get_by_role("button", name=self.words["send"], exact=True)

    @property
    def stop_button(self) -> Locator:
        return self.page.get_by_role("button", name=self.words["stop"], exact=True)

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name=self.words["conversation"], exact=True)

    @property
    def questions(self) -> Locator:
        return self.log.locator("article[data-role=user]")

    @property
    def answers(self) -> Locator:
        return self.log.locator("article[data-role=assistant]")

    @property
    def answer(self) -> Locator:
        """The newest one."""
        return self.answers.last

    @property
    def text(self) -> Locator:
        """Of the newest answer."""
        return self.answer.locator(".message__text")

    @property
    def chips(self) -> Locator:
        """What waits above the composer."""
        return self.page.locator(".queue__item")

    @property
    def banner(self) -> Locator:
        return self.page.locator("[data-offline]")

    @property
    def address(self) -> str:
        """Of the conversation, from the root."""
        return re.sub(r"^\w+://[^/]+", "", self.page.url)

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def ask(self, text: str, status: str = "done", answers: int = 1) -> None:
        """Say it and wait for the end of the answer, the conversation's `answers`-th."""
        self.say(text)
        self.expect_end(status, answers)

    def expect_end(self, status: str = "done", answers: int = 1) -> None:
        expect(self.answers).to_have_count(answers)
        expect(self.answer).to_have_attribute("data-status", status)

    def expect_text(self, *words: str) -> None:
        for word in words:
            expect(self.text.first).to_contain_text(word)

    def act(self, name: str, message: Locator | None = None) -> None:
        """Press one of a message's buttons."""
        self.button(name, message).click()

    def button(self, name: str, message: Locator | None = None) -> Locator:
        within = message or self.answer
        within.hover()
        return within.get_by_role("button", name=name, exact=True)

    def read(self, message: Locator | None = None) -> str:
        """The whole text of an answer, its parts in order, blanks between words made one."""
        texts = (message or self.answer).locator(".message__text").all_inner_texts()
        return " ".join(" ".join(texts).split())

    def expect_read(self, words: str, message: Locator | None = None) -> None:
        """The whole text is this, as soon as it is drawn."""
        with suppress(AssertionError):
            eventually(self.page, lambda: self.read(message) == words, "")
        assert self.read(message) == words

    def has_arrived(self) -> str:
        """The address, once the conversation has one."""
        expect(self.page).to_have_url(re.compile(r"/c/[0-9a-f-]{36}/$"))
        return self.address


def numbers(n: int, first: int = 1) -> str:
    """What the script `count` says, as it is read on the screen."""
    return " ".join(str(number) for number in range(first, first + n))


def scroll_width(page: Page) -> Any:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
