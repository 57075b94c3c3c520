"""The place in a text where something was found, short enough for one or two lines.

It comes as pieces of plain text, each marked or not: templates make the elements, so nothing in
a text can become one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zaichat.textsearch.grams import SIGNS, folded, is_signs
from zaichat.textsearch.query import Term

BEFORE = 36
AFTER = 130
"""Columns around the hit; a Chinese sign takes two."""
EMPHASIS = re.compile(r"\*\*|__|~~|`+")
BLOCKS = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+])\s|\||-{3,}|\${2}", re.M)
BLANKS = re.compile(r"\s+")
ONE_WORD = rf"[^\W_{SIGNS}]"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_hit: bool = False


def snippet(text: str, terms: Sequence[Term], after: int = AFTER) -> list[Piece]:
    """The first hit with what stands around it; the beginning of the text when there is none."""
    spans = list(_hits(text, terms))
    first = spans[0][0] if spans else 0
    start = _back(text, first, BEFORE)
    end = _forward(text, first, after)
    pieces = marked(text, [span for span in spans if span[0] < end], start, end)
    cut = [Piece("…")] if start else []
    return cut + pieces + ([Piece("…")] if end < len(text) else [])


def whole(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The whole text, as a title, with its hits."""
    return marked(text, list(_hits(text, terms)), 0, len(text))


def marked(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for begin, finish in spans:
        if begin >= at and begin < end:
            pieces += [Piece(_plain(text[at:begin])), Piece(_plain(text[begin:finish]), True)]
            at = finish
    pieces.append(Piece(_plain(text[at : max(at, end)])))
    return [piece for piece in pieces if piece.text]


def _plain(text: str) -> str:
    """Without the commonest marks of Markdown, in one line."""
    return BLANKS.sub(" ", BLOCKS.sub(" ", EMPHASIS.sub("", text)))


def _hits(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Where terms stand in `text`, from first to last."""
    if not terms:
        return
    same, places = _comparable(text)
    pattern = _pattern(tuple(terms))
    for found in pattern.finditer(same):
        begin, finish = found.span()
        yield (places[begin], places[finish]) if places else (begin, finish)


def _comparable(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs where that stands in `text`; [] if the same."""
    same, half = folded(text), len(text) // 2
    if text.isascii() or (len(same) == len(text) and len(folded(text[:half])) == half):
        return same, []
    signs, places = [], []
    for at, cluster in _clusters(text):
        own = folded(cluster)
        signs.append(own)
        places += [at] * len(own)
    return "".join(signs), [*places, len(text)]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Signs with the accents that belong to them."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield begin, text[begin:at]
            begin = at


@lru_cache(maxsize=64)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Longer terms first, so that of two that begin alike the longer is marked."""
    ordered = sorted(terms, key=lambda term: -sum(map(len, term.runs)))
    return re.compile("|".join(_one(term) for term in ordered))


def _one(term: Term) -> str:
    begins = "" if is_signs(term.runs[0]) else f"(?<!{ONE_WORD})"
    return begins + r"[\W_]{0,9}".join(re.escape(run) for run in term.runs)


def _back(text: str, at: int, columns: int) -> int:
    """A place up to so many columns before `at`, not in the middle of a word."""
    start = at
    while start and columns > 0 and text[start - 1] not in "\r\n":
        start -= 1
        columns -= _width(text[start])
    return _at_word(text, start, at) if start else 0


def _forward(text: str, at: int, columns: int) -> int:
    end = at
    while end < len(text) and columns > 0:
        columns -= _width(text[end])
        end += 1
    return end


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _at_word(text: str, start: int, at: int) -> int:
    """The next beginning of a word from `start` on; Chinese may be cut anywhere."""
    if is_signs(text[start]) or not text[start - 1].isalnum():
        return start
    blank = text.find(" ", start, at)
    return start if blank < 0 else blank + 1
