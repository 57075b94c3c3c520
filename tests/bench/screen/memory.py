"""Whether a tab grows while one goes through a hundred conversations."""

from collections.abc import Callable
from statistics import mean

from playwright.sync_api import CDPSession

from tests.bench.screen.stage import FEW, Stage, cpu_clock, figures, ready_at

EVERY = 10


def measure(note: Callable[..., None], stage: Stage) -> None:
    context = stage.context()
    page = context.new_page()
    session = cpu_clock(page)
    heaps = []
    for number, address in enumerate(stage.addresses[FEW], 1):
        page.goto(address)
        ready_at(page)
        if number % EVERY == 0:
            heaps.append(heap(session))
    context.close()
    note("conversations opened in one tab", number, 100, least=True)
    note("heap after the first tens, MB", mean(heaps[:3]) / 1e6)
    note("heap at the end ÷ at the beginning", mean(heaps[-3:]) / mean(heaps[:3]), 1.15)


def heap(session: CDPSession) -> float:
    """What is held when all that is not needed has been let go."""
    session.send("HeapProfiler.collectGarbage")
    return figures(session)["JSHeapUsedSize"]
