"""Waiting for what locators cannot say: it is looked at again and again, never slept over."""

from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

Found = TypeVar("Found")
STEP = 50  # ms


def eventually(page: Page, look: Callable[[], Found], otherwise: str, seconds: float = 20) -> Found:
    """What `look` finds, as soon as that is something; the page goes on meanwhile.

    Not for a page that is about to be another one.
    """
    for _ in range(int(seconds * 1000 / STEP)):
        if found := look():
            return found
        page.wait_for_timeout(STEP)
    raise AssertionError(otherwise)
