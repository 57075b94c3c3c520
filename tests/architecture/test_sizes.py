"""Files and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

MAX_FILE = 300  # lines
MAX_FUNCTION = 40  # lines
SOURCES = tree.files("*.py", "*.js", "*.mjs", "*.css", "*.html")


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if "migrations" not in path.parts], ids=str
)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    assert len(tree.text(path).splitlines()) <= MAX_FILE


@pytest.mark.parametrize("path", tree.files("*.py"), ids=str)
def test_a_function_has_at_most_40_lines(path: Path) -> None:
    assert not [f"{name}: {lines} lines" for name, lines in functions(path) if lines > MAX_FUNCTION]


WRITTEN = [path for path in tree.files("*.py", "*.js") if "migrations" not in path.parts]


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_a_module_begins_by_saying_what_it_is_for(path: Path) -> None:
    content = tree.text(path).removeprefix("#!/usr/bin/env python\n").lstrip()
    assert not content or content.startswith(('"""', "/**", "//", "// @ts-check"))


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "services", "managers", "common"}
    assert not [path for path in tree.files("*.py", "*.js", "*.css") if path.stem in drawers]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines, docstring left out."""
    for node in ast.walk(ast.parse(tree.text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield node.name, (node.end_lineno or 0) - first.lineno + 2
