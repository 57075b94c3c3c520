"""Takes the pictures for the README: `make screenshots`. Real pages, answered by the stand-in."""

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD, ROOT, prepare
from tests.e2e.chat import CHINESE, ENGLISH, Chat
from tests.e2e.conftest import FLAGS, parsed
from tests.e2e.rig import House, build, chromium
from tests.e2e.seeds import SEEDS, Seed
from tests.standin import StandIn
from zaichat.emulator.scripts.answers import words_of

FOLDER = ROOT / "static" / "images" / "docs"
COLOURS = 128
MAX_BYTES = 150_000
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 860}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}


def main() -> int:
    build()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zaichat-screenshots-") as folder:
        for language, seed in SEEDS.items():
            with a_house(Path(folder) / language) as house, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                shoot(browser, house, language, seed)
                browser.close()
    return 0


@contextmanager
def a_house(folder: Path) -> Iterator[House]:
    folder.mkdir()
    upstream = StandIn(str(folder))
    prepared = folder / "prepared"
    prepared.mkdir()
    house = House(prepare(prepared), folder, upstream)
    try:
        yield house
    finally:
        house.server.kill_if_running()
        upstream.stop()


LIFE = """
from datetime import timedelta
from django.utils.timezone import now
from conversations.models import Conversation
from zaichat.accounts.models import User
User.objects.filter(username="ada").update(first_name={first!r}, last_name={last!r})
Conversation.objects.update(read_at=now() + timedelta(minutes=5))
for place, one in enumerate(Conversation.objects.order_by("-last_active_at")):
    days = (0, 0, 0, 1, 1, 4, 5, 6)[min(place, 7)]
    shown = Conversation.objects.filter(pk=one.pk)
    shown.update(last_active_at=one.last_active_at - timedelta(days=days))
    if place == 2:
        shown.update(read_at=now() - timedelta(days=99))
    if place == 7:
        shown.update(pinned_at=now())
"""
"""A person with a name, conversations of some days, one of them pinned and one not read yet."""
MADE = """
from tests.e2e.made import make
make("ada", {language!r})
"""


def shoot(browser: Browser, house: House, language: str, seed: Seed) -> None:
    cookies = parsed(sign_in(house.origin, "ada", PASSWORD))
    pages = Pages(browser, house, language, seed, cookies)
    address = pages.talk()
    first, last = seed.name
    house.manage("shell", "-c", LIFE.format(first=first, last=last))
    for screen in SCREENS:
        for theme in ("light", "dark"):
            pages.take(f"chat-{language}-{theme}-{screen}", address, screen, theme)
        pages.take(f"start-{language}-light-{screen}", "/", screen, "light")
    pages.take_palette(f"palette-{language}-light-desktop", address)
    pages.take_models(f"models-{language}-dark-desktop")
    pages.take_streaming(f"thinking-{language}-light-desktop")
    house.manage("shell", "-c", MADE.format(language=language), PYTHONPATH=str(ROOT))
    pages.take_made(f"studio-{language}-dark-desktop", "/studio/?kind=image", "desktop", "dark")
    for screen in SCREENS:
        pages.take_made(f"gallery-{language}-light-{screen}", "/gallery/", screen, "light")


class Pages:
    """One person's pages, as they look on each screen."""

    def __init__(
        self, browser: Browser, house: House, language: str, seed: Seed, cookies: dict[str, str]
    ) -> None:
        self.browser, self.house, self.language, self.seed = browser, house, language, seed
        self.cookies = [{"name": n, "value": v, "url": house.origin} for n, v in cookies.items()]

    def talk(self) -> str:
        """Have every conversation; the address of the one that is shown."""
        chat = self.open("/", "desktop", "light")
        for question in self.seed.earlier:
            chat.open("/").ask(question)
        self.teach(thinking=3)
        chat.open("/").ask(self.seed.question)
        address = chat.has_arrived()
        chat.page.context.close()
        return address

    def teach(self, thinking: float) -> None:
        """The next time the question is asked, its answer is given, after so many seconds."""
        steps: list[dict[str, Any]] = []
        thoughts = words_of(self.seed.thoughts)
        for word in thoughts:
            steps += [{"think": word}, {"wait": thinking * 1000 / len(thoughts)}]
        steps += [{"say": word} for word in words_of(self.seed.answer)]
        steps += [{"finish": "stop"}, {"done": True}]
        self.house.teach("shown", steps)
        self.house.answer_next("shown", self.seed.question[:20])

    def take(self, name: str, path: str, screen: str, theme: str) -> None:
        chat = self.open(path, screen, theme)
        if path.startswith("/c/"):
            expect(chat.text.first).to_be_visible()
            chat.log.locator("article").first.scroll_into_view_if_needed()
            chat.page.evaluate("document.querySelector('follow-scroll').scrollTo(0, 0)")
        save(chat, name)

    def take_made(self, name: str, path: str, screen: str, theme: str) -> None:
        page = (chat := self.open(path, screen, theme)).page
        expect(page.locator("figure[data-status=done] img").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        save(chat, name)

    def take_palette(self, name: str, path: str) -> None:
        chat = self.open(path, "desktop", "light")
        chat.page.keyboard.press("Control+k")
        expect(chat.page.locator("dialog[open] [role=option]").first).to_be_visible()
        save(chat, name)

    def take_models(self, name: str) -> None:
        chat = self.open("/", "desktop", "dark")
        chat.page.locator(".picker__button").click()
        expect(chat.page.locator("#models")).to_be_visible()
        save(chat, name)

    def take_streaming(self, name: str) -> None:
        """While it thinks."""
        chat = self.open("/", "desktop", "light")
        self.teach(thinking=20)
        chat.say(self.seed.question)
        expect(chat.answer.locator(".step__time")).not_to_be_empty()
        save(chat, name)

    def open(self, path: str, screen: str, theme: str) -> Chat:
        how = {"locale": self.seed.locale, "color_scheme": theme, "reduced_motion": "reduce"}
        context = self.browser.new_context(base_url=self.house.origin, **how, **SCREENS[screen])
        context.add_cookies(self.cookies)
        words = ENGLISH if self.language == "en" else CHINESE
        return Chat(context.new_page(), words).open(path)


def save(chat: Chat, name: str) -> None:
    """Few colours, so that the file is small; letters stay sharp."""
    chat.page.wait_for_timeout(400)  # Fonts and the last frame.
    picture = Image.open(io.BytesIO(chat.page.screenshot(animations="disabled")))
    file = FOLDER / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}: {size // 1000} kB", flush=True)
    assert size < MAX_BYTES
    chat.page.context.close()


if __name__ == "__main__":
    sys.exit(main())
