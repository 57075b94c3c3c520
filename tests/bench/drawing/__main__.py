"""`python -m tests.bench.drawing`: what drawing an answer costs the browser, into var/bench.json.

An answer of 3,000 tokens with code, tables and formulas comes at 100 tokens a second; the same text
is appended as it is to an empty page in the same run, and that cost subtracted. Then texts of 1 MB
are drawn at once: one of everything, and one of nothing but formulas. Medians of three runs.

What a thread worked is told by the processor's clock, which other work on the machine disturbs
little; frames and blocks by the wall's, as a person sees them. The load average stands beside them.
"""

import json
import statistics
import sys
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.bench.drawing.texts import answer, long_text, only_formulas
from tests.bench.screen.__main__ import load
from tests.bench.screen.stage import cpu_clock, figures
from tests.contract.rig import ROOT
from tests.e2e.conftest import FLAGS
from tests.e2e.rig import build, chromium

ORIGIN = "http://drawing.test"
PAGE = """<!doctype html><html lang="en" data-theme="light"><head>
<link rel="stylesheet" href="/app.css"><script type="module" src="/chat.js"></script>
</head><body><main class="log"></main></body></html>"""
TYPES = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self';"
    " img-src 'self' data: blob:; require-trusted-types-for 'script'; trusted-types dompurify"
)
RATE, RUNS = 100, 3
TASK = "ThreadControllerImpl::RunTask"
LONG = {"1 MB": long_text, "1 MB of formulas": only_formulas}
MOST = {"frames p99 ms": 34, "main thread, extra CPU s": 4.0} | {
    f"{name}: longest block, {clock} ms": 200 for name in LONG for clock in ("wall", "CPU")
}


def main() -> int:
    build()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        print(f"load average: {load()}", flush=True)
        found = [measure(browser) for _ in range(RUNS)]
        print(f"load average: {load()}", flush=True)
        browser.close()
    lines = [line(name, [run[name] for run in found]) for name in found[0]]
    written = ROOT / "var" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    known = json.loads(written.read_text()) if written.exists() else {}
    written.write_text(json.dumps(known | {"drawing": lines}, indent=1))
    broken = [one["name"] for one in lines if one["kept"] is False]
    print(f"{len(lines) - len(broken)} passed, {len(broken)} failed")
    return int(bool(broken))


def serve(route: Route) -> None:
    """The built files, under the policy they run under."""
    name = route.request.url.removeprefix(ORIGIN).partition("?")[0].lstrip("/")
    if not name:
        policy = {"Content-Security-Policy": POLICY}
        return route.fulfill(body=PAGE, content_type="text/html", headers=policy)
    folder = ROOT / "tests" / "bench" / "drawing" if name == "feeder.js" else ROOT / "build" / "js"
    if not (folder / name).is_file():
        return route.fulfill(status=404)
    kind = TYPES[name.rpartition(".")[2]]
    return route.fulfill(path=folder / name, content_type=kind)


def measure(browser: Browser) -> dict[str, float]:
    plain, _ = streamed(browser, is_drawn=False)
    ours, gaps = streamed(browser, is_drawn=True)
    found = {
        "frames p99 ms": percentile(gaps, 99),
        "frames, longest ms": max(gaps),
        "main thread, plain text CPU s": plain,
        "main thread, extra CPU s": ours - plain,
    }
    for name, text in LONG.items():
        found |= {f"{name}: {what}": value for what, value in at_once(browser, text).items()}
    return found


def opened(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route("**/*", serve)
    page.goto(f"{ORIGIN}/")
    return page


def streamed(browser: Browser, *, is_drawn: bool) -> tuple[float, list[float]]:
    """Seconds the main thread worked for a whole answer, and the milliseconds between frames."""
    page = opened(browser)
    session = cpu_clock(page)
    before = figures(session)["TaskDuration"]
    found: dict[str, Any] = page.evaluate(
        "async (how) => (await import('/feeder.js')).feed(how)",
        {"text": answer(), "rate": RATE, "isDrawn": is_drawn},
    )
    took = figures(session)["TaskDuration"] - before
    page.close()
    return took, found["gaps"]


def at_once(browser: Browser, text: Callable[[int], str]) -> dict[str, float]:
    page = opened(browser)
    browser.start_tracing(page=page, categories=["toplevel"])
    whole = page.evaluate(
        "async (text) => (await import('/feeder.js')).drawAtOnce(text)", text(1_000_000)
    )
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.close()
    return {
        "longest block, wall ms": whole["longest"],
        "longest block, CPU ms": longest_task(events),
        "until drawn ms": whole["took"],
        "elements": whole["elements"],
    }


def longest_task(events: list[dict[str, Any]]) -> float:
    """Milliseconds of the processor, of the thread that drew."""
    main = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [one for one in events if one["name"] == TASK and (one["pid"], one["tid"]) in main]
    return max(one.get("tdur", 0) for one in tasks) / 1000


def percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1]


def line(name: str, values: list[float]) -> dict[str, object]:
    value, limit = statistics.median(values), MOST.get(name)
    kept = None if limit is None else value <= limit
    bound = "" if limit is None else f"  (≤ {limit})"
    print(f"{'✗' if kept is False else ' '} {name}: {value:,.1f}{bound}", flush=True)
    return {"name": name, "value": value, "limit": limit, "kept": kept}


if __name__ == "__main__":
    sys.exit(main())
