"""A browser for each test, watched for anything it complains about, and the house it visits."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, expect

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD, prepare
from tests.e2e.chat import CHINESE, ENGLISH, Chat
from tests.e2e.rich import teach_rich
from tests.e2e.rig import Home, House, build, chromium, vendor
from tests.standin import StandIn

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
REPORTS_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
"""
EMPTIES_THE_BOX = """
for (const box of document.querySelectorAll("#message")) {
  box.value = ""
  box.dispatchEvent(new Event("input", { bubbles: true }))
}
"""
"""What is left unsent would stand in the box of the next journey."""
expect.set_options(timeout=20_000)

# Browsers and files of the tests themselves are reached while Playwright's loop runs.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


PRELOAD = r"request: \S+\.js csp$"
"""A browser without scripts is told to fetch some early, and says that it will not."""


class Watch:
    """Everything that went wrong in any page of a test; a test names what it expects of that."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.expected: list[str] = []

    def expects(self, *patterns: str) -> None:
        self.expected += patterns

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(REPORTS_VIOLATIONS)
        context.on("console", self._console)
        context.on(
            "weberror", lambda error: self.seen.append(f"error: {error.error} {error.error.stack}")
        )
        context.on("requestfailed", self._failed)

    @property
    def complaints(self) -> list[str]:
        return [
            one for one in self.seen if not any(re.search(known, one) for known in self.expected)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # A page that is left gives up what it was fetching; that is no failure.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.seen.append(f"request: {request.url} {request.failure}")


OpenChat = Callable[..., Chat]


@pytest.fixture(autouse=True)
def fast_engine() -> None:
    """Engine times are the environment of the processes here, not settings of this one."""


@pytest.fixture(scope="session")
def base_url() -> None:
    """Each context is told its own; the plugin's fixture does not suit this pytest."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build()
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def house(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, standin_process: StandIn
) -> Iterator[House]:
    house = House(prepared, tmp_path_factory.mktemp("house"), standin_process)
    try:
        yield house
        house.stop()
    finally:
        house.server.kill_if_running()


@pytest.fixture(scope="session")
def rich(house: House) -> str:
    """A question whose answer has everything that takes room or colour."""
    return teach_rich(house)


@pytest.fixture
def start_house(
    prepared: Path, tmp_path: Path, standin_process: StandIn
) -> Iterator[Callable[..., House]]:
    """A server that a test may kill: `start_house(NAME="value")`."""
    started: list[House] = []

    def start(**more: str) -> House:
        folder = tmp_path / f"house-{len(started)}"
        folder.mkdir()
        started.append(House(prepared, folder, standin_process, **more))
        return started[-1]

    yield start
    for one in started:
        one.server.kill_if_running()


@pytest.fixture
def start_home(tmp_path: Path, standin_process: StandIn) -> Iterator[Callable[..., Home]]:
    """`manage.py dev` on an empty data folder; `scripted=False` leaves it to itself."""
    build()
    started: list[Home] = []

    def start(scripted: bool = True, **more: str) -> Home:
        folder = tmp_path / f"home-{len(started)}"
        folder.mkdir()
        started.append(Home(folder, **((vendor(standin_process) if scripted else {}) | more)))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture(scope="session")
def cookies(house: House) -> dict[str, str]:
    """The session of ada, as name and value."""
    return parsed(sign_in(house.origin, "ada", PASSWORD))


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    yield watch
    assert not watch.complaints


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., Page]:
    """A page of somebody signed out: `visit(origin, **how the browser is)`."""

    def open_one(origin: str, cookies: dict[str, str] | None = None, **how: Any) -> Page:
        context = new_context(**({"base_url": origin, "locale": "en-US"} | how))
        watch.follow(context)
        if how.get("java_script_enabled") is False:
            watch.expects(PRELOAD)
        for name, value in (cookies or {}).items():
            context.add_cookies([{"name": name, "value": value, "url": origin}])
        return context.new_page()

    return open_one


@pytest.fixture
def open_chat(
    visit: Callable[..., Page], house: House, cookies: dict[str, str]
) -> Iterator[OpenChat]:
    """A tab of ada's, each in a browser of its own: `open_chat(path, **how the browser is)`."""
    house.forget_drafts()
    opened: list[Page] = []

    def open_one(path: str = "/", **how: Any) -> Chat:
        words = CHINESE if how.get("locale", "").startswith("zh") else ENGLISH
        opened.append(visit(house.origin, cookies, **how))
        return Chat(opened[-1], words).open(path)

    yield open_one
    for page in opened:
        with suppress(Error):  # a page that is closed, or on its way, has nothing to empty
            page.evaluate(EMPTIES_THE_BOX)


@pytest.fixture
def chat(open_chat: OpenChat) -> Chat:
    """One tab, at the start of a new conversation."""
    return open_chat()


def parsed(cookie: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in cookie.split("; "))
