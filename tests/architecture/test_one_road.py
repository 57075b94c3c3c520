"""Things that may be done in one place only."""

import re
from pathlib import Path

from tests.architecture import tree

RENDERER = Path("static/js/markdown/render.js")
COMMENT = r"^(?!\s*(\*|//|/\*)).*"
SINKS = re.compile(
    COMMENT + r"(\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bunsafeHTML\b"
    r"|createContextualFragment|parseFromString|setHTMLUnsafe|\beval\(|new Function\()"
)
CHOICES = re.compile(r"\.objects\.(get|filter|all|exclude|first|last|values|values_list|in_bulk)\(")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style\b|\sstyle=\"|\son[a-z]+=\""
)
# Django's own help texts are the one HTML that comes ready-made, as in its form templates.
READY_MADE = re.compile(r"(?<!field\.help_text)\|safe\b|autoescape off")
SAVING = re.compile(r"def save\(|django\.db\.models\.signals|@receiver")
DOORS = {"views", "consumers", "api"}


def test_only_the_renderer_turns_text_into_elements() -> None:
    paths = [path for path in tree.files("*.js", under="static/js") if path != RENDERER]
    assert not tree.lines_with(SINKS, paths)


def test_rows_reach_people_only_through_visible_to() -> None:
    code = [path for path in tree.files("*.py") if path.parts[0] != "tests"]
    doors = [path for path in code if {path.stem, *path.parts} & DOORS]
    assert not tree.lines_with(CHOICES, doors)


def test_no_template_has_an_inline_script_a_style_or_a_handler() -> None:
    templates = tree.files("*.html", under="templates")
    assert not tree.lines_with(INLINE, templates)
    assert not tree.lines_with(READY_MADE, templates)


def test_models_have_no_signals_and_no_logic_in_save() -> None:
    assert not tree.lines_with(SAVING, tree.files("models/*.py", "models.py"))
