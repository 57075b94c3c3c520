"""How quickly a gallery of 25,000 opens, is searched and is gone through.

`python -m tests.bench.gallery`; written to var/bench.json.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.bench.relay.__main__ import Table
from tests.bench.screen.memory import heap
from tests.bench.screen.stage import cpu_clock
from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD, ROOT
from tests.e2e.conftest import FLAGS, parsed
from tests.e2e.rig import House, build, chromium
from tests.e2e.screenshots import a_house

MANY = 25_000
ROUNDS = 9
MOST_PAINT, MOST_SEARCH, MOST_NODES, MOST_LAYOUT = 1000, 200, 1000, 50
MOST_GROWTH, MOST_OF_A_ROW = 1.1, 500
DOWN = """() => {
  const wall = document.querySelector("media-wall")
  wall.scrollTop = wall.scrollHeight
  return wall.rows.length
}"""
ROWS = "document.querySelector('media-wall').rows.length"
THROUGH = """async () => {
  const wall = document.querySelector("media-wall")
  for (let step = 0; step <= 200; step += 1) {
    wall.scrollTop = (wall.scrollHeight * step) / 200
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  }
}"""
COME = "(before) => document.querySelector('media-wall').rows.length > before"
LAID_OUT = """() => {
  const wall = document.querySelector("media-wall"), began = performance.now()
  for (let round = 0; round < 5; round += 1) wall.layOut()
  return (performance.now() - began) / 5
}"""
FILL = """
from tests.bench.gallery.filling import fill
fill(MANY)
"""
QUESTIONS = {"two signs in few": "龙井", "two signs in most": "橙色", "one sign": "猫"}


def main() -> None:
    build()
    table = Table()
    with (
        tempfile.TemporaryDirectory(prefix="zaichat-bench-") as folder,
        a_house(Path(folder) / "house") as house,
        sync_playwright() as playwright,
    ):
        house.manage("shell", "-c", FILL.replace("MANY", str(MANY)), PYTHONPATH=str(ROOT))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(base_url=house.origin, locale="en-US")
        sign_in_here(context, house)
        measure(table, context)
        browser.close()
    save(table)
    broken = [line for line in table.lines if line["kept"] is False]
    sys.exit(bool(broken))


def sign_in_here(context: BrowserContext, house: House) -> None:
    for name, value in parsed(sign_in(house.origin, "ada", PASSWORD)).items():
        context.add_cookies([{"name": name, "value": value, "url": house.origin}])


def measure(table: Table, context: BrowserContext) -> None:
    one, five, _ = os.getloadavg()
    table.note("gallery: load average before", f"{one:.1f}, {five:.1f}")
    table.note("gallery: first paint, ms", median(paint(context) for _ in range(3)), MOST_PAINT)
    for name, asked in QUESTIONS.items():
        took = min(searched(context, asked) for _ in range(ROUNDS))
        table.note(f"gallery: {name} ({asked}), ms", took, MOST_SEARCH)
    scrolled(table, context)


def paint(context: BrowserContext) -> float:
    """Until the first rows are in place, from the navigation on."""
    page = context.new_page()
    page.goto("/gallery/")
    page.locator(".wall__line figure").first.wait_for()
    entry = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    shown = float(page.evaluate(f"Math.max({entry}, window.wallAt ?? 0)"))
    page.close()
    return shown


def searched(context: BrowserContext, asked: str) -> float:
    started = time.perf_counter()
    answer = context.request.get(f"/gallery/rows/?q={asked}")
    assert answer.ok
    return (time.perf_counter() - started) * 1000


def scrolled(table: Table, context: BrowserContext) -> None:
    """To the very end; of what is not near, the page keeps the row and nothing else."""
    page = context.new_page()
    session = cpu_clock(page)
    page.goto("/gallery/")
    page.locator(".wall__line figure").first.wait_for()
    for _ in range(5):
        to_the_end(page)
    rows, before = page.evaluate(ROWS), heap(session)
    while page.evaluate(ROWS) < MANY:
        to_the_end(page)
    page.evaluate(DOWN)
    page.locator(f'figure[data-index="{MANY - 1}"]').wait_for()
    table.note("gallery: laying out all of it, ms", float(page.evaluate(LAID_OUT)), MOST_LAYOUT)
    table.note("gallery: nodes at the end", page.locator("media-wall *").count(), MOST_NODES)
    held = heap(session)
    table.note("gallery: heap at the end, MB", held / 1e6)
    table.note("gallery: kept of a row, bytes", (held - before) / (MANY - rows), MOST_OF_A_ROW)
    page.evaluate(THROUGH)
    table.note(
        "gallery: heap after going through again ÷ before", heap(session) / held, MOST_GROWTH
    )
    page.close()


def to_the_end(page: Page) -> None:
    """One more portion of rows, by the scroll bar."""
    before = page.evaluate(DOWN)
    page.wait_for_function(COME, arg=before)


def save(table: Table) -> None:
    written = ROOT / "var" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    known = json.loads(written.read_text()) if written.exists() else {}
    written.write_text(json.dumps(known | {"gallery": table.lines}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
