"""The gallery: by keyboard, by touch, in both languages; the trash and the way back."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Watch
from tests.e2e.rig import Home
from tests.e2e.test_first_answer import newcomer
from tests.e2e.test_studio import PATIENCE, PHONE, figures, make, session_of

pytestmark = pytest.mark.timeout(240)  # it starts everything, on a machine that may be busy


def opened(page: Page) -> Locator:
    return page.locator("media-viewer .viewing__prompt")


def test_what_was_made_is_looked_at_kept_together_and_put_away_by_keyboard(
    start_home: Callable[..., Home], visit: Callable[..., Page], watch: Watch
) -> None:
    home = start_home(JOB_TIME_SCALE="0.2")
    page = newcomer(home, visit)
    page.goto("/studio/")
    for count, prompt in enumerate(("an orange cat by the sea", "a red door", "一只橙色的猫"), 1):
        make(page, prompt)
        expect(figures(page, "image", "done")).to_have_count(count, timeout=PATIENCE)
    page.goto("/gallery/")
    tiles = page.locator("[data-wall] figure")
    expect(tiles).to_have_count(3)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    by_keyboard(page, tiles)
    the_viewer(page, tiles)
    narrowed(page, tiles)
    on_a_phone(page, visit, home)


def by_keyboard(page: Page, tiles: Locator) -> None:
    """Arrows walk, Shift takes along, and what is chosen goes into a new album."""
    tiles.first.get_by_role("link").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("toolbar", name="Selected pictures and films")).to_contain_text(
        "2 selected"
    )
    assert not violations(page)
    page.get_by_role("button", name="Album", exact=True).press("Enter")
    page.get_by_role("textbox", name="Name of the new album").fill("Sea")
    page.get_by_role("button", name="Put in").press("Enter")
    expect(page.locator(".toast")).to_contain_text("2 put into the album")
    expect(page.locator("[data-pick-bar]")).to_be_hidden()


def the_viewer(page: Page, tiles: Locator) -> None:
    """Opened, gone on, starred, put away and taken back; the way back leads to the same tile."""
    tiles.first.get_by_role("link").press("Enter")
    expect(opened(page)).to_have_text("一只橙色的猫")
    page.keyboard.press("ArrowRight")
    expect(opened(page)).to_have_text("a red door")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Star", exact=True, pressed=True)).to_be_visible()
    page.keyboard.press("i")
    expect(opened(page)).to_be_hidden()
    page.keyboard.press("i")
    assert not violations(page)
    page.keyboard.press("Delete")
    expect(opened(page)).to_have_text("an orange cat by the sea")
    page.get_by_role("button", name="Undo").click()
    expect(opened(page)).to_have_text("a red door")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/gallery/$"))
    expect(tiles.nth(1).get_by_role("link")).to_be_focused()
    page.go_forward()
    expect(opened(page)).to_have_text("a red door")
    page.reload()
    expect(opened(page)).to_have_text("a red door")
    page.keyboard.press("Escape")
    expect(tiles).to_have_count(3)


def narrowed(page: Page, tiles: Locator) -> None:
    """Filters go together and are taken away one by one; nothing found leads back."""
    page.get_by_role("link", name="Starred").click()
    expect(tiles).to_have_count(1)
    page.goto("/gallery/albums/")
    page.get_by_role("link", name=re.compile("^Sea [0-9]")).click()
    expect(tiles).to_have_count(2)
    page.get_by_role("searchbox", name="Search prompts").fill("dog")
    page.get_by_role("searchbox", name="Search prompts").press("Enter")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    assert not violations(page)
    page.get_by_role("link", name="Show everything").click()
    expect(tiles).to_have_count(3)


def on_a_phone(page: Page, visit: Callable[..., Page], home: Home) -> None:
    """In Chinese: two signs find it, a ZIP file has its name, the trash has it for 30 days."""
    phone = visit(home.origin, session_of(page), **PHONE)
    phone.goto("/gallery/?q=橙色")
    tiles = phone.locator("[data-wall] figure")
    expect(tiles).to_have_count(1)
    tiles.first.get_by_role("button", name="选择").tap()
    expect(phone.get_by_text("已选 1 个")).to_be_visible()
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        assert not violations(phone)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    with phone.expect_download() as download:
        phone.get_by_role("button", name="ZIP").tap()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        assert all("一只橙色的猫" in name for name in archive.namelist())
        assert len(archive.namelist()) == 1
    phone.get_by_role("button", name="回收站", exact=True).tap()
    expect(tiles).to_have_count(0)
    phone.goto("/trash/")
    row = phone.get_by_role("listitem").filter(has_text="一只橙色的猫")
    assert not violations(phone)
    row.get_by_role("button", name="恢复").tap()
    expect(row).to_have_count(0)
    phone.goto("/gallery/?q=橙色")
    expect(tiles).to_have_count(1)
    tiles.first.get_by_role("link").tap()
    expect(opened(phone)).to_have_text("一只橙色的猫")
    assert not violations(phone)
    phone.get_by_role("link", name="提问").tap()
    expect(phone.get_by_role("textbox", name="消息", exact=True)).to_be_visible()
    expect(phone.get_by_text("一只橙色的猫").first).to_be_visible()
