"""Pictures and films, from the words to the gallery."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.chat import CHINESE, Chat
from tests.e2e.conftest import Watch
from tests.e2e.line import AWAY
from tests.e2e.rig import Home
from tests.e2e.test_first_answer import newcomer
from tests.media_gen.making import png

pytestmark = pytest.mark.timeout(240)  # each starts everything, on a machine that may be busy

PATIENCE = 60_000
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "locale": "zh-CN",
    "reduced_motion": "reduce",  # colours do not fade while they are judged
}


def figures(page: Page, kind: str, status: str) -> Locator:
    return page.locator(f"figure[data-kind={kind}][data-status={status}]")


def make(page: Page, prompt: str, prompt_name: str = "Prompt", press: str = "Generate") -> None:
    page.get_by_role("textbox", name=prompt_name).fill(prompt)
    page.get_by_role("button", name=press, exact=True).click()


def test_a_picture_becomes_a_film_that_a_power_cut_does_not_stop(
    start_home: Callable[..., Home], visit: Callable[..., Page], watch: Watch
) -> None:
    watch.expects(*AWAY)
    home = start_home(JOB_TIME_SCALE="0.2")
    page = newcomer(home, visit)
    page.get_by_role("link", name="Studio", exact=True).click()
    expect(page.get_by_role("radio", name="Image")).to_be_checked()
    page.get_by_role("group", name="How many").get_by_text("2", exact=True).click()
    improve(page, "an orange cat by the sea")
    make(page, "an orange cat by the sea")
    expect(figures(page, "image", "done")).to_have_count(2, timeout=PATIENCE)
    expect(figures(page, "image", "done").first.get_by_role("img")).to_be_visible()
    assert not violations(page)
    figures(page, "image", "done").first.hover()
    page.get_by_role("link", name="Animate this picture").first.click()
    expect(page.get_by_role("radio", name="Video")).to_be_checked()
    make(page, "the tail wags")
    expect(figures(page, "video", "running")).to_have_count(1, timeout=PATIENCE)
    home.lose_power()
    home.start()
    page.goto("/gallery/?kind=video")
    expect_in_the_end(page, figures(page, "video", "done"))
    figures(page, "video", "done").get_by_role("link", name="Open film").click()
    film = page.locator("media-viewer video")
    expect(film).to_have_attribute("src", re.compile(r"^/files/"))
    film.evaluate("film => { film.muted = true; return film.play() }")
    assert film.evaluate("film => film.videoWidth") > 0
    assert not violations(page)


def test_on_a_phone_in_chinese_a_refusal_is_said_and_a_picture_is_found_again(
    start_home: Callable[..., Home], visit: Callable[..., Page], watch: Watch
) -> None:
    watch.expects("status of 422")
    home = start_home(JOB_TIME_SCALE="0.2")
    first = newcomer(home, visit)
    page = visit(home.origin, session_of(first), **PHONE)
    page.goto("/studio/?kind=video")
    bring_a_picture(page)
    page.goto("/studio/")
    expect(page.get_by_label("模型")).to_have_value("vidu2-image")  # a reload forgets nothing
    expect(page.locator(".starts img")).to_have_count(1)
    page.goto("/studio/?kind=image")
    make(page, "一只橙色的猫 [[studio:refused]]", "提示词", "生成")
    failed = figures(page, "image", "failed")
    expect(failed).to_have_count(1, timeout=PATIENCE)
    expect(failed).to_contain_text("未通过审核")
    expect(failed).to_be_in_viewport()
    failed.get_by_role("link", name="换一种说法").tap()
    page.get_by_role("textbox", name="提示词").fill("一只橙色的猫在海边")
    page.get_by_role("button", name="润色", exact=True).click()
    expect(page.get_by_role("region", name="润色建议")).to_contain_text("没有模型参与")
    make(page, "一只橙色的猫在海边", "提示词", "生成")
    expect(page.get_by_role("region", name="一只橙色的猫在海边")).to_be_in_viewport()
    expect(figures(page, "image", "done")).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_role("link", name="下载")).to_have_text("下载")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert not violations(page)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.goto("/gallery/?q=橙色")
    expect(figures(page, "image", "done")).to_have_count(1)
    assert not violations(page)
    page.goto("/gallery/?q=狗")
    expect(page.get_by_text("没有找到")).to_be_visible()
    make_in_a_conversation(page, "雪山上的月亮")


def improve(page: Page, prompt: str) -> None:
    """A proposal stands beside the words, takes their place and gives it back; asking can stop."""
    field = page.get_by_role("textbox", name="Prompt")
    ask = page.get_by_role("button", name="Improve", exact=True)
    field.fill(f"{prompt} [[script:silent]]")
    ask.click()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(ask).to_be_focused()
    expect(field).to_have_value(f"{prompt} [[script:silent]]")
    field.fill(prompt)
    ask.click()
    proposal = page.get_by_role("region", name="Proposal")
    expect(proposal).to_contain_text("no model, added light")
    expect(proposal).to_contain_text("not billed")
    assert not violations(page)
    page.reload()
    proposal.get_by_role("button", name="Use it").click()
    expect(field).to_have_value(f"{prompt}, soft light, wide framing, fine detail")
    field.press("ControlOrMeta+z")
    expect(field).to_have_value(prompt)
    proposal.get_by_role("button", name="Use it").click()
    page.get_by_role("button", name="Back to mine").click()
    expect(field).to_have_value(prompt)
    proposal.get_by_role("button", name="Keep mine").click()
    expect(proposal).to_have_count(0)


def make_in_a_conversation(page: Page, words: str) -> None:
    """Its details open beside it and lead to the gallery."""
    page.goto("/")
    page.get_by_role("button", name="生成图片或视频").click()
    page.get_by_role("menuitem", name="生成图片", exact=True).click()
    Chat(page, CHINESE).box.fill(words)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(figures(page, "image", "done")).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("^详情")).click()
    details = page.get_by_role("group", name="详情")
    expect(details).to_contain_text("不计费")
    assert not violations(page)
    details.get_by_role("link", name="在图库中打开").click()
    expect(page).to_have_url(re.compile("/gallery/"))


def bring_a_picture(page: Page) -> None:
    """It stays in the form when another model is chosen."""
    page.locator("input[type=file]").set_input_files(
        {"name": "cat.png", "mimeType": "image/png", "buffer": png()}
    )
    expect(page.locator(".starts img")).to_have_attribute("alt", "cat.png")
    page.get_by_label("模型").select_option(label="Vidu 2 Image")
    expect(page.get_by_label("模型")).to_have_value("vidu2-image")
    expect(page.locator(".starts img")).to_have_count(1)


def expect_in_the_end(page: Page, there: Locator) -> None:
    """The gallery shows what is done; it is opened again until the film is."""
    for _ in range(60):
        if there.count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(there).to_have_count(1)


def session_of(page: Page) -> dict[str, str]:
    return {
        cookie["name"]: cookie["value"]
        for cookie in page.context.cookies()
        if cookie["name"] == "sessionid"
    }
