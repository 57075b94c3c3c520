"""`python -m tests.bench.drawing`: what drawing an answer costs the browser, into var/bench.json.

An answer of 3,000 tokens with code, tables and formulas comes at 100 tokens a second; the same text
is appended as it is to an empty page in the same run, and that cost subtracted. Then a text of 1 MB
is drawn at once. Medians of three runs.
"""

import json
import statistics
import sys
from typing import Any

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

from tests.bench.drawing.texts import answer, long_text
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
MOST = {"frames p99 ms": 34, "main thread, extra s": 4.0, "1 MB: longest block ms": 200}


def main() -> int:
    build()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route("**/*", serve)
        found = [measure(page, page.context.new_cdp_session(page)) for _ in range(RUNS)]
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


def measure(page: Page, session: CDPSession) -> dict[str, float]:
    plain, _ = streamed(page, session, is_drawn=False)
    ours, gaps = streamed(page, session, is_drawn=True)
    page.goto(f"{ORIGIN}/")
    whole = page.evaluate(
        "async (text) => (await import('/feeder.js')).drawAtOnce(text)", long_text(1_000_000)
    )
    return {
        "frames p99 ms": percentile(gaps, 99),
        "frames, longest ms": max(gaps),
        "main thread, plain text s": plain,
        "main thread, extra s": ours - plain,
        "1 MB: longest block ms": whole["longest"],
        "1 MB: until drawn ms": whole["took"],
        "1 MB: elements": whole["elements"],
    }


def streamed(page: Page, session: CDPSession, *, is_drawn: bool) -> tuple[float, list[float]]:
    """Seconds of the main thread for a whole answer, and the milliseconds between frames."""
    page.goto(f"{ORIGIN}/")
    session.send("Performance.enable")
    before = busy(session)
    found: dict[str, Any] = page.evaluate(
        "async (how) => (await import('/feeder.js')).feed(how)",
        {"text": answer(), "rate": RATE, "isDrawn": is_drawn},
    )
    return busy(session) - before, found["gaps"]


def busy(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


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
