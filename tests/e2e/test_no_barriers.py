"""Every page of ours, asked what keeps people out: both colours, both languages, two screens."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from tests.e2e.axe import violations
from tests.e2e.chat import scroll_width
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.places import every_page
from tests.e2e.rig import House
from tests.e2e.sizes import cut, makes_phones_zoom, too_small

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
REFUSED = "status of (403|404)"

# Each pair of theme, language and screen comes up once.
JOURNEYS = [
    ("light", "en-US", DESKTOP),
    ("dark", "zh-CN", DESKTOP),
    ("dark", "en-US", PHONE),
    ("light", "zh-CN", PHONE),
]

OPENERS = (
    ".me__button",
    ".picker__button",
    "[data-current]",
    ".entry__menu",
    "[data-action=message-menu]",
    "[data-action=regenerate-menu]",
)


@pytest.mark.parametrize(
    ("theme", "language", "screen"), JOURNEYS, ids=["en-light", "zh-dark", "en-phone", "zh-phone"]
)
def test_no_page_keeps_anybody_out(
    open_chat: OpenChat,
    rich: str,
    watch: Watch,
    theme: str,
    language: str,
    screen: dict[str, Any],
) -> None:
    watch.expects(REFUSED)
    how = {"locale": language, "color_scheme": theme, "reduced_motion": "reduce"}
    chat = open_chat(**how, **screen)
    found = {}
    for place in every_page(chat, rich):
        found[place] = violations(chat.page) + cut(chat.page)
        if screen is PHONE:
            found[place] += too_small(chat.page) + makes_phones_zoom(chat.page)
    expect_none(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_that_opens_keeps_anybody_out(open_chat: OpenChat, rich: str, theme: str) -> None:
    chat = open_chat(locale="zh-CN", color_scheme=theme, reduced_motion="reduce")
    chat.ask(rich)
    page = chat.page
    found = {}
    for name in OPENERS:
        opener = page.locator(name).first
        opener.press("Enter")
        expect(page.locator(":popover-open").first).to_be_visible()
        found[name] = violations(page) + cut(page)
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open]")).to_be_visible()
    found["palette"] = violations(page) + cut(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect_none(found)


def expect_none(found: dict[str, list[Any]]) -> None:
    """Fails with all of it, line by line."""
    if lines := [f"{place}: {one}" for place, wrong in found.items() for one in wrong]:
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_welcome_page_keeps_nobody_out(
    start_home: Callable[..., Any], visit: Callable[..., Page], theme: str
) -> None:
    home = start_home()
    for language in ("en-US", "zh-CN"):
        page = visit(home.origin, locale=language, color_scheme=theme, reduced_motion="reduce")
        page.goto(home.welcome)
        assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "500.html"])
def test_what_is_refused_or_fails_is_said_on_a_page_that_keeps_nobody_out(
    house: House, visit: Callable[..., Page], watch: Watch, name: str, theme: str
) -> None:
    watch.expects("status of (403|500)")
    for language, code in (("en-US", "en"), ("zh-CN", "zh-hans")):
        page = visit(house.origin, locale=language, color_scheme=theme, reduced_motion="reduce")
        with translation.override(code):
            said = render_to_string(name)
        answer = {"status": int(name[:3]), "body": said, "content_type": "text/html"}
        page.route("**/refused/", partial(Route.fulfill, **answer))
        page.goto("/refused/")
        expect(page.locator("html[data-ready]")).to_be_attached()
        assert violations(page) + cut(page) == []


SCREENS = [(320, 640, 1), (740, 340, 1), (640, 400, 2), (3840, 2160, 1)]


@pytest.mark.parametrize(
    ("width", "height", "zoom"), SCREENS, ids=["320 px", "landscape", "200 %", "4K"]
)
def test_no_page_scrolls_sideways_or_is_cut(
    open_chat: OpenChat, rich: str, watch: Watch, width: int, height: int, zoom: int
) -> None:
    watch.expects(REFUSED)
    chat = open_chat(viewport={"width": width, "height": height}, device_scale_factor=zoom)
    wrong = {}
    for place in every_page(chat, rich):
        if place in ("/", "a conversation"):
            expect(chat.box).to_be_in_viewport(ratio=1)
            expect(chat.send_button).to_be_in_viewport()
            # What is greeted with must not lie over the bar.
            chat.page.locator(".main__bar button:visible").first.click(trial=True)
        wrong[place] = cut(chat.page) + [over for over in [scroll_width(chat.page)] if over > 0]
    expect_none(wrong)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_from_right_to_left_has_its_sides_changed_and_nothing_cut(
    open_chat: OpenChat, rich: str, watch: Watch, width: int
) -> None:
    watch.expects(REFUSED)
    chat = open_chat(viewport={"width": width, "height": 800})
    chat.page.add_init_script(
        "new MutationObserver((_, seen) => { if (document.documentElement) "
        "{ document.documentElement.dir = 'rtl'; seen.disconnect() } })"
        ".observe(document, { childList: true })"
    )
    chat.open("/")
    wrong = {}
    for place in every_page(chat, rich):
        assert chat.page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        wrong[place] = cut(chat.page) + [over for over in [scroll_width(chat.page)] if over > 0]
        if place == "/" and width > 640:
            side = chat.page.locator(".side").bounding_box()
            assert side is not None
            assert side["x"] > width / 2
    expect_none(wrong)
