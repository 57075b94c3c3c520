"""Rules of the styles that nobody sees broken, but everybody feels."""

import re

from tests.architecture import tree

FRAMES = re.compile(r"(?::root|body|\.(?:app|main|room|scroll|column|log)(?![\w-]))\S*?:has\(.*")
SELDOM = (
    ".app:has(> .side[data-open])::after {",  # on a phone, and the frame alone
    ".room:has(> .scroll > .column > .log > [data-editing]) > .dock {",  # and on few of them
)
HOVERS = "@media (hover: hover) {"


def sheets() -> dict[str, str]:
    return {path.name: path.read_text() for path in (tree.ROOT / "static" / "css").glob("*.css")}


def test_no_style_looks_for_something_in_the_whole_page() -> None:
    """A browser looks again, and styles anew whatever any such rule speaks of, with each word that
    is written: what holds for the page is said on it by an attribute."""
    found = {match[0] for text in sheets().values() for match in FRAMES.finditer(text)}
    assert found == set(SELDOM)


def test_every_length_and_colour_that_is_named_exists() -> None:
    """A name that nobody gave is no error to a browser: a dialog stands without its margins."""
    scripts = "".join(path.read_text() for path in (tree.ROOT / "static" / "js").rglob("*.js"))
    templates = "".join(path.read_text() for path in (tree.ROOT / "templates").rglob("*.html"))
    text = "".join(sheets().values())
    given = set(re.findall(r"(--[\w-]+)\s*:", text + templates)) | set(
        re.findall(r"[\"'](--[\w-]+)[\"']", scripts)
    )
    asked = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert asked - given == set()


def test_nothing_looks_hovered_after_a_finger_has_left_it() -> None:
    """A phone goes on hovering what was tapped last: two rows then look selected."""
    stays = {}
    for name, text in sheets().items():
        lines = text.splitlines()
        for number, line in enumerate(lines):
            if re.match(r"\s+&:hover\b", line) and lines[number - 1].strip() != HOVERS:
                stays[name] = line.strip()
    assert stays == {}
