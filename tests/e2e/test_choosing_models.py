"""Choosing a model and how it answers: the list, thinking, instructions, and the window's gauge."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.rig import House

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def last_request(house: House, words: str) -> dict:
    """What the vendor was asked about the question with these words, the last time."""
    body: dict = house.upstream.asked(words)[-1]["body"]
    return body


def choose(page: Page, words: str) -> None:
    page.locator(".picker__button").click()
    expect(page.locator("#models input")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("#models")).to_be_hidden()


def test_a_model_is_found_by_name_and_told_how_hard_to_think_without_a_mouse(
    chat: Chat, house: House
) -> None:
    page = chat.page
    opener = page.locator(".picker__button")
    opener.focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="Find a model, or type its name")
    expect(field).to_be_focused()
    expect(page.get_by_role("option", name="GLM-4.6", selected=True)).to_be_visible()
    page.keyboard.type("5.2")
    page.keyboard.press("Enter")
    expect(opener).to_be_focused()
    expect(opener).to_have_accessible_name("Model: GLM-5.2")

    effort = page.get_by_role("button", name="Thinking effort: Usual")
    effort.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Usual")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Thinking effort: High")).to_be_focused()
    expect(chat.questions).to_have_count(0)
    chat.ask("think hard about this")
    asked = last_request(house, "think hard about this")
    assert asked["model"] == "glm-5.2"
    assert (asked["thinking"], asked["reasoning_effort"]) == ({"type": "enabled"}, "high")

    page.get_by_role("button", name="Deep thinking").press("Enter")
    expect(page.get_by_role("button", name="Deep thinking")).to_have_attribute(
        "aria-pressed", "false"
    )
    chat.ask("and now at once", answers=2)
    assert last_request(house, "and now at once")["thinking"] == {"type": "disabled"}


def test_models_that_cannot_be_told_to_think_say_why(chat: Chat, house: House) -> None:
    page = chat.page
    thinking = page.get_by_role("button", name="Deep thinking")
    choose(page, "32b")
    expect(thinking).to_have_attribute("aria-disabled", "true")
    expect(thinking).to_have_accessible_description("This model answers without thinking.")
    thinking.press("Enter")
    expect(page.locator(".toast")).to_contain_text("This model answers without thinking.")
    choose(page, "GLM-5.3")
    expect(thinking).to_have_attribute("aria-pressed", "true")
    expect(thinking).to_have_accessible_description("This model always thinks before it answers.")
    choose(page, "mock-count")
    expect(page.locator(".picker__button")).to_have_text("mock-count")
    chat.ask("a name that nobody lists")
    assert last_request(house, "a name that nobody lists")["model"] == "mock-count"


def fill_in(dialog: Locator) -> None:
    """Instructions, a temperature at the second try, and no stream."""
    temperature = dialog.get_by_role("textbox", name="Temperature")
    expect(temperature).to_have_attribute("placeholder", "1.0")
    dialog.get_by_role("textbox", name="Instructions").fill("Answer like a sailor.")
    temperature.fill("3")
    temperature.press("Enter")
    expect(temperature).to_be_focused()
    expect(temperature).to_have_accessible_description(
        "0 to 1; lower is more predictable Temperature: it must be a number from 0 to 1."
    )
    temperature.fill("0.3")
    dialog.get_by_role("switch", name="Stream").uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()


def test_a_new_chat_is_set_up_before_its_first_question_and_changed_later(
    chat: Chat, house: House, watch: Watch
) -> None:
    page = chat.page
    watch.expects("status of 422")
    opener = page.get_by_role("button", name="Instructions and parameters").first
    opener.click()
    dialog = page.get_by_role("dialog", name="Instructions and parameters")
    fill_in(dialog)
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    expect(opener).to_have_accessible_name("Instructions and parameters: set for this conversation")
    page.reload()
    chat.ready()
    chat.ask("[[script:think n=3 then=4]] aye")
    chat.expect_text("1 2 3 4")
    asked = last_request(house, "aye")
    assert asked["messages"][0] == {"role": "system", "content": "Answer like a sailor."}
    assert (asked["temperature"], asked["stream"]) == (0.3, False)
    expect(chat.answer.locator(".step__name")).to_have_text("Thought")

    opener.click()
    expect(dialog.get_by_role("textbox", name="Instructions")).to_have_value(
        "Answer like a sailor."
    )
    dialog.get_by_role("button", name="Empty all").click()
    dialog.get_by_role("button", name="Save").click()
    expect(opener).to_have_accessible_name("Instructions and parameters")
    chat.ask("[[script:count n=2]] ashore", answers=2)
    asked = last_request(house, "ashore")
    assert asked["messages"][0]["role"] == "user"
    assert (asked["stream"], "temperature" in asked) == (True, False)
    page.goto("/")
    chat.ready()
    expect(page.locator("conversation-setup[data-own]")).to_have_count(0)


def test_an_answer_in_one_piece_waits_can_be_stopped_and_is_asked_anew(
    chat: Chat, house: House
) -> None:
    page = chat.page
    page.get_by_role("button", name="Instructions and parameters").first.click()
    page.get_by_role("switch", name="Stream").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    chat.say("[[script:silent]] in one piece")
    expect(chat.stop_button).to_be_visible()
    chat.stop_button.click()
    chat.expect_end("stopped")
    house.answer_next("count n=3", "in one piece")
    chat.act("Regenerate")
    chat.expect_text("1 2 3")
    chat.expect_end()


def test_the_gauge_tells_how_full_the_window_is_and_follows_the_model(chat: Chat) -> None:
    page = chat.page
    gauge = page.get_by_role("button", name="Context used")
    expect(gauge).to_be_hidden()
    chat.ask("[[script:count n=900 every_ms=0]]")
    expect(gauge).to_have_accessible_name("Context used: 1%")
    choose(page, "any-other-model")
    expect(gauge).to_have_accessible_name("Context used: 6%")
    gauge.press("Enter")
    more = page.get_by_role("dialog", name="Context used")
    expect(more).to_contain_text("16,000 tokens")
    expect(more).to_contain_text("Nothing is deleted.")
    page.keyboard.press("Escape")
    expect(more).to_be_hidden()
    page.reload()
    chat.ready()
    expect(gauge).to_have_accessible_name("Context used: 1%")


def test_on_a_phone_the_list_is_a_sheet_with_the_way_to_instructions(
    open_chat: OpenChat, house: House, watch: Watch
) -> None:
    watch.expects("status of 422")
    chat = open_chat(**PHONE, locale="zh-CN", reduced_motion="reduce")
    page = chat.page
    page.locator(".picker__button").tap()
    sheet = page.locator("#models")
    expect(page.get_by_role("listbox", name="模型")).to_be_focused()
    box = sheet.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
    page.get_by_role("option", name="GLM-5.2").tap()
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="思考强度").tap()
    page.get_by_role("radio", name="最高").locator("xpath=..").tap()
    page.locator(".picker__button").tap()
    sheet.get_by_role("button", name="指令与参数").tap()
    dialog = page.get_by_role("dialog", name="指令与参数")
    dialog.get_by_role("textbox", name="温度").fill("7")
    dialog.get_by_role("button", name="保存").tap()
    expect(dialog.get_by_text("温度：必须是 0 到 1 之间的数字。")).to_be_visible()
    dialog.get_by_role("button", name="取消").tap()
    chat.box.fill("手机上的问题")
    chat.send_button.tap()
    chat.expect_end()
    assert last_request(house, "手机上的问题")["reasoning_effort"] == "max"


def test_the_title_names_the_conversation_and_no_model(chat: Chat) -> None:
    chat.ask("Why is the sky dark at night?")
    expect(chat.page.locator("h1[data-title]")).to_have_text("Why is the sky dark at night?")
    newest = chat.page.locator("[role=option][data-model]").first
    expect(newest.locator("b")).to_have_text("GLM-5.3")
