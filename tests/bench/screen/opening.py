"""How soon a page is usable with nothing in the cache, and what it weighs."""

from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Response

from tests.bench.screen.stage import MANY, Stage, ready_at

RUNS = 5

Note = Callable[..., None]


def measure(note: Note, stage: Stage) -> None:
    stage_warm(stage)
    note("new chat: composer usable, cold, ms", opened(stage, "/"), 400)
    long = stage.addresses[MANY][0]
    note(f"{MANY} messages: usable, cold, ms", opened(stage, long), 500)
    requests, size = weight(stage)
    note("first page: requests", requests, 12)
    note("first page: scripts and styles, kB compressed", size / 1000, 60)


def stage_warm(stage: Stage) -> None:
    """The server's templates and the browser's process are there; only the cache is cold."""
    opened(stage, "/", runs=1)


def opened(stage: Stage, address: str, runs: int = RUNS) -> float:
    times = []
    for _ in range(runs):
        context = stage.context()
        page = context.new_page()
        page.goto(address)
        times.append(ready_at(page))
        context.close()
    return median(times)


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
