"""One worker and 1,000 films that never end: how long after its time each is looked at."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
import psutil

from media_gen.jobs.times import Times
from tests.bench.relay.rig import ROOT
from tests.contract.rig import KEY
from tests.media_gen.house import MediaHouse
from tests.running import wait_until
from tests.standin import StandIn

MANY, MADE_BEFORE = 1000, 20_000
WATCHED = 120.0
"""Seconds; each film is looked at five times or so."""
LISTED_EVERY = 8.0
"""Seconds; the stand-in remembers 2,000 requests."""
LATEST = 2.0
"""How many times its pause may go by until a film is looked at again."""

FILL = """
from tests.bench.jobs.filling import fill
fill("LIST", MADE)
"""
Note = Callable[..., None]
Looks = dict[str, dict[int, float]]
"""Task -> the number of the request at the stand-in, and when it came."""


def measure(note: Note, folder: Path, upstream: StandIn) -> None:
    house = MediaHouse(folder, upstream, 1.0)
    tasks = films(upstream)
    listed = folder.parent / "tasks.json"
    listed.write_text(json.dumps(tasks))
    fill = FILL.replace("LIST", str(listed)).replace("MADE", str(MADE_BEFORE))
    house.run_code(fill)
    try:
        ours = watched(house, upstream)
    finally:
        house.end()
    bare = watched_bare(upstream, listed)
    tell(note, ours, bare)


def films(upstream: StandIn) -> list[str]:
    """Tasks that stay unfinished for ever."""
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=upstream.base_url, headers=headers, trust_env=False) as vendor:
        body = {"model": "cogvideox-2", "prompt": "[[studio:stuck]] a cat", "size": "720x480"}
        answers = [vendor.post("/videos/generations", json=body) for _ in range(MANY)]
    return [str(answer.raise_for_status().json()["id"]) for answer in answers]


def watched(house: MediaHouse, upstream: StandIn) -> dict[str, Any]:
    upstream.reset()
    worker = house.hire()
    state = psutil.Process(worker.pid)
    wait_until(lambda: looks_at(upstream), "the worker looks")
    looks, used = followed(upstream, state)
    return {"looks": looks, "seconds": used, "mib": state.memory_info().rss / 2**20}


def watched_bare(upstream: StandIn, listed: Path) -> dict[str, Any]:
    upstream.reset()
    command = [sys.executable, "-m", "tests.bench.jobs.bare", upstream.base_url, KEY, str(listed)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            wait_until(lambda: looks_at(upstream), "the bare loop looks")
            looks, used = followed(upstream, psutil.Process(process.pid))
        finally:
            process.terminate()
    return {"looks": looks, "seconds": used}


def followed(upstream: StandIn, process: psutil.Process) -> tuple[Looks, float]:
    """What was looked at in that time, and the processor's seconds that it took."""
    looks: Looks = {}
    before, ends = cpu(process), time.monotonic() + WATCHED
    while time.monotonic() < ends:
        time.sleep(LISTED_EVERY)
        for task, seen in looks_at(upstream).items():
            looks.setdefault(task, {}).update(seen)
    return looks, cpu(process) - before


def looks_at(upstream: StandIn) -> Looks:
    with httpx.Client(base_url=upstream.origin, trust_env=False, timeout=30) as control:
        seen = control.get("/__control/requests").raise_for_status().json()
    looks: Looks = {}
    for one in seen:
        if "/async-result/" in one["path"]:
            looks.setdefault(one["path"].rpartition("/")[2], {})[one["n"]] = one["at"]
    return looks


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def pauses(looks: Looks) -> list[float]:
    """Of every film between every two looks: how many times the pause that was due."""
    limits, found = Times(), []
    shared = MANY / limits.looks_per_second
    for seen in looks.values():
        at = [seen[number] for number in sorted(seen)]
        for tries, (before, after) in enumerate(pairwise(at), 1):
            due = max(limits.look_pause(tries).total_seconds(), shared)
            found.append((after - before) / due)
    return found


def tell(note: Note, ours: dict[str, Any], bare: dict[str, Any]) -> None:
    note("jobs: films looked at", len(ours["looks"]), MANY, least=True)
    looks = sum(map(len, ours["looks"].values()))
    late = pauses(ours["looks"])
    note("jobs: looks at each, the fewest", min(map(len, ours["looks"].values())), 4, least=True)
    note("jobs: looks per second", looks / WATCHED)
    note("jobs: pause ÷ what was due, median", median(late))
    note("jobs: pause ÷ what was due, p99", quantiles(late, n=100)[-1])
    note("jobs: pause ÷ what was due, the longest", max(late), LATEST)
    note("jobs: bare loop, the longest", max(pauses(bare["looks"])))
    each = ours["seconds"] / looks * 1000
    base = bare["seconds"] / sum(map(len, bare["looks"].values())) * 1000
    note("jobs: CPU of a look, ms", each)
    note("jobs: CPU of a look, bare loop, ms", base)
    note("jobs: CPU ÷ bare loop", each / base)
    note("jobs: worker, MiB", ours["mib"])
