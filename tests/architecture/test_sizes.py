"""Files and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

MAX_FILE = 300  # lines
MAX_FUNCTION = 40  # lines
FIRST_WORDS = ('"""', "/**", "//")


def written(*patterns: str) -> list[Path]:
    """Files that somebody wrote: migrations are written by Django."""
    return [path for path in tree.files(*patterns) if "migrations" not in path.parts]


def test_no_file_has_more_than_300_lines() -> None:
    sizes = {path: len(tree.text(path).splitlines()) for path in written(*tree.SOURCES)}
    assert not {str(path): lines for path, lines in sizes.items() if lines > MAX_FILE}


def test_no_function_has_more_than_40_lines() -> None:
    found = [(path, *function) for path in written("*.py") for function in functions(path)]
    assert not [f"{path} {name}: {lines}" for path, name, lines in found if lines > MAX_FUNCTION]


def test_every_module_begins_by_saying_what_it_is_for() -> None:
    silent = [path for path in written("*.py", "*.js") if not says_what_it_is_for(path)]
    assert not [str(path) for path in silent if not str(path).startswith("tests/js/")]


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "services", "managers", "common"}
    assert not [path for path in tree.files(*tree.SOURCES) if path.stem in drawers]


def says_what_it_is_for(path: Path) -> bool:
    content = tree.text(path).removeprefix("#!/usr/bin/env python\n").lstrip()
    return not content or content.startswith(FIRST_WORDS)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines, docstring left out."""
    for node in ast.walk(ast.parse(tree.text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield node.name, (node.end_lineno or 0) - first.lineno + 2
