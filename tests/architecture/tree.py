"""The files of the project: what is committed or about to be."""

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("*.py", "*.js", "*.mjs", "*.css", "*.html")


@cache
def every_file() -> tuple[Path, ...]:
    """Paths from the root, without what git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [Path(name) for name in sorted(filter(None, listed.stdout.split("\0")))]
    return tuple(path for path in paths if (ROOT / path).is_file())


def files(*patterns: str, under: str = "") -> list[Path]:
    return [
        path
        for path in every_file()
        if any(path.match(pattern) for pattern in patterns) and str(path).startswith(under)
    ]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines_with(found: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    """`path: line` for every line in which the pattern is found."""
    return [
        f"{path}: {line.strip()}"
        for path in paths
        for line in text(path).splitlines()
        if found.search(line)
    ]
