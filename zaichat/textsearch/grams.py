"""Text as grams, one blank between two: `喝绿茶 tea` is `喝绿 绿茶 茶 tea`.

Every run of signs without blanks gives its overlapping pairs and, last, its last sign; so any
piece of a run, however short, is a sequence of grams or the beginning of one. Case, width and
other ways to write the same sign do not count.
"""

import re
import unicodedata
from collections.abc import Iterator

SIGNS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\u1100-\u11ff\uac00-\ud7a3\U00020000-\U000323af"
)
"""Han, kana, bopomofo, hangul: written without blanks, or cut at other places than words."""
RUN = re.compile(f"[{SIGNS}]+|[^\\W_{SIGNS}]+")
SIGN = re.compile(f"[{SIGNS}]")
EMPHASIS = re.compile(rf"(?<=[{SIGNS}])(?:\*{{1,3}}|~~|`)|(?:\*{{1,3}}|~~|`)(?=[{SIGNS}])")
LONGEST = 60
"""Longer words are cut: they are keys and data, and PostgreSQL takes none above 2 kB."""


def folded(text: str) -> str:
    """As it is compared: capitals, full width and the like make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def runs(text: str) -> Iterator[str]:
    """The words and runs of signs of a folded text, without what stands between."""
    for found in RUN.finditer(text):
        run = found[0]
        if len(run) <= LONGEST or is_signs(run):
            yield run
        else:
            yield from (run[at : at + LONGEST] for at in range(0, len(run), LONGEST))


def is_signs(run: str) -> bool:
    return SIGN.match(run) is not None


def grams_of_run(run: str) -> list[str]:
    if not is_signs(run):
        return [run]
    return [run[at : at + 2] for at in range(len(run))]


def grams(text: str) -> str:
    """All grams of `text` in their order, with a blank before the first and after the last."""
    found = [gram for run in runs(folded(text)) for gram in grams_of_run(run)]
    return f" {' '.join(found)} " if found else ""


def readable(text: str) -> str:
    """As it is read: marks of Markdown between signs, which have no blanks, do not part them.

    Also without what a database refuses: zero bytes, and halves of signs.
    """
    text = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return EMPHASIS.sub("", text)


def pieces(text: str, size: int = 100_000, overlap: int = 200) -> Iterator[str]:
    """A text in pieces that an index can hold; what lies across a seam is in both."""
    yield text[:size]
    for start in range(size - overlap, len(text) - overlap, size - overlap):
        yield text[start : start + size]
