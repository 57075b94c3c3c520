"""Eight workers and 100 pictures, all wanted at once: each is asked for and kept once."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.bench.jobs.looking import cpu
from tests.media_gen.house import MediaHouse
from tests.standin import StandIn

WORKERS, PICTURES = 8, 100
PATIENCE = 600.0
"""Seconds; the stand-in paints one after the other."""


def measure(note: Callable[..., None], folder: Path, upstream: StandIn) -> None:
    house = MediaHouse(folder, upstream, 1.0)
    house.ask_for_many(PICTURES)
    began = time.monotonic()
    try:
        for _ in range(WORKERS):
            house.hire()
        rows = house.wait_until_all_ended(PATIENCE)
        took = time.monotonic() - began
        used = sum(cpu(psutil.Process(worker.pid)) for worker in house.workers)
        asked = house.submits()
        house.expect_made_once(PICTURES)
    finally:
        house.end()
    note("jobs: pictures made by 8 workers", len(rows), PICTURES, least=True)
    note("jobs: asked for, the most often", max(asked.values()), 1)
    note("jobs: all of them, s", took)
    note("jobs: CPU of the workers with their start, s", used)
