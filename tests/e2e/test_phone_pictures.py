"""A photographer with a phone: pictures are brought, marked and leafed through with fingers."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.glass import Glass, middle
from tests.e2e.test_attaching import PHONE, chip, expect_ready, file, photos
from tests.zaichat.files import pictures

NAMES = ("one.png", "two.png", "three.png")


def test_fingers_mark_a_small_thing_and_leaf_through_pictures(
    open_chat: OpenChat, watch: Watch
) -> None:
    watch.expects("422")
    chat = open_chat(**PHONE)
    page = chat.page
    picker = page.locator("form.composer input[type=file]")
    picture = pictures.picture(size=(400, 300))
    picker.set_input_files([file(name, picture) for name in NAMES])
    expect_ready(page, *NAMES)
    picker.set_input_files([file("broken.jpg", b"\xff\xd8\xff\xe0 nothing")])
    expect(chip(page, "broken.jpg")).to_have_attribute("data-state", "refused")
    expect(chip(page, "broken.jpg")).to_be_in_viewport(ratio=0.95)
    page.get_by_role("button", name="Remove broken.jpg").tap()
    mark_a_small_thing(page)
    expect_ready(page, "one.jpg", *NAMES[1:])
    ask(chat)
    leaf_through(page)


def mark_a_small_thing(page: Page) -> None:
    page.get_by_role("button", name="Mark on one.png").tap()
    marker = page.get_by_role("dialog", name="Mark what you mean")
    canvas = marker.get_by_role("application")
    expect(canvas).to_be_visible()
    glass, (x, y) = Glass(page), middle(canvas)
    glass.pinch((x, y), (60, 180))
    expect(canvas).to_have_attribute("style", re.compile(r"scale\((2\.[5-9]|3)"))
    expect(marker.get_by_role("button", name="Use marks")).to_be_disabled()
    glass.drag((x - 40, y - 40), (x + 60, y + 60))
    marker.get_by_role("button", name="Use 1 mark").tap()
    expect(marker).to_be_hidden()


def ask(chat: Chat) -> None:
    """Three are a sheet of small ones, side by side."""
    chat.page.get_by_role("button", name=re.compile("^Switch to GLM-")).tap()
    chat.box.fill("what is on these?")
    chat.send_button.tap()
    chat.expect_end()
    shown = photos(chat.questions.first)
    expect(shown).to_have_count(3)
    assert len(set(shown.evaluate_all("(all) => all.map((it) => Math.round(it.y))"))) == 1


def leaf_through(page: Page) -> None:
    page.get_by_role("link", name="two.png").first.tap()
    viewer = page.locator("photo-viewer dialog")
    name = viewer.locator("[data-name]")
    expect(name).to_have_text("two.png")
    glass = Glass(page)
    x, y = middle(viewer.get_by_role("button", name="Next picture"))
    glass.drag((x, y), (x - 250, y + 10))
    expect(name).to_have_text("three.png")
    glass.drag((x - 250, y + 90), (x, y + 80))
    expect(name).to_have_text("two.png")
    glass.drag((195, 500), (200, 560))
    expect(viewer.get_by_role("img")).not_to_have_attribute("style", re.compile("transform"))
    expect(viewer).to_be_visible()
    glass.drag((195, 400), (200, 640))
    expect(viewer).to_be_hidden()
