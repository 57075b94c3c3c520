"""With nothing but keys, ears and large print: nothing hides the focus, nothing stays unsaid."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenChat, Watch

RING_SHOWS_SOMETHING = """() =>
  parseFloat(getComputedStyle(document.querySelector(".gauge__used")).strokeDasharray) >= 1"""
PROMPT_IS_ABOVE_THE_BAR = """() => document.activeElement.getBoundingClientRect().bottom
  <= document.querySelector(".studio__go").getBoundingClientRect().top"""


def test_nothing_lies_over_the_focus_and_what_is_refused_is_heard(
    open_chat: OpenChat, watch: Watch
) -> None:
    watch.expects("status of 422")
    chat = open_chat()
    page = chat.page
    chat.ask("[[script:count n=3 every_ms=0]] by keyboard alone")
    what_opens_has_the_focus(page)

    page.get_by_role("button", name="Instructions and parameters").press("Enter")
    setup = page.get_by_role("dialog", name="Instructions and parameters")
    temperature = setup.get_by_label("Temperature")
    temperature.fill("9")
    temperature.press("Enter")
    expect(setup.get_by_role("alert")).to_contain_text("from 0 to 1")
    expect(temperature).to_be_focused()
    page.keyboard.press("Escape")

    page.set_viewport_size({"width": 320, "height": 256})
    page.goto("/")
    for name in ("Model", "Show sidebar", "Find the bug"):
        page.get_by_role("button", name=name).first.click(trial=True)
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0

    page.goto("/studio/?kind=image")
    page.get_by_role("textbox", name="Prompt").focus()
    page.wait_for_function(PROMPT_IS_ABOVE_THE_BAR)


def what_opens_has_the_focus(page: Page) -> None:
    gauge = page.get_by_role("button", name="Context used")
    page.wait_for_function(RING_SHOWS_SOMETHING)
    gauge.press("Enter")
    used = page.get_by_role("dialog", name="Context used")
    expect(used).to_be_focused()
    expect(used).to_have_accessible_description(re.compile("^This conversation .* tokens"))
    page.keyboard.press("Tab")
    expect(used).to_be_hidden()

    account = page.get_by_role("button", name="Account: ")
    account.press("Enter")
    expect(page.get_by_role("menuitem", name="Settings")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Sign out")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Settings")).to_be_focused()
    page.keyboard.press("t")
    expect(page.get_by_role("menuitem", name="Trash")).to_be_focused()
    page.keyboard.press("Escape")
    expect(account).to_be_focused()
