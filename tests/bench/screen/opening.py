"""How soon a page is usable with nothing in the cache, what that costs, and what the page weighs.

Milliseconds by the clock hold on a machine that does nothing else; beside them stands the time of
the processors, which a busy machine stretches far less, and the load average. The same is asked of
a bare page of the same server: the rest is ours.
"""

from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Page, Response

from tests.bench.screen.stage import FEW, MANY, Stage, cpu_clock, drawn_at, figures, ready_at

RUNS = 5
BARE = "/healthz"

Note = Callable[..., None]
Run = dict[str, float]


def measure(note: Note, stage: Stage) -> None:
    """New chat, a long conversation and a short one, in turn, so that all meet the same moments."""
    pages = {
        "bare page": BARE,
        "new chat": "/",
        f"{MANY} messages": stage.addresses[MANY][0],
        f"{FEW} messages": stage.addresses[FEW][0],
    }
    for address in pages.values():
        opened(stage, address)  # The server's templates and the browser's process are there.
    runs = [{name: opened(stage, address) for name, address in pages.items()} for _ in range(RUNS)]
    found = {name: middle([run[name] for run in runs]) for name in pages}
    note("new chat: composer usable, cold, ms", found["new chat"]["usable"], 400)
    note(f"{MANY} messages: usable, cold, ms", found[f"{MANY} messages"]["usable"], 500)
    for name, costs in found.items():
        for what in costs.keys() - {"usable"}:
            note(f"{name}: {what}", costs[what])
    requests, size = weight(stage)
    note("first page: requests", requests, 12)
    note("first page: scripts and styles, kB compressed", size / 1000, 60)


def opened(stage: Stage, address: str) -> Run:
    """One visit by a browser that has seen nothing, until the page obeys."""
    context = stage.context()
    page = context.new_page()
    session = cpu_clock(page)
    before = stage.server_seconds
    page.goto(address)
    usable = loaded_at(page) if address == BARE else ready_at(page)
    drawn = usable if address == BARE else drawn_at(page)
    costs = figures(session)
    context.close()
    return {
        "usable": usable,
        "answers drawn, cold, ms": drawn,
        "browser's main thread, CPU ms": costs["TaskDuration"] * 1000,
        "of it scripts, ms": costs["ScriptDuration"] * 1000,
        "elements and texts": costs["Nodes"],
        "server, CPU ms": (stage.server_seconds - before) * 1000,
    }


def loaded_at(page: Page) -> float:
    timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    return float(page.evaluate(f"() => {timing}"))


def middle(runs: list[Run]) -> Run:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def weight(stage: Stage) -> tuple[int, int]:
    """Requests of a first page, and the bytes of its scripts and styles as they travel."""
    context = stage.context()
    page = context.new_page()
    seen: list[Response] = []

    def note_down(response: Response) -> None:
        seen.append(response)

    page.on("response", note_down)
    page.goto("/")
    ready_at(page)
    page.wait_for_load_state("networkidle")
    kinds = ("script", "stylesheet")
    sizes: list[dict[str, Any]] = [
        dict(one.request.sizes()) for one in seen if one.request.resource_type in kinds
    ]
    context.close()
    return len(seen), sum(one["responseBodySize"] for one in sizes)
