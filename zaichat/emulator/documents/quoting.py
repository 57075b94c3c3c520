"""Finds the passages of documents that share most with a question.

Words, and pairs of signs where words are not set apart, count by how rare they are in all that
was given (the idea of BM25, without its constants).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 280  # characters of a quoted passage
SHORTEST = 12

BLOCK = re.compile(
    r'<document number="(\d+)" name="([^"\n]*)"[^>\n]*>\n(.*?)</document>', re.DOTALL
)
HAN = "\u3400-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
FULL_STOPS = "。！？"  # "" is in it: nothing stands before a first sentence
SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n\s*\n")
TABLE = re.compile(r"^\|.*\|\n\|(?: --- \|)+(?:\n\|.*\|$)*", re.MULTILINE)
CELL_END = re.compile(r"(?<!\\)\|")
PAGE_NAMED = re.compile(r"\bpage (\d+)|第\s*(\d+)\s*页", re.IGNORECASE)
# What every question has: it tells nothing about what is looked for.
EMPTY = """
the a an is are was were be of in on at to for and or not with by from as it its this that these
those what which who whom whose when where why how do does did can could please tell me about you
your i my we our they there document file page pdf say said
什么 怎么 如何 哪些 哪个 为什么 这个 那个 请问 一下 文档 文件 这份 里的 的是 是什 是多 多少
"""


@dataclass(frozen=True)
class Page:
    """A page as it was given: its document's number and name, its own number, and its text."""

    document: int
    name: str
    number: int
    text: str

    @property
    def mark(self) -> str:
        """As answers cite it."""
        return f"[{self.document}:{self.number}]"


def pages_in(text: str) -> Iterator[Page]:
    """The pages of every `<document>` in a message; each begins with its mark on a line."""
    for number, name, inside in BLOCK.findall(text):
        pieces = re.split(rf"^\[{number}:(\d+)\](?: .*)?$", inside, flags=re.MULTILINE)
        for at in range(1, len(pieces) - 1, 2):
            yield Page(int(number), name, int(pieces[at]), pieces[at + 1].strip())


def grams(text: str) -> Iterator[str]:
    """Lower-case words without their plural, and pairs of Chinese signs."""
    for word in WORD.findall(text.lower()):
        if re.match(f"[{HAN}]", word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            yield word.removesuffix("s") if len(word) > 3 else word


def passages(page: Page) -> Iterator[str]:
    """The rows of its tables and the sentences of the rest."""
    at = 0
    for table in TABLE.finditer(page.text):
        yield from sentences(page.text[at : table.start()].strip())
        yield from filter(None, map(row, table[0].splitlines()))
        at = table.end()
    yield from sentences(page.text[at:].strip())


def row(line: str) -> str:
    """`South · 940`: its cells in their order, as they are found again on the page."""
    cells = CELL_END.split(line.strip().removeprefix("|").removesuffix("|"))
    said = [cell.replace("\\|", "|").strip() for cell in cells]
    return " · ".join(cell for cell in said if cell.strip("-"))[:LONGEST]


def sentences(text: str) -> Iterator[str]:
    """Short ones joined and long ones cut."""
    kept = ""
    for sentence in SENTENCE_END.split(text):
        plain = " ".join(sentence.split())
        if kept and len(kept) + len(plain) > LONGEST:
            yield kept
            kept = ""
        kept = f"{kept}{'' if kept[-1:] in FULL_STOPS else ' '}{plain}"
        while len(kept) > LONGEST:
            cut = kept.rfind(" ", SHORTEST, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield kept[:cut]
            kept = kept[cut:].strip()
        if len(kept) >= LONGEST // 3:
            yield kept
            kept = ""
    if kept:
        yield kept


def best(pages: Iterable[Page], question: str, most: int = 3) -> list[tuple[str, Page]]:
    """Up to `most` passages in the order of the documents; none where nothing is shared."""
    wanted = set(grams(question)).difference(grams(EMPTY))
    found: list[tuple[set[str], str, Page]] = []
    common: Counter[str] = Counter()
    total = 0
    for page in pages:
        for passage in passages(page):
            shared = wanted.intersection(grams(passage))
            total += 1
            common.update(shared)
            if shared:
                found.append((shared, passage, page))
    worth = {gram: math.log(1 + total / seen) for gram, seen in common.items()}
    ranked = sorted(found, key=lambda one: -sum(worth[gram] for gram in one[0]))
    if not ranked:
        return []
    least = sum(worth[gram] for gram in ranked[0][0]) / 2
    kept = [one for one in ranked[:most] if sum(worth[gram] for gram in one[0]) >= least]
    return [(passage, page) for _, passage, page in sorted(kept, key=place_of)]


def place_of(found: tuple[set[str], str, Page]) -> tuple[int, int]:
    return found[2].document, found[2].number


def named(pages: Sequence[Page], question: str) -> list[tuple[str, Page]]:
    """How the pages begin that the question calls by their numbers."""
    numbers = {int(english or chinese) for english, chinese in PAGE_NAMED.findall(question)}
    return [
        (passage, page)
        for page in pages
        if page.number in numbers and (passage := next(passages(page), ""))
    ]


def beginning(pages: Iterable[Page]) -> list[tuple[str, Page]]:
    """The first passage of each document's first page that has one."""
    firsts: dict[int, tuple[str, Page]] = {}
    for page in pages:
        passage = next(passages(page), "")
        if passage and page.document not in firsts:
            firsts[page.document] = (passage, page)
    return list(firsts.values())
