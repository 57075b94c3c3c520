"""What the browser loads before a page can be used: little, and nothing that few pages need."""

import json
from functools import cache
from typing import Any

import brotli  # type: ignore[import-untyped]

from tests.architecture import tree
from tests.e2e.rig import build
from zaichat.templatetags import assets

MOST = 60_000  # bytes, as they are sent
LAZY = ("katex", "highlight.js", "mermaid", "marked", "dompurify")


@cache
def made() -> dict[str, Any]:
    build()
    outputs: dict[str, Any] = json.loads((tree.ROOT / "build" / "meta.json").read_text())["outputs"]
    return outputs


def critical() -> set[str]:
    """The scripts of a conversation's page, and all that they import before they run."""
    found: set[str] = set()
    waiting = ["build/js/app.js", "build/js/chat.js"]
    while waiting:
        one = waiting.pop()
        found.add(one)
        imports = [i["path"] for i in made()[one]["imports"] if i["kind"] == "import-statement"]
        waiting += [path for path in imports if path not in found]
    return found


def test_scripts_and_styles_of_the_first_page_weigh_at_most_60_kb() -> None:
    names = [*critical(), "build/js/app.css"]
    sizes = {name: len(brotli.compress((tree.ROOT / name).read_bytes())) for name in names}
    assert sum(sizes.values()) <= MOST, sizes


def test_the_page_names_all_its_scripts_so_that_none_waits_for_another() -> None:
    named = json.loads((tree.ROOT / "build" / "js" / "preloads.json").read_text())
    chunks = {path.removeprefix("build/js/") for path in critical() if "/c/" in path}
    assert {*named["app"], *named["chat"]} == chunks
    assert sorted(named["app"]) == sorted(assets.imported()["app"])
    assert any("drawing" in file for file in named["drawing"])


def test_what_few_texts_need_is_not_among_what_every_page_loads() -> None:
    inputs = {path for name in critical() for path in made()[name]["inputs"]}
    assert not [path for path in inputs if any(f"node_modules/{name}/" in path for name in LAZY)]


def test_a_page_is_few_files() -> None:
    """Beside them stand the page, its style, the icon and the drawings: twelve requests in all."""
    assert len(critical()) <= 8
