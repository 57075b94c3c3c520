"""How well workers keep up with many jobs: 1,000 films that one worker looks after, beside a bare
loop that does nothing else; and 100 pictures for eight workers, each made once.

`python -m tests.bench.jobs`; written to var/bench.json.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench.jobs import looking, once
from tests.bench.relay.__main__ import Table
from tests.bench.relay.rig import ROOT
from tests.contract.rig import prepare
from tests.standin import StandIn


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--only", default="looking,once")
    chosen = options.parse_args().only.split(",")
    table = Table()
    one, five, _ = os.getloadavg()
    table.note("jobs: load average before", f"{one:.1f}, {five:.1f}")
    for measure in (looking.measure, once.measure):
        if measure.__module__.rpartition(".")[2] in chosen:
            with tempfile.TemporaryDirectory(prefix="zaichat-bench-") as folder:
                data = Path(folder) / "data"
                data.mkdir()
                upstream = StandIn(folder)
                try:
                    measure(table.note, prepare(data), upstream)
                finally:
                    upstream.stop()
    save(table)
    sys.exit(any(line["kept"] is False for line in table.lines))


def save(table: Table) -> None:
    written = ROOT / "var" / "bench.json"
    written.parent.mkdir(exist_ok=True)
    known = json.loads(written.read_text()) if written.exists() else {}
    written.write_text(json.dumps(known | {"jobs": table.lines}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
