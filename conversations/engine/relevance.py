"""Which pages of a long document a question is about: BM25 over the grams that search uses too.

Texts pass by one after the other and are not kept; of each page there stays only how often it
holds what was asked for.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from zaichat.textsearch.grams import grams, is_signs

SATURATION, LENGTH_COUNTS = 1.2, 0.75
"""k1 and b of BM25, as everybody sets them."""

ASKING = (
    "a an and are about as at be but by can could did do does for from had has have how i in is it "
    "its me my of on or say says so tell than that the their them there these they this to was "
    "were what when where which who why will with would you your "
    "什么 怎么 如何 多少 哪些 哪个 为什 请问 告诉 诉我 一下 这个 那个 文档 文件"
)
"""Words that questions are made of, and that say nothing of what they are about."""

MOST_GRAMS = 60
OF_EARLIER_TURNS = 0.3
OF_NEIGHBOUR = 0.4
NAMED = 1e6
"""What a page named by its number has before all others."""

ENDINGS = ("", "s", "es", "ed", "ing")
NAMES = re.compile(
    r"(?:\bpages?|\bpp?\.|\bsheets?|\bslides?)\s*(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?"
    r"|第\s*(\d{1,5})(?:\s*[-–至到]\s*(\d{1,5}))?\s*[页頁张張]",
    re.I,
)
MOST_NAMED = 40

UNTELLING = frozenset(ASKING.split())
Weights = Mapping[str, float]


def weights_of(question: str, *earlier: str) -> Weights:
    """What to look for, and how much it counts: the question, and less what was said before."""
    found: dict[str, float] = {}
    for text, weight in [(question, 1.0), *((text, OF_EARLIER_TURNS) for text in earlier)]:
        for gram in distinct(text)[: MOST_GRAMS - len(found)]:
            found.setdefault(gram, weight)
    return found


def distinct(text: str) -> list[str]:
    """The grams of a text without those that stand everywhere."""
    known = dict.fromkeys(grams(text).split())
    return [g for g in known if (len(g) > 1 or g.isdigit()) and g not in UNTELLING]


def named_pages(question: str) -> list[int]:
    """`page 7`, `pp. 3-5`, `第 12 页`: the numbers somebody asks for."""
    numbers: list[int] = []
    for match in NAMES.finditer(question):
        first, last = match[1] or match[3], match[2] or match[4]
        numbers += range(int(first), min(int(last or first), int(first) + MOST_NAMED) + 1)
    return numbers[:MOST_NAMED]


def scores(pages: Iterable[tuple[int, str]], weights: Weights) -> dict[int, float]:
    """By page number, only of pages that hold something. `pages`: numbers and texts."""
    forms = {form: gram for gram in weights for form in forms_of(gram)}
    held: dict[int, tuple[int, Counter[str]]] = {}
    for number, text in pages:
        words = grams(text).split()
        held[number] = len(words), Counter(forms[word] for word in words if word in forms)
    return with_neighbours(bm25(held, weights))


def forms_of(gram: str) -> Sequence[str]:
    """The word with and without the commonest English endings: a report is in `reports`."""
    if is_signs(gram) or len(gram) < 4 or not gram.isalpha():
        return (gram,)
    stem = next((gram[: -len(end)] for end in ENDINGS[:0:-1] if gram.endswith(end)), gram)
    stem = stem if len(stem) > 2 else gram
    return (gram, *(stem + end for end in ENDINGS))


def bm25(held: Mapping[int, tuple[int, Counter[str]]], weights: Weights) -> dict[int, float]:
    usual = sum(length for length, _found in held.values()) / max(1, len(held)) or 1
    having = Counter(gram for _length, found in held.values() for gram in found)
    rarity = {
        gram: weights[gram] * math.log(1 + (len(held) - count + 0.5) / (count + 0.5))
        for gram, count in having.items()
    }
    return {
        number: sum(
            rarity[gram] * times * (SATURATION + 1) / (times + damping(length / usual))
            for gram, times in found.items()
        )
        for number, (length, found) in held.items()
        if found
    }


def damping(length: float) -> float:
    return SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length)


def with_neighbours(own: Mapping[int, float]) -> dict[int, float]:
    """A page beside a hit has some of its worth: sentences go on there."""
    around = {number + step for number in own for step in (-1, 0, 1) if number + step > 0}
    return {
        number: own.get(number, 0.0)
        + OF_NEIGHBOUR * max(own.get(number - 1, 0.0), own.get(number + 1, 0.0))
        for number in around
    }
