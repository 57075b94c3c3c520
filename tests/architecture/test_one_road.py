"""Things that may be done in one place only."""

import re
from pathlib import Path

import pytest

from tests.architecture import tree

RENDERER = Path("static/js/markdown/render.js")
SINKS = re.compile(
    r"\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bunsafeHTML\b|createContextualFragment"
    r"|parseFromString|setHTMLUnsafe|\beval\(|new Function\("
)
CHOICES = re.compile(r"\.objects\.(get|filter|all|exclude|first|last|values|values_list|in_bulk)\(")
DOORS = ("views", "consumers", "api")


@pytest.mark.parametrize("path", tree.files("*.js", under="static/js"), ids=str)
def test_only_the_renderer_turns_text_into_elements(path: Path) -> None:
    found = [line for line in tree.text(path).splitlines() if SINKS.search(without_comment(line))]
    assert path == RENDERER or not found


def doors() -> list[Path]:
    """Modules that answer people: views, consumers and the API."""
    inside = [path for path in tree.files("*.py") if path.parts[0] != "tests"]
    return [path for path in inside if {path.stem, *path.parts} & set(DOORS)]


@pytest.mark.parametrize("path", doors(), ids=str)
def test_rows_reach_people_only_through_visible_to(path: Path) -> None:
    found = [line.strip() for line in tree.text(path).splitlines() if CHOICES.search(line)]
    assert not found


@pytest.mark.parametrize("path", tree.files("*.html", under="templates"), ids=str)
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    # Django's own help texts are the one HTML that comes ready-made, as in its form templates.
    markup = tree.text(path).replace("field.help_text|safe", "")
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", markup)
    assert not re.search(r"<style\b|\sstyle=\"|\son[a-z]+=\"|\|safe\b|autoescape off", markup)


@pytest.mark.parametrize("path", tree.files("models/*.py", "models.py"), ids=str)
def test_models_have_no_signals_and_no_logic_in_save(path: Path) -> None:
    assert not re.search(r"def save\(|django\.db\.models\.signals|@receiver", tree.text(path))


def without_comment(line: str) -> str:
    return re.sub(r"^\s*(\*|//|/\*).*", "", line)
