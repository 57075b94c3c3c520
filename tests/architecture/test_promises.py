"""tests/promises.toml: every promise, the tests that keep it, and where a person sees it."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tests.architecture import tree

FILE = Path("tests/promises.toml")
OPEN = "open"


@cache
def promises() -> list[dict[str, Any]]:
    if not (tree.ROOT / FILE).is_file():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(tree.text(FILE))["promise"]
    return rows


def test_a_promise_says_what_how_it_is_kept_and_where_it_shows() -> None:
    for row in promises():
        assert set(row) <= {"title", "tests", "screen", "status", "reason"}, row
        assert row["title"].strip(), row
        assert row["screen"].strip(), row
        assert row.get("status", OPEN) == OPEN, row
        assert ("status" in row) == bool(row.get("reason")), f"open, but why? {row}"
        assert row.get("tests") or row.get("status") == OPEN, f"nothing keeps it: {row}"


def test_the_tests_that_keep_promises_exist() -> None:
    named = [(row["title"], test) for row in promises() for test in row.get("tests", [])]
    assert not [f"{title}: {test}" for title, test in named if not exists(test)]


def test_no_promise_stands_twice() -> None:
    titles = [row["title"] for row in promises()]
    assert len(titles) == len(set(titles))


def exists(test: str) -> bool:
    """`path` or `path::function`, with or without a parameter in brackets."""
    name, _colons, function = test.partition("::")
    if not (tree.ROOT / name).is_file():
        return False
    return not function or function.partition("[")[0] in functions_in(Path(name))


def functions_in(path: Path) -> set[str]:
    """Names of test functions, or of JavaScript tests, in a file."""
    content = tree.text(path)
    if path.suffix == ".js":
        return set(re.findall(r"\b(?:test|it)\(\s*[\"'`](.+?)[\"'`]\s*,", content))
    nodes = ast.walk(ast.parse(content))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
