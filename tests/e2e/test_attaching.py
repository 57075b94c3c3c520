"""Pictures along with a question: brought, shown, kept, marked, sent, and seen large."""

import base64
import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import axe
from tests.e2e.chat import Chat, scroll_width
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.rig import House
from tests.zaichat.files import pictures

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BRINGS = """
([where, kind, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
  const transfer = new DataTransfer()
  transfer.items.add(new File([bytes], name, { type: "image/png" }))
  const target = document.querySelector(where)
  const how = { bubbles: true, cancelable: true }
  target.dispatchEvent(kind === "paste"
    ? new ClipboardEvent(kind, { ...how, clipboardData: transfer })
    : new DragEvent(kind, { ...how, dataTransfer: transfer }))
}
"""


def file(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def bring(page: Page, where: str, kind: str, name: str, data: bytes) -> None:
    """Paste it or drag it, as a browser tells of that."""
    page.evaluate(BRINGS, [where, kind, name, base64.b64encode(data).decode()])


def chip(page: Page, name: str) -> Locator:
    return page.locator(".attachment").filter(has_text=name)


def expect_ready(page: Page, *names: str) -> None:
    expect(page.locator(".attachment")).to_have_count(len(names))
    for name in names:
        expect(chip(page, name)).to_have_attribute("data-state", "ready")


def pick(page: Page, *files: dict[str, Any]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files", exact=True).press("Enter")
        expect(page.get_by_role("menuitem", name="Files")).to_be_focused()
        expect(page.get_by_role("menuitem", name="From a link…")).to_be_visible()
        page.keyboard.press("Enter")
    chooser.value.set_files(list(files))


def write(chat: Chat, text: str) -> None:
    """And wait until the server has the draft."""
    with chat.page.expect_response(lambda answer: answer.url.endswith("/draft/")) as saved:
        chat.box.fill(text)
    assert saved.value.status == 204


def photos(message: Locator) -> Locator:
    return message.locator('img[src^="/files/"]')


def asked_parts(house: House, words: str) -> list[str]:
    content = house.upstream.asked(words)[-1]["body"]["messages"][-1]["content"]
    return [part["type"] for part in content]


def test_pictures_are_picked_pasted_and_dropped_kept_over_a_reload_and_asked_about(
    open_chat: OpenChat, house: House, watch: Watch
) -> None:
    watch.expects("422")
    chat = open_chat()
    page = chat.page
    phone = pictures.phone_photo("HEIF", (640, 480))
    pick(page, file("phone.heic", phone), file("report.jpg", b"%PDF-1.7 no picture"))
    refused = chip(page, "report.jpg")
    expect(refused).to_have_attribute("data-state", "refused")
    expect(refused).to_contain_text("It is damaged")
    expect(refused.get_by_role("button", name="Retry")).to_be_hidden()
    refused.get_by_role("button", name="Remove report.jpg").click()
    bring(page, "#message", "paste", "pasted.png", pictures.picture())
    bring(page, ".log", "dragenter", "dropped.png", b"")
    expect(page.get_by_text("Drop to attach")).to_be_visible()
    bring(page, ".log", "drop", "dropped.png", pictures.picture(size=(80, 40)))
    expect(page.get_by_text("Drop to attach")).to_be_hidden()
    expect_ready(page, "phone", "pasted.png", "dropped.png")
    expect(chip(page, "phone")).to_contain_text("480 × 640 px")

    expect(page.get_by_text("GLM-4.6 cannot see pictures.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Switch to GLM-")).click()
    expect(page.get_by_text("cannot see pictures")).to_be_hidden()
    expect(chat.box).to_be_focused()
    write(chat, "what is on these?")
    page.reload()
    chat.ready()
    expect_ready(page, "phone", "pasted.png", "dropped.png")
    expect(chat.box).to_have_value("what is on these?")
    chat.box.press("Enter")
    chat.expect_end()
    chat.expect_text("480", "640")
    expect(page.locator(".attachment")).to_have_count(0)
    expect(photos(chat.questions.first)).to_have_count(3)
    # Nothing moves when it has loaded.
    expect(photos(chat.questions.first).first).to_have_attribute("width", "138")
    expect(photos(chat.questions.first).first).to_have_attribute("height", "184")
    assert asked_parts(house, "what is on these?") == ["image_url"] * 3 + ["text"]
    ask_anew(chat)
    see_them_large(page)


def ask_anew(chat: Chat) -> None:
    """A changed question keeps its pictures."""
    chat.act("Edit", chat.questions.first)
    editor = chat.questions.first.get_by_role("textbox", name="Edit message")
    expect_ready(chat.page, "phone", "pasted.png", "dropped.png")
    editor.fill("and what else?")
    editor.press("Enter")
    expect(chat.questions.locator(".message__text")).to_have_text("and what else?")
    chat.expect_end()
    expect(photos(chat.questions.first)).to_have_count(3)


def see_them_large(page: Page) -> None:
    """By keyboard alone, and nothing of it keeps people out."""
    first = page.get_by_role("group", name="Pictures").get_by_role("link").first
    first.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("photo-viewer dialog")
    expect(viewer).to_have_accessible_name(first.get_by_role("img").get_attribute("alt") or "")
    expect(viewer).to_contain_text("1 of 3")
    expect(viewer.get_by_role("button", name="Previous picture")).to_be_disabled()
    assert not axe.violations(page)
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img")).to_have_attribute("alt", "pasted.png")
    page.keyboard.press("+")
    expect(viewer.get_by_role("img")).to_have_attribute("style", re.compile(r"scale\(1\.4\)"))
    # Arrows move what is enlarged and go on from a whole one; keys are heard at the end, too.
    page.keyboard.press("ArrowDown")
    expect(viewer.get_by_role("img")).to_have_attribute("style", re.compile(r"translate\(0px, -"))
    expect(viewer).to_contain_text("2 of 3")
    page.keyboard.press("0")
    viewer.get_by_role("button", name="Next picture").press("Enter")
    expect(viewer).to_contain_text("3 of 3")
    expect(viewer.get_by_role("button", name="Previous picture")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(viewer).to_contain_text("2 of 3")
    with page.expect_download() as download:
        viewer.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "pasted.png"
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(first).to_be_focused()


def test_a_message_sent_while_uploading_waits_and_a_spot_can_be_marked_on_a_phone_in_chinese(
    open_chat: OpenChat, house: House, watch: Watch
) -> None:
    watch.expects("ERR_FAILED")
    chat = open_chat(locale="zh-CN", **PHONE)
    page = chat.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/files/", hold)
    page.locator("form.composer input[type=file]").set_input_files(
        [file("猫.png", pictures.picture(size=(400, 300)))]
    )
    expect(chip(page, "猫.png")).to_have_attribute("data-state", "sending")
    held.pop().abort()
    expect(chip(page, "猫.png")).to_contain_text("连接中断，请重试。")
    chip(page, "猫.png").get_by_role("button", name="重试").click()
    chat.box.fill("图上有什么？")
    chat.send_button.click()
    expect(page.locator(".tray").get_by_text("全部上传完成后自动发送。")).to_be_visible()
    expect(chat.questions).to_have_count(0)
    page.get_by_role("button", name="先不发送").click()
    held.pop().continue_()
    page.unroute("**/files/")
    expect_ready(page, "猫.png")
    expect(page.locator("#status")).to_have_text("已添加 猫.png")
    expect(chat.questions).to_have_count(0)
    assert scroll_width(page) == 0

    mark_a_spot(page)
    expect_ready(page, "猫.jpg")
    page.get_by_role("button", name=re.compile("^换用 GLM-")).click()
    chat.send_button.click()
    chat.expect_end()
    chat.expect_text("400")
    content = house.upstream.asked("图上有什么")[-1]["body"]["messages"][-1]["content"]
    assert re.search(r"方框 1 位于 \[\d+, \d+, \d+, \d+\]", content[-1]["text"])
    assert scroll_width(page) == 0


def mark_a_spot(page: Page) -> None:
    page.get_by_role("button", name="在 猫.png 上标记").click()
    marker = page.get_by_role("dialog", name="标出你想问的地方")
    canvas = marker.get_by_role("application")
    expect(canvas).to_be_visible()
    assert not axe.violations(page)
    place = canvas.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] * 0.2, place["y"] + place["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.5, place["y"] + place["height"] * 0.6)
    page.mouse.up()
    # The keys do it as well, and say what they did.
    canvas.press("m")
    canvas.press("ArrowRight")
    said = "方框 2（百分比）：横向 40 至 62，纵向 40 至 60"
    expect(marker.locator("[data-said]")).to_have_text(said)
    canvas.press("Backspace")
    marker.get_by_role("button", name="使用 1 个标记").click()
    expect(marker).to_be_hidden()


def test_pictures_of_a_waiting_question_are_told_and_come_back_to_be_changed(
    chat: Chat,
) -> None:
    page = chat.page
    chat.say("[[script:endless every_ms=40]]")
    chat.expect_text("3 4")
    pick(page, file("cat.png", pictures.picture()))
    page.get_by_role("button", name=re.compile("^Switch to GLM-")).click()
    expect_ready(page, "cat.png")
    chat.box.press("Enter")
    expect(page.locator("[data-waiting]")).to_contain_text("1 picture")
    page.reload()
    chat.ready()
    expect(page.locator("[data-waiting]")).to_contain_text("1 picture")
    chat.chips.get_by_role("button", name="Edit: 1 picture").click()
    expect_ready(page, "cat.png")
    expect(page.locator("[data-waiting]")).to_have_count(0)
    chat.send_button.click()
    chat.stop_button.click()
    page.get_by_role("button", name="Send now").click()
    chat.expect_end(answers=2)
    expect(photos(chat.questions.last)).to_have_count(1)
