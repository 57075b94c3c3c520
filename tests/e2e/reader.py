"""A person who reads: what stands where in the view, and the gestures that move it."""

from typing import Any, NamedTuple

from playwright.sync_api import CDPSession, Page, expect

from tests.contract.rig import ROOT
from tests.e2e.chat import Chat
from tests.e2e.rig import House

LONG = """
from tests import factories
from zaichat.accounts.models import User
words = "An **answer** with `code` and some more words to read. "
def text(n):
    return f"Message {n}: " + (words * (5 + n % 9) if n % 2 else "what do you say to that?")
factories.long_conversation(User.objects.get(username="ada"), COUNT, text)
"""

PLACE = """() => {
  const view = document.querySelector("follow-scroll")
  const edge = view.getBoundingClientRect().top
  const articles = [...document.querySelectorAll("article.message")]
  const at = articles.find((article) => article.getBoundingClientRect().bottom > edge + 60)
  return [
    at?.textContent.match(/Message (\\d+)/)?.[1] ?? "",
    Math.round((at?.getBoundingClientRect().top ?? 0) - edge),
    Math.round(view.scrollHeight - view.clientHeight - view.scrollTop),
    view.scrollTop,
  ]
}"""


class Place(NamedTuple):
    """What is read: which message, how far below the upper edge; how far it is to the end."""

    message: str
    offset: int
    gap: int
    top: float


class Reader:
    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.page: Page = chat.page

    @property
    def place(self) -> Place:
        return Place(*self.page.evaluate(PLACE))

    @property
    def pill(self) -> Any:
        return self.page.get_by_role("button", name="Jump to latest", exact=True)

    @property
    def view(self) -> Any:
        return self.page.locator("follow-scroll")

    def expect_following(self) -> None:
        expect(self.page.locator("follow-scroll[data-following]")).to_be_attached()
        expect(self.pill).to_be_hidden()
        assert self.place.gap <= 1

    def wheel(self, by: int) -> None:
        """And wait until the view stands."""
        box = self.view.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 80)
        self.page.mouse.wheel(0, by)
        self.rest()

    def swipe(self, by: int) -> None:
        touch: CDPSession = self.page.context.new_cdp_session(self.page)
        swipe = {"x": 190, "y": 300 if by > 0 else 500, "yDistance": by, "speed": 900}
        touch.send("Input.synthesizeScrollGesture", {**swipe, "gestureSourceType": "touch"})
        self.rest()

    def rest(self) -> None:
        """Until the view has not been moved for some frames."""
        self.page.evaluate(
            """() => new Promise((rested) => {
              const view = document.querySelector("follow-scroll")
              let top = NaN, still = 0
              const look = () => {
                still = view.scrollTop === top ? still + 1 : 0
                top = view.scrollTop
                still > 8 ? rested() : requestAnimationFrame(look)
              }
              look()
            })"""
        )


def write_long(house: House, count: int) -> None:
    """A conversation of ada's with so many messages; its title says how many."""
    house.manage("shell", "-c", LONG.replace("COUNT", str(count)), PYTHONPATH=str(ROOT))


def open_long(chat: Chat, count: int) -> Reader:
    chat.page.get_by_role("link", name=f"{count} messages").first.click()
    chat.has_arrived()
    chat.ready()
    return Reader(chat)
