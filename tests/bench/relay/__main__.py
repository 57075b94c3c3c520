"""`python -m tests.bench.relay`: our relay beside the bare proxy, written to var/bench.json.

Rows, saving and the socket's protocol are on, titles off. Every figure is the median of three
runs with little other load; where the machine is too noisy the line says so.
"""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.bench.relay import idle
from tests.bench.relay.readers import Plan
from tests.bench.relay.rig import ROOT, Run, free_port, medians_in_turn, run
from tests.bench.relay.stage import Stage, set_up

TOKENS, RATE = 100, 50
FRAME_MS = 33
LIMITS = {"daphne": 4.0, "uvicorn": 3.0}
"""CPU of each server at 50 streams, as a multiple of the proxy's."""


@dataclass
class Table:
    """What was measured, line by line, and which promise a line keeps or breaks."""

    lines: list[dict[str, object]] = field(default_factory=list)

    def note(
        self, name: str, value: float | str, limit: float | None = None, *, least: bool = False
    ) -> None:
        kept = None
        if limit is not None and not isinstance(value, str):
            kept = value >= limit if least else value <= limit
        self.lines.append({"name": name, "value": value, "limit": limit, "kept": kept})
        shown = value if isinstance(value, str) else f"{value:,.3f}"
        bound = "" if limit is None else f"  ({'≥' if least else '≤'} {limit:,.3f})"
        print(f"{'  ' if kept is not False else '✗ '}{name}: {shown}{bound}", flush=True)


@dataclass
class Bench:
    stage: Stage
    table: Table

    def together(self, names: list[str], streams: int, tokens: int, rate: int) -> dict[str, Run]:
        """Medians of runs made in turn, so that all meet the same moments of the machine."""
        runners = {name: self.runner(name, streams, tokens, rate) for name in names}
        found, load = medians_in_turn(runners)
        for name in names:
            label = f"{name} {streams} streams" + ("" if rate else " unthrottled")
            if name in found:
                self.tell(label, found[name])
            else:
                self.table.note(label, f"not measurable, other load {load:.2f}")
        return found

    def tell(self, label: str, run: Run) -> None:
        report = run.report
        self.table.note(f"{label}: whole", report.whole, report.streams, least=True)
        self.table.note(f"{label}: CPU s per 1,000 tokens", run.cpu_per_1000)
        self.table.note(f"{label}: latency p50 ms", report.latency_p50)
        self.table.note(f"{label}: latency p95 ms", report.latency_p95)
        self.table.note(f"{label}: first token p95 ms", report.first_token_p95)

    def runner(self, name: str, streams: int, tokens: int, rate: int) -> Callable[[], Run]:
        if name == "proxy":
            url, server = self.stage.proxy
            return lambda: run(Plan("sse", url, streams, tokens, rate), server)
        url, server = self.stage.servers[name]
        return lambda: run(Plan("ws", url, streams, tokens, rate, self.stage.cookies), server)


def compare(bench: Bench, streams: int) -> None:
    names = list(bench.stage.servers)
    found = bench.together(["proxy", *names], streams, TOKENS, RATE)
    if floor := found.pop("proxy", None):
        for name, ours in found.items():
            hold(bench.table, f"{name} {streams} streams", ours, floor, streams)


def hold(table: Table, label: str, ours: Run, floor: Run, streams: int) -> None:
    """The promises of one row: latency at 50 and 200 streams, the rest at 50."""
    limit = LIMITS[label.split(maxsplit=1)[0]] if streams == 50 else None
    table.note(f"{label}: CPU ÷ proxy", ours.cpu_per_1000 / floor.cpu_per_1000, limit)
    if streams in (50, 200):
        most = FRAME_MS + 2 * floor.report.latency_p95 + 15
        table.note(f"{label}: latency p95 ms", ours.report.latency_p95, most)
    if streams == 50:
        table.note(f"{label}: first token p95 ms", ours.report.first_token_p95, 100)


def saturate(bench: Bench) -> None:
    found = bench.together(["proxy", "daphne"], 20, 10_000, 0)
    if len(found) < 2:
        return
    ours, floor = found["daphne"].report, found["proxy"].report
    speed = ours.tokens / ours.seconds
    bench.table.note("daphne unthrottled tokens/s", speed, 20_000, least=True)
    share = speed / (floor.tokens / floor.seconds)
    bench.table.note("daphne unthrottled ÷ proxy", share, 1 / 6, least=True)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--streams", default="1,10,50,200")
    options.add_argument("--servers", default="daphne,uvicorn")
    options.add_argument("--only", default="relay,saturate,idle")
    chosen = options.parse_args()
    table = Table()
    with ExitStack() as stack:
        bench = Bench(set_up(stack, chosen.servers.split(",")), table)
        if "relay" in chosen.only:
            for streams in map(int, chosen.streams.split(",")):
                compare(bench, streams)
        if "saturate" in chosen.only:
            saturate(bench)
        if "idle" in chosen.only:
            idle.measure(
                table.note, bench.stage.env | {"PORT": str(free_port())}, bench.stage.cookies
            )
    written = ROOT / "var" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    known = json.loads(written.read_text()) if written.exists() else {}
    written.write_text(json.dumps(known | {"relay": table.lines}, indent=1, ensure_ascii=False))
    broken = [line["name"] for line in table.lines if line["kept"] is False]
    print(f"{len(table.lines) - len(broken)} passed, {len(broken)} failed")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
