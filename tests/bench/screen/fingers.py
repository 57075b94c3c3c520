"""How long a key waits for its letter while an answer of 100 words a second is written."""

import time
from collections.abc import Callable

from tests.bench.screen.stage import Stage, cpu_clock, figures, ready_at

KEYS = 150
WATCH = """() => {
  window.waits = []
  document.querySelector("#message").addEventListener("input", (event) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => window.waits.push(performance.now() - event.timeStamp)
    port2.postMessage(0)
  })
}"""


def measure(note: Callable[..., None], stage: Stage) -> None:
    context = stage.context()
    page = context.new_page()
    page.goto("/")
    ready_at(page)
    box = page.locator("#message")
    box.fill("[[script:endless every_ms=10]]")
    box.press("Enter")
    page.locator("article[data-role=assistant] markdown-body").wait_for()
    page.evaluate(WATCH)
    session = cpu_clock(page)
    begun, before = time.monotonic(), figures(session)["TaskDuration"]
    for number in range(KEYS):
        page.keyboard.press("abcdefgh"[number % 8])
        page.wait_for_timeout(40)
    busy = figures(session)["TaskDuration"] - before
    share = busy / (time.monotonic() - begun)
    waits = sorted(page.evaluate("window.waits"))
    page.locator("[data-stop]").click()
    context.close()
    assert len(waits) == KEYS
    note("main thread at work meanwhile, %", share * 100)
    note("typing while an answer is written: p50 ms", waits[KEYS // 2])
    note("typing while an answer is written: p95 ms", waits[KEYS * 95 // 100], 16)
