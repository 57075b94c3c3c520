"""`make shots`: pictures of the main pages, wide and narrow, light and dark, into var/shots.

For eyes, not for judgement: nothing is compared.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD, ROOT, prepare
from tests.e2e.chat import Chat
from tests.e2e.conftest import FLAGS, parsed
from tests.e2e.rig import House, build, chromium
from tests.standin import StandIn

GOAL = ROOT / "var" / "shots"
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
QUESTION = "How does a tide table work? [[script:think n=12 then=30 every_ms=5]]"
PAGES = {"start": "/", "settings": "/settings/", "panel": "/admin/"}


def main() -> None:
    GOAL.mkdir(parents=True, exist_ok=True)
    build()
    with tempfile.TemporaryDirectory(prefix="zaichat-shots-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        standin = StandIn(str(folder / "standin"))
        house = House(prepare(folder / "data"), folder / "house", standin)
        try:
            draw(house)
        finally:
            house.server.kill_if_running()
            standin.stop()


def draw(house: House) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for size in SIZES:
            for scheme in ("light", "dark"):
                draw_all(house, browser, size, scheme)
        browser.close()


def draw_all(house: House, browser: Browser, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=house.origin,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    keep(page, f"login-{size}-{scheme}")
    cookies = parsed(sign_in(house.origin, "ada", PASSWORD))
    context.add_cookies([{"name": n, "value": v, "url": house.origin} for n, v in cookies.items()])
    for name, path in PAGES.items():
        page.goto(path)
        keep(page, f"{name}-{size}-{scheme}")
    chat = Chat(page).open()
    chat.box.fill(QUESTION)
    chat.send_button.click()
    page.locator("article[data-role=assistant][data-status=done]").wait_for()
    keep(page, f"answer-{size}-{scheme}")
    context.close()


def keep(page: Page, name: str) -> None:
    path = GOAL / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT), file=sys.stderr)


if __name__ == "__main__":
    main()
