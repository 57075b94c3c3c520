"""The socket of a page, in the hands of a test: cut, deaf for one frame, counted."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

AWAY = (
    "ERR_CONNECTION_(REFUSED|RESET|CLOSED)",
    "ERR_EMPTY_RESPONSE",
    "ERR_INTERNET_DISCONNECTED",
    "WebSocket connection to",
)
"""What a browser says of a server or a line that goes away in the middle of anything."""

Frame = dict[str, Any]
GONE_BAD = 1011
OURS = 3001
"""A code that a browser may close with; the server's end must not be left open."""


class Line:
    """Stands between a page and its server from the next socket on."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self.opened = 0
        self.lost: list[Frame] = []
        self.loses: Callable[[Frame], bool] = lambda frame: False
        self.breaks_after: Callable[[Frame], bool] = lambda frame: False
        self._ends: tuple[WebSocketRoute, WebSocketRoute] | None = None
        page.route_web_socket(re.compile(r"/ws/$"), self._open)

    def cut(self) -> None:
        """Nothing goes through until `mend`."""
        self.is_cut = True
        self.drop()

    def mend(self) -> None:
        self.is_cut = False

    def drop(self) -> None:
        """Break it once; the page may come back at once."""
        if self._ends is not None:
            browser, server = self._ends
            self._ends = None
            server.close(code=OURS)
            browser.close(code=GONE_BAD)

    def _open(self, browser: WebSocketRoute) -> None:
        if self.is_cut:
            return browser.close(code=GONE_BAD)
        self.opened += 1
        server = browser.connect_to_server()
        self._ends = ends = (browser, server)
        browser.on_message(server.send)
        server.on_message(lambda text: self._hand_down(ends, str(text)))

    def _hand_down(self, ends: tuple[WebSocketRoute, WebSocketRoute], text: str) -> None:
        if ends is not self._ends:
            return
        frame = json.loads(text)
        if self.loses(frame):
            self.lost.append(frame)
        else:
            ends[0].send(text)
        if self.breaks_after(frame):
            self.drop()


def first(matches: Callable[[Frame], bool]) -> Callable[[Frame], bool]:
    """True for the first frame that matches, and for no other."""
    seen: list[Frame] = []

    def is_it(frame: Frame) -> bool:
        if seen or not matches(frame):
            return False
        seen.append(frame)
        return True

    return is_it
