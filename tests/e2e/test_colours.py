"""Light, dark, forced colours, paper, and pages that hold still."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat

COAL = "oklch(0.188 0.005 70)"


@pytest.fixture
def menu(chat: Chat) -> Iterator[Page]:
    """Opened by keyboard; the theme is the device's again afterwards."""
    chat.page.emulate_media(color_scheme="light")
    chat.page.locator(".me__button").press("Enter")
    yield chat.page
    chat.page.request.post(
        "/settings/theme/",
        form={"theme": "auto"},
        headers={
            "X-CSRFToken": chat.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
        },
    )


def test_a_theme_is_chosen_by_keyboard_at_once_and_for_every_page(menu: Page) -> None:
    dark = menu.get_by_role("menuitemradio", name="Dark", exact=True)
    dark.focus()
    with menu.expect_response("**/settings/theme/") as kept:
        menu.keyboard.press("Enter")
    assert kept.value.status == 204
    expect(dark).to_have_attribute("aria-checked", "true")
    assert ground(menu) == COAL
    assert frame(menu) == ["not all", "all"]
    menu.keyboard.press("Escape")
    expect(menu.locator(".me__button")).to_be_focused()
    # The server draws it, so there is no moment in the other colours.
    said = menu.request.get("/settings/").text()
    assert 'data-theme="dark"' in said
    assert '<meta name="color-scheme" content="dark">' in said


def test_the_settings_page_shows_a_theme_before_it_is_saved(chat: Chat) -> None:
    chat.page.emulate_media(color_scheme="light")
    chat.open("/settings/")
    chat.page.get_by_role("radio", name="Dark").check(force=True)
    assert ground(chat.page) == COAL
    chat.open("/settings/")
    assert ground(chat.page) != COAL


def test_a_conversation_is_printed_in_light_colours_and_without_the_page_around_it(
    open_chat: OpenChat, rich: str
) -> None:
    chat = open_chat(color_scheme="dark")
    chat.ask(rich)
    chat.page.emulate_media(media="print")
    for around in (".side", ".main__bar", ".dock", ".message__foot"):
        expect(chat.page.locator(around).first).to_be_hidden()
    expect(chat.page.locator("h1[data-title]")).to_be_visible()
    expect(chat.text).to_be_visible()
    assert ground(chat.page) == "rgb(255, 255, 255)"
    code = chat.page.locator(".code pre").first
    assert code.evaluate("at => at.scrollWidth <= at.clientWidth")
    scroller = chat.page.locator("follow-scroll")
    assert scroller.evaluate("at => at.clientHeight >= at.scrollHeight")


def test_forced_colours_leave_every_control_an_edge_and_every_choice_a_mark(
    open_chat: OpenChat,
) -> None:
    chat = open_chat(forced_colors="active", color_scheme="dark")
    page = chat.page
    assert edge(page, ".send") != "0px"
    assert edge(page, ".composer") != "0px"
    pressed = page.locator(".toggle[aria-pressed=true]").first
    assert pressed.evaluate("at => getComputedStyle(at).outlineStyle") == "solid"
    chat.open("/settings/")
    assert edge(page, ".switch") != "0px"
    assert edge(page, ".segments") != "0px"


def test_nothing_moves_for_who_asked_for_less_motion(open_chat: OpenChat) -> None:
    chat = open_chat(reduced_motion="reduce")
    chat.say("[[script:stall]]")
    expect(chat.page.locator(".log .mark--live").first).to_be_visible()
    assert chat.page.evaluate("document.getAnimations().length") == 0
    chat.stop_button.click()
    chat.expect_end("stopped")


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def edge(page: Page, selector: str) -> str:
    first = page.locator(selector).first
    return str(first.evaluate("at => getComputedStyle(at).borderTopWidth"))


def frame(page: Page) -> list[str]:
    """When the colours of the browser's own bar hold, light first."""
    metas = page.locator("meta[name=theme-color]")
    return [metas.nth(index).get_attribute("media") or "" for index in range(metas.count())]
