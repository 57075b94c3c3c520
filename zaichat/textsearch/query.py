"""What somebody typed into a search field, read so that nothing they type is an error.

Words stand for themselves and for what begins with them; all must be there. Quotes hold words
together. `name:value` is a filter when the caller knows that name and can read that value, else
it is words like any other.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zaichat.textsearch.grams import folded, grams_of_run, is_signs, readable, runs

PIECE = re.compile(r'(\w+):("[^"]*"?|\S+)|"([^"]*)"?|([^\s"]+)')
QUOTES = str.maketrans("“”„‟«»「」『』＂", '"' * 11)
MOST_TYPED = 400
MOST_TERMS = 12

Reader = Callable[[str], Any | None]
"""Makes a filter's value of what was typed, or None when it makes no sense."""


@dataclass(frozen=True, slots=True)
class Term:
    """Runs that follow each other; the last may be only the beginning of a word."""

    runs: tuple[str, ...]

    @property
    def grams(self) -> tuple[str, ...]:
        """As they are looked for: the last one is a beginning."""
        *before, last = self.runs
        found = [gram for run in before for gram in grams_of_run(run)]
        ending = grams_of_run(last)
        return (*found, *(ending[:-1] if is_signs(last) and len(ending) > 1 else ending))


@dataclass(frozen=True, slots=True)
class Query:
    terms: tuple[Term, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    """What is left as words, as it was typed."""

    def __bool__(self) -> bool:
        return bool(self.terms or self.filters)


def read(typed: str, filters: Mapping[str, Reader] | None = None) -> Query:
    """`filters`: what may stand before a colon -> how its value is read."""
    terms: list[Term] = []
    found: dict[str, Any] = {}
    words: list[str] = []
    for match in PIECE.finditer(_typed(typed)):
        name, value, quoted, _plain = match.groups()
        reader = (filters or {}).get(folded(name)) if name else None
        known = reader(folded(value.strip('"')).strip()) if reader else None
        if known is not None:
            found[folded(name)] = known
            continue
        words.append(match[0])
        term = Term(tuple(runs(folded(quoted if quoted is not None else match[0]))))
        if term.runs and term not in terms:
            terms.append(term)
    return Query(tuple(terms[:MOST_TERMS]), found, " ".join(words))


def _typed(text: str) -> str:
    return readable(text[:MOST_TYPED]).translate(QUOTES).replace("：", ":")
