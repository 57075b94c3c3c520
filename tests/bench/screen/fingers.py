"""How long a key waits for its letter while an answer of 100 words a second is written.

A screen asks for a picture every 16.7 ms, and whatever was written is seen with the next one: on a
page with nothing but a box and a number that counts frames, letters are there after up to 17 ms,
however quick the page is. So that pause, when nobody works, is told apart. The limit is for what
the page makes a key wait: until its letter is in the box with everything that listens to it, and
from the moment the next picture was due until that is made.
"""

import time
from collections.abc import Callable

from tests.bench.screen.stage import Stage, cpu_clock, figures, ready_at

KEYS = 150
WATCH = """() => {
  window.waits = []
  const soon = (work) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = work
    port2.postMessage(0)
  }
  addEventListener("input", (event) => {
    queueMicrotask(() => {
      const written = performance.now() - event.timeStamp
      requestAnimationFrame((due) => soon(() => {
        const now = performance.now()
        const made = now - Math.max(due, event.timeStamp + written)
        window.waits.push({ worked: written + made, whole: now - event.timeStamp })
      }))
    })
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
    waits = page.evaluate("window.waits")
    page.locator("[data-stop]").click()
    context.close()
    assert len(waits) == KEYS
    note("main thread at work meanwhile, %", share * 100)
    worked, whole = (sorted(wait[name] for wait in waits) for name in ("worked", "whole"))
    note("typing while an answer is written: p50 ms", worked[KEYS // 2])
    note("typing while an answer is written: p95 ms", worked[KEYS * 95 // 100], 16)
    note("the same with the pause until a picture is due: p95 ms", whole[KEYS * 95 // 100])
