"""What a model made to be looked at: pages at work, diagrams, pictures from elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.axe import violations
from tests.e2e.canary import Canary, listening
from tests.e2e.chat import Chat
from tests.e2e.conftest import OpenChat, Watch
from tests.e2e.rig import House

PAGE = """\
```html
<!doctype html>
<title>Escape artist</title>
<link rel="stylesheet" href="CANARY/style.css"><img src="CANARY/img.png">
<iframe src="CANARY/frame"></iframe><script src="CANARY/script.js"></script>
<form id="form" action="CANARY/form"><input name="q"></form>
<ol id="out"></ol>
<script>
const tries = {
  parent: () => parent.document.title,
  top: () => top.document.title,
  cookie: () => document.cookie,
  storage: () => localStorage.length,
  open: () => open("CANARY/open").name,
  rtc: () => new RTCPeerConnection(),
  navigate: () => { top.location = "CANARY/top" },
}
const say = (words) => out.appendChild(document.createElement("li")).append(words)
for (const [name, attempt] of Object.entries(tries)) {
  try { attempt(); say(name + " worked") } catch { say(name + " failed") }
}
const ask = (at) => fetch(at).then(() => say("fetch worked"), () => say("fetch failed"))
form.submit()
for (const words of [{ do: "send" }, { ready: true }, { type: "send", text: "x" }]) {
  parent.postMessage(words, "*"), top.postMessage(words, "*")
}
Promise.all([ask("/settings/"), ask("CANARY/fetch")]).then(() => say("done"))
onclick = () => { location = "CANARY/self" }
</script>
```
"""
TOAST = 'new CustomEvent("toast", { detail: { words: "Kept.", stays: 99999 } })'
REFUSALS = (
    "policy:", "Content Security Policy", "Content-Security-Policy", "sandbox", "Blocked", "CANARY",
    "Unsafe attempt", "violates", "ERR_BLOCKED_BY_CSP", "csp",
)  # fmt: skip
DIAGRAMS = """\
```mermaid
graph LR
  A[Question] --> B[Answer]
```

```mermaid
graph LR
  A[[[ --> broken
```
"""


@pytest.fixture
def canary() -> Iterator[Canary]:
    with listening() as server:
        yield server


def answer(chat: Chat, house: House, text: str) -> Locator:
    """Have exactly this said; the text of the answer."""
    house.teach("said", [{"say": text}, {"finish": "stop"}, {"done": True}])
    chat.ask("[[script:said]]")
    return chat.text.first


def test_a_page_at_work_reaches_neither_us_nor_anybody_else(
    chat: Chat, house: House, canary: Canary, watch: Watch
) -> None:
    watch.expects(*REFUSALS)
    text = answer(chat, house, PAGE.replace("CANARY", canary.origin))
    opener = text.get_by_role("button", name="Preview")
    opener.click()
    dialog = chat.page.get_by_role("dialog", name="Preview of Escape artist")
    outer = dialog.locator("iframe")
    expect(outer).to_have_attribute("sandbox", "allow-scripts")
    inner = outer.content_frame.locator("iframe")
    expect(inner).to_have_attribute("sandbox", "allow-scripts")
    tries = inner.content_frame.locator("li")
    expect(tries.filter(has_text="done")).to_be_attached()
    said = tries.all_inner_texts()
    assert not [one for one in said if one.endswith("worked")], said
    assert canary.visits == []
    inner.content_frame.locator("body").press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    expect(tries.filter(has_text="done")).to_be_attached()
    inner.content_frame.locator("body").click()
    # Asked of our own page first: the frame's process ends with its page, and a question to it too.
    expect(dialog.get_by_role("alert")).to_contain_text("tried to leave")
    expect(tries).to_have_count(0)
    dialog.get_by_role("button", name="Show it again").click()
    expect(tries.filter(has_text="done")).to_be_attached()
    dialog.get_by_role("button", name="Close preview").click()
    expect(opener).to_be_focused()
    assert chat.questions.count() == 1
    assert canary.visits == []


def test_a_page_at_work_stands_beside_the_conversation_which_goes_on(
    open_chat: OpenChat, house: House
) -> None:
    chat = open_chat(viewport={"width": 1280, "height": 800})
    page = chat.page
    text = answer(chat, house, "```html\n<!doctype html><title>A clock</title>12:00\n```\n")
    text.get_by_role("button", name="Preview").click()
    panel = page.get_by_role("dialog", name="Preview of A clock")
    edge = page.get_by_role("separator", name="Width of the preview")
    expect(panel.locator("iframe")).to_be_visible()
    assert violations(page) == []
    before = left(panel)
    assert before > left(text) + width(text)
    edge.press("ArrowLeft")
    assert round(before - left(panel)) == 32
    page.evaluate(f"document.dispatchEvent({TOAST})")
    toast = page.locator(".toast")
    assert left(toast) + width(toast) < left(panel)
    assert abs(middle(toast) - middle(chat.box)) < 2
    assert toast.evaluate("(it) => it.getBoundingClientRect().bottom") < top(chat.box)
    chat.ask("[[script:count n=3 every_ms=0]]", answers=2)
    expect(panel).to_be_visible()
    edge.press("Escape")
    expect(panel).to_have_count(0)
    assert abs(middle(chat.box) - (260 + 1020 / 2)) < 2


def left(at: Locator) -> float:
    return float(at.evaluate("(it) => it.getBoundingClientRect().left"))


def top(at: Locator) -> float:
    return float(at.evaluate("(it) => it.getBoundingClientRect().top"))


def width(at: Locator) -> float:
    return float(at.evaluate("(it) => it.getBoundingClientRect().width"))


def middle(at: Locator) -> float:
    return left(at) + width(at) / 2


def test_a_diagram_is_drawn_in_both_themes_and_a_broken_one_shows_its_source(
    open_chat: OpenChat, house: House
) -> None:
    chat = open_chat(color_scheme="dark")
    text = answer(chat, house, DIAGRAMS)
    picture = text.get_by_role("img", name="Diagram")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(img) => img.naturalWidth") > 50
    expect(text.locator(".diagram__error")).to_contain_text("cannot be drawn: Parse error")
    expect(text.locator("pre").nth(0)).to_be_hidden()
    expect(text.locator("pre").nth(1)).to_be_visible()
    before = picture.get_attribute("src")
    chat.page.emulate_media(color_scheme="light")
    expect(picture).not_to_have_attribute("src", before or "")


def test_a_picture_from_elsewhere_is_loaded_only_when_asked_for_and_alone(
    chat: Chat, house: House, canary: Canary
) -> None:
    host = canary.origin.removeprefix("http://")
    first, second = (f"![{name}]({canary.origin}/{name}.png?q=1)" for name in ("one", "two"))
    text = answer(chat, house, f"{first}\n\n{second}\n")
    buttons = text.get_by_role("button", name=f"Load image from {host}")
    expect(buttons).to_have_count(2)
    assert canary.visits == []
    buttons.first.click()
    frame = text.locator("iframe")
    expect(frame).to_have_attribute("style", "inline-size: 40px; aspect-ratio: 40 / 20;")
    assert canary.visits == ["/one.png?q=1"]
    assert not {"Referer", "Cookie"} & set(canary.headers)
    expect(buttons).to_have_count(1)


def test_code_can_be_wrapped_and_kept_as_a_file(chat: Chat, house: House) -> None:
    text = answer(chat, house, f"```python\nprint({'1, ' * 80}1)\n```\n\nAnd \\(x^2\\).\n")
    expect(text.locator(".is-number").first).to_be_visible()
    expect(text.locator(".katex-mathml math")).to_have_count(1)
    code, wrap = text.locator("pre"), text.get_by_role("button", name="Wrap lines")
    assert code.evaluate("(pre) => pre.scrollWidth > pre.clientWidth")
    wrap.click()
    assert not code.evaluate("(pre) => pre.scrollWidth > pre.clientWidth")
    chat.page.reload()
    chat.ready()
    expect(wrap).to_have_attribute("aria-pressed", "true")
    assert not code.evaluate("(pre) => pre.scrollWidth > pre.clientWidth")
    with chat.page.expect_download() as kept:
        text.get_by_role("button", name="Download code").click()
    assert kept.value.suggested_filename == "code.py"
    assert kept.value.path().read_text().startswith("print(1, 1")
