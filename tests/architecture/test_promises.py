"""tests/promises.toml: every promise, the tests that keep it, and where a person sees it."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import tree

FILE = Path("tests/promises.toml")
OPEN = "open"


@cache
def promises() -> list[dict[str, Any]]:
    if not (tree.ROOT / FILE).is_file():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(tree.text(FILE))["promise"]
    return rows


def named_tests() -> list[tuple[str, str]]:
    return [(row["title"], test) for row in promises() for test in row.get("tests", [])]


@pytest.mark.parametrize("row", promises(), ids=lambda row: row.get("title", "?"))
def test_a_promise_says_what_how_it_is_kept_and_where_it_shows(row: dict[str, Any]) -> None:
    assert set(row) <= {"title", "tests", "screen", "status"}
    assert row["title"].strip()
    assert row["screen"].strip()
    assert row.get("status", OPEN) == OPEN
    assert row.get("tests") or row.get("status") == OPEN, "no test keeps it, and it is not open"


@pytest.mark.parametrize(("title", "test"), named_tests())
def test_the_test_that_keeps_a_promise_exists(title: str, test: str) -> None:
    name, _colons, function = test.partition("::")
    path = Path(name)
    assert (tree.ROOT / path).is_file(), f"{title}: {name} is not there"
    if function:
        assert function.partition("[")[0] in functions_in(path), f"{title}: {test} is not there"


def test_no_promise_stands_twice() -> None:
    titles = [row["title"] for row in promises()]
    assert len(titles) == len(set(titles))


def functions_in(path: Path) -> set[str]:
    """Names of test functions, or of JavaScript tests, in a file."""
    content = tree.text(path)
    if path.suffix == ".js":
        return set(re.findall(r"\b(?:test|it)\(\s*[\"'`](.+?)[\"'`]\s*,", content))
    nodes = ast.walk(ast.parse(content))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
