"""Finds a passage on a page although it is not written there to the letter.

Words are compared without case, width and what stands between them; of languages without blanks,
sign by sign. Knows nothing of Django.
"""

import re
from collections import Counter
from dataclasses import dataclass

from zaichat.textsearch.grams import SIGNS, folded

WORD = re.compile(f"[{SIGNS}]|[^\\W_{SIGNS}]+")
MOST = 200
"""Words that are looked for; a passage is no longer."""
ENOUGH = 0.5
"""Share of the words that must stand together for a place to be called a hit."""


@dataclass(frozen=True, slots=True)
class Word:
    said: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    return [Word(folded(found[0]), *found.span()) for found in WORD.finditer(text)]


def passage(text: str, wanted: str) -> tuple[int, int] | None:
    """Where in `text` stands what is most like `wanted`: from and to, or None."""
    page, looked_for = words_of(text), [word.said for word in words_of(wanted)[:MOST]]
    if not page or not looked_for:
        return None
    found = _exact(page, looked_for) or _alike(page, looked_for)
    return (page[found[0]].start, page[found[1]].end) if found else None


def _exact(page: list[Word], wanted: list[str]) -> tuple[int, int] | None:
    for at in range(len(page) - len(wanted) + 1):
        if page[at].said == wanted[0] and all(
            page[at + step].said == said for step, said in enumerate(wanted)
        ):
            return at, at + len(wanted) - 1
    return None


def _alike(page: list[Word], wanted: list[str]) -> tuple[int, int] | None:
    """The place with most of the words: a window goes over the page once."""
    need, held = Counter(wanted), Counter[str]()
    width, shared, best = len(wanted) + len(wanted) // 4, 0, (0, 0)
    for at, word in enumerate(page):
        if at >= width:
            gone = page[at - width].said
            shared -= held[gone] <= need[gone]
            held[gone] -= 1
        held[word.said] += 1
        shared += held[word.said] <= need[word.said]
        best = max(best, (shared, -at))
    if best[0] < max(1, ENOUGH * len(wanted)):
        return None
    last = -best[1]
    return _trimmed(page, set(wanted), max(0, last - width + 1), last)


def _trimmed(page: list[Word], wanted: set[str], first: int, last: int) -> tuple[int, int]:
    """Without words at either end that were not looked for."""
    while page[first].said not in wanted:
        first += 1
    while page[last].said not in wanted:
        last -= 1
    return first, last
