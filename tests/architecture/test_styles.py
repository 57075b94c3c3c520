"""Rules of the styles that nobody sees broken, but everybody feels."""

import re

from tests.architecture import tree

FRAMES = re.compile(r"(?::root|body|\.(?:app|main|room|scroll|column|log)(?![\w-]))\S*?:has\(.*")
SELDOM = (
    ".app:has(> .side[data-open])::after {",  # on a phone, and the frame alone
    ".room:has(> .scroll > .column > .log > [data-editing]) > .dock {",  # and on few of them
)


def test_no_style_looks_for_something_in_the_whole_page() -> None:
    """A browser looks again, and styles anew whatever any such rule speaks of, with each word that
    is written: what holds for the page is said on it by an attribute."""
    texts = [path.read_text() for path in (tree.ROOT / "static" / "css").glob("*.css")]
    found = {match[0] for text in texts for match in FRAMES.finditer(text)}
    assert found == set(SELDOM)
