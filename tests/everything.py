"""Runs every check and every test, one after the other, and says truthfully how it went.

`make test` and `make quick` call this. A failing step does not hide the ones after it. The last
line counts all tests of all runners; each check of the code counts as one test.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests import on_postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORTS = ROOT / "build" / "reports"
DEPLOYED = {"PUBLIC_URL": "https://chat.example.org"}


@dataclass(frozen=True)
class Step:
    """`report` is the JUnit file that the command writes, when it runs tests."""

    name: str
    command: list[str]
    report: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def pytest(report: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", f"--junitxml={REPORTS / report}", *arguments]


QUICK_CHECKS = [
    Step("format", tool("ruff", "format", "--check", "--quiet", ".")),
    Step("lint", tool("ruff", "check", "--quiet", ".")),
    Step("imports", tool("lint-imports", "--no-cache")),
]
SLOW_CHECKS = [
    Step("types", tool("mypy")),
    Step("types of scripts", ["npm", "run", "--silent", "check"]),
    Step("templates", tool("djlint", "--lint", "--quiet", "templates")),
    Step("migrations", manage("makemigrations", "--check", "--dry-run")),
    Step("settings", manage("check", "--deploy", "--fail-level", "WARNING"), "", DEPLOYED),
]
SCRIPTS = Step(
    "scripts",
    [
        *("node", "--test", "--test-reporter=dot", "--test-reporter-destination=stdout"),
        "--test-reporter=junit",
        f"--test-reporter-destination={REPORTS / 'scripts.xml'}",
        *sorted(str(path) for path in (ROOT / "tests" / "js").rglob("*.test.js")),
    ],
    "scripts.xml",
)
QUICK_MARKS = "not slow and not local_model and not soak and not live"
NOT_QUICK = [
    f"--ignore=tests/{path}"
    for path in (
        "architecture/test_strangers.py",
        "contract",
        "conversations/test_processes.py",
        "conversations/test_tree.py",
        "zaichat/emulator/test_process.py",
    )
]
QUICK = [
    *QUICK_CHECKS,
    Step("python", pytest("python.xml", "-n2", "-m", QUICK_MARKS, *NOT_QUICK), "python.xml"),
    SCRIPTS,
]
ON_POSTGRES = [
    *(
        f"tests/conversations/test_{name}.py"
        for name in (
            "turns",
            "tree",
            "waiting",
            "processes",
            "costs",
            "hard_cases",
            "search",
            "search_writing",
        )
    ),
    *(f"tests/media_gen/test_{name}.py" for name in ("passing", "leading", "finding")),
]
POSTGRES = Step(
    "postgresql",
    [sys.executable, "-m", "tests.on_postgres", *pytest("postgres.xml", *ON_POSTGRES)[3:]],
    "postgres.xml",
)
ALL = [
    *QUICK_CHECKS,
    *SLOW_CHECKS,
    Step("python", pytest("python.xml", "-n2", "--ignore=tests/contract"), "python.xml"),
    # One after the other: they kill servers and count milliseconds.
    Step("contract", pytest("contract.xml", "tests/contract"), "contract.xml"),
    *([POSTGRES] if on_postgres.found() else []),
    SCRIPTS,
    # In a session of its own: the browser's plugin and asyncio tests do not share a loop.
    Step("browser", pytest("browser.xml", "tests/e2e", "-o", "timeout=180"), "browser.xml"),
]


def plain_environment() -> dict[str, str]:
    """Ours, without anything that ZaiChat itself reads."""
    ours = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    return {name: value for name, value in os.environ.items() if name not in ours}


def run(step: Step, environment: Mapping[str, str]) -> Count:
    print(f"\n=== {step.name}", flush=True)
    started = time.monotonic()
    report = REPORTS / step.report if step.report else None
    if report:
        report.unlink(missing_ok=True)
    code = subprocess.run(
        step.command, cwd=ROOT, env=environment | step.environment, check=False
    ).returncode
    count = counted(report) if report else Count(passed=1)
    if code and not count.failed:
        count += Count(passed=0 if report else -1, failed=1)
    print(f"=== {step.name}: {count} in {time.monotonic() - started:.0f} s", flush=True)
    return count


def counted(report: Path) -> Count:
    """From a JUnit file, which pytest and node write alike. No file: the runner broke."""
    if not report.is_file():
        return Count(failed=1)
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))  # noqa: S314 - our own file
    failed = sum(
        any(case.find(kind) is not None for kind in ("failure", "error")) for case in cases
    )
    skipped = sum(case.find("skipped") is not None for case in cases)
    return Count(len(cases) - failed - skipped, failed, skipped)


def main(arguments: list[str]) -> int:
    REPORTS.mkdir(parents=True, exist_ok=True)
    steps = QUICK if "--quick" in arguments else ALL
    with tempfile.TemporaryDirectory(prefix="zaichat-test-") as data:
        environment = plain_environment() | {"DATA_DIR": data, "ENV_FILE": os.devnull}
        counts = {step.name: run(step, environment) for step in steps}
    broken = [name for name, count in counts.items() if count.failed]
    print(f"\nfailed: {', '.join(broken)}" if broken else "")
    print(sum(counts.values(), Count()), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
