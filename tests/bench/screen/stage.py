"""What plays: one server with ada's conversations, the scripted stand-in, and a browser."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD, ROOT
from tests.e2e.conftest import FLAGS, parsed
from tests.e2e.rig import House, build, chromium
from tests.e2e.screenshots import a_house

MANY, FEW, OTHERS = 2000, 30, 100
READY = """
new MutationObserver((_changes, observer) => {
  if (document.querySelector("html[data-ready]")) window.readyAt ??= performance.now()
  if (document.querySelector("chat-room[data-landed]")) window.drawnAt ??= performance.now()
  if (window.readyAt && window.drawnAt) observer.disconnect()
}).observe(document, { attributes: true, childList: true, subtree: true })
"""
FILL = """
from tests import factories
from zaichat.accounts.models import User
ada = User.objects.get(username="ada")
answer = "An **answer** with `code`, a [link](https://example.org) and words. " * 6
code = "\\n\\n```python\\nprint(1)\\n```\\n\\n- one\\n- two\\n"
text = lambda n: answer + code if n % 2 else f"Question {n} about the sky?"
for count in [MANY] + [FEW] * OTHERS:
    factories.long_conversation(ada, count, text)
"""


@dataclass
class Stage:
    house: House
    browser: Browser
    cookies: dict[str, str]
    addresses: dict[int, list[str]]
    """Of conversations, by the number of their messages."""

    @property
    def server_seconds(self) -> float:
        """Of the processors, that the server has used so far."""
        times = psutil.Process(self.house.server.pid).cpu_times()
        return float(times.user + times.system)

    def context(self, **how: Any) -> BrowserContext:
        """A browser that has seen nothing yet."""
        how = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"} | how
        context = self.browser.new_context(base_url=self.house.origin, **how)
        for name, value in self.cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": self.house.origin}])
        context.add_init_script(READY)
        return context


@contextmanager
def set_up() -> Iterator[Stage]:
    build()
    with (
        tempfile.TemporaryDirectory(prefix="zaichat-bench-") as folder,
        a_house(Path(folder) / "house") as house,
        sync_playwright() as playwright,
    ):
        write_conversations(house)
        cookies = parsed(sign_in(house.origin, "ada", PASSWORD))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        stage = Stage(house, browser, cookies, {})
        stage.addresses = listed(stage)
        yield stage
        browser.close()


def write_conversations(house: House) -> None:
    code = FILL.replace("MANY", str(MANY)).replace("FEW", str(FEW)).replace("OTHERS", str(OTHERS))
    house.manage("shell", "-c", code, PYTHONPATH=str(ROOT))


def listed(stage: Stage) -> dict[int, list[str]]:
    """Every conversation, as the sidebar names it."""
    context = stage.context()
    page = context.new_page()
    page.goto("/sidebar/?shown=200")
    links = page.locator("a[href^='/c/']")
    found: dict[int, list[str]] = {}
    for link in links.all():
        count = int(link.inner_text().split()[0])
        found.setdefault(count, []).append(str(link.get_attribute("href")))
    context.close()
    return found


def cpu_clock(page: Page) -> CDPSession:
    """A session whose durations count what the page's thread worked, not what it waited for."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def figures(session: CDPSession) -> dict[str, float]:
    """Seconds, bytes and counts, by the names of the protocol's Performance domain."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: float(one["value"]) for one in metrics}


def ready_at(page: Page) -> float:
    """Milliseconds from the navigation to a page that obeys."""
    page.locator("html[data-ready]").wait_for(state="attached")
    return float(page.evaluate("window.readyAt"))


def drawn_at(page: Page) -> float:
    """Milliseconds until the newest answers are drawn, too; before, their Markdown is read."""
    page.locator("chat-room[data-landed]").wait_for(state="attached")
    return float(page.evaluate("window.drawnAt"))
