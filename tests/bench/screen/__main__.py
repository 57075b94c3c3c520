"""`python -m tests.bench.screen [opening fingers …]`: limits on this machine, written to
var/bench.json. A module here is one benchmark: `measure(note, stage)`."""

import importlib
import json
import os
import sys

from tests.bench.relay.__main__ import Table
from tests.bench.screen.stage import ROOT, set_up

MODULES = ("opening", "fingers", "memory")


def main() -> None:
    table = Table()
    with set_up() as stage:
        for name in sys.argv[1:] or MODULES:
            table.note(f"load average before {name}", load())
            importlib.import_module(f"tests.bench.screen.{name}").measure(table.note, stage)
        table.note("load average at the end", load())
    written = ROOT / "var" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    known = json.loads(written.read_text()) if written.exists() else {}
    written.write_text(json.dumps(known | {"screen": table.lines}, indent=1, ensure_ascii=False))
    broken = [line["name"] for line in table.lines if line["kept"] is False]
    print(f"{len(table.lines) - len(broken)} passed, {len(broken)} failed")
    sys.exit(bool(broken))


def load() -> str:
    """Of the last minute and of five, beside the number of processors."""
    one, five, _ = os.getloadavg()
    return f"{one:.1f}, {five:.1f} on {os.cpu_count()} processors"


if __name__ == "__main__":
    main()
