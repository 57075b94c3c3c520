"""The processes of the benchmark: upstream and readers on one core, the measured on the other."""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import httpx
import psutil

from tests.bench.relay.readers import Plan, Report

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
MEASURED, OTHERS = {0}, {1}
QUIET = float(os.environ.get("BENCH_QUIET", "0.45"))
"""Cores of other load above which a run is not counted."""


@dataclass
class Run:
    report: Report
    cpu_per_1000: float
    rss_mib: float
    other_load: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: list[str], url: str, cores: set[int], **env: str) -> Iterator[psutil.Process]:
    """A process that answers at `url`; ended by its own pid."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | env,
        preexec_fn=lambda: pin(cores),  # noqa: PLW1509 - this process has one thread
        stdin=subprocess.DEVNULL,
    )
    try:
        until_answers(url, process)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=15)


def pin(cores: set[int]) -> None:
    if len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, cores)


def until_answers(url: str, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            httpx.get(url, timeout=2, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(url)


def run(plan: Plan, server: psutil.Process) -> Run:
    """Let the readers read while the server's CPU is counted, and everybody else's."""
    command = [sys.executable, "-m", "tests.bench.relay.readers"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: pin(OTHERS),  # noqa: PLW1509
    ) as readers:
        assert readers.stdin is not None
        assert readers.stdout is not None
        readers.stdin.write(json.dumps(asdict(plan)) + "\n")
        readers.stdin.flush()
        assert readers.stdout.readline() == "ready\n"
        started_at, before = time.monotonic(), cpu(server)
        busy, ours = busy_seconds(), our_cpu()
        told, _nothing = readers.communicate("\n", timeout=90)
        elapsed, spent = time.monotonic() - started_at, cpu(server) - before
        other = busy_seconds() - busy - (our_cpu() - ours)
    report = Report(**json.loads(told))
    return Run(
        report=report,
        cpu_per_1000=spent / max(report.tokens, 1) * 1000,
        rss_mib=server.memory_info().rss / 2**20,
        other_load=max(0.0, other / elapsed),
    )


def our_cpu() -> float:
    """CPU of everything the rig started, ended ones included: that is not foreign load."""
    rig = psutil.Process()
    return cpu(rig) + sum(cpu(child) for child in rig.children() if child.is_running())


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def busy_seconds() -> float:
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq + times.steal)


def medians_in_turn(
    runners: Mapping[str, Callable[[], Run]], wanted: int = 3, tries: int = 9
) -> tuple[dict[str, Run], float]:
    """Run all of them in turn until each has `wanted` quiet runs; medians, and the load seen.

    Those that did not get as many in `tries` turns are left out.
    """
    quiet: dict[str, list[Run]] = {name: [] for name in runners}
    loads: list[float] = []
    for _ in range(tries):
        for name, make in runners.items():
            if len(quiet[name]) < wanted:
                run = make()
                loads.append(run.other_load)
                quiet[name] += [run] if run.other_load <= QUIET else []
    enough = {name: medians(runs) for name, runs in quiet.items() if len(runs) == wanted}
    return enough, sum(loads) / len(loads)


def medians(runs: list[Run]) -> Run:
    """As one run; streams that were not whole in any of them are missing here too."""
    figures = {
        field.name: statistics.median(getattr(run.report, field.name) for run in runs)
        for field in fields(Report)
    }
    figures["whole"] = min(run.report.whole for run in runs)
    return Run(
        report=Report(**figures),
        cpu_per_1000=statistics.median(run.cpu_per_1000 for run in runs),
        rss_mib=statistics.median(run.rss_mib for run in runs),
        other_load=statistics.median(run.other_load for run in runs),
    )
