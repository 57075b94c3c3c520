"""`make bench`: every benchmark, one after the other, written to var/bench.json."""

import subprocess
import sys

BENCHMARKS = (
    "tests.bench.relay",
    "tests.bench.search",
    "tests.bench.screen",
    "tests.bench.drawing",
    "tests.bench.files",
    "tests.bench.gallery",
    "tests.bench.jobs",
)

if __name__ == "__main__":
    codes = [
        subprocess.run([sys.executable, "-m", name], check=False).returncode for name in BENCHMARKS
    ]
    sys.exit(max(codes))
