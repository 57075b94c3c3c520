"""Scripts that answer well: counted, thoughtful, slow, stamped, long."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator

from ..steps import Done, Finish, Hang, Paced, Say, Step, Think, Wait
from ..turn import Turn
from .registry import Args, script

CJK = "\u3000-\u9fff\uf900-\uffef"
PIECE = re.compile(rf"[{CJK}]{{1,2}}\s*|[^\s{CJK}]+\s*|\s+")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def numbers(n: int, first: int = 1) -> Iterator[Say | Think]:
    """`n` content deltas "1 ", "2 ", …"""
    return (Say(f"{number} ") for number in range(first, first + n))


def ending(reason: str = "stop") -> Iterator[Step]:
    yield Finish(reason)
    yield Done()


@script
def count(args: Args, turn: Turn) -> Iterator[Step]:
    """Content "1 " … "n ", one per delta, `every_ms` apart (0: many deltas in one write)."""
    yield Paced(args.seconds("every_ms", 20), numbers(args.number("n", 200)))
    yield from ending()


@script
def think(args: Args, turn: Turn) -> Iterator[Step]:
    """Reasoning "t1 " … then `then` content deltas."""
    every = args.seconds("every_ms", 10)
    thoughts = (Think(f"t{number} ") for number in range(1, args.number("n", 20) + 1))
    yield Paced(every, thoughts)
    yield Paced(every, numbers(args.number("then", 50)))
    yield from ending()


@script
def token(args: Args, turn: Turn) -> Iterator[Step]:
    """Words of one width that carry their number and, with `stamp=1`, when they were sent.

    `tok000001 ` (10 characters), or `000001|<microseconds since 1970, base 36, 10 digits> `.
    """
    word = stamped if args.flag("stamp") else numbered
    words = (Say(word(number)) for number in range(1, args.number("n", 100) + 1))
    yield Paced(args.seconds("every_ms", 20), words)
    yield from ending()


def numbered(number: int) -> str:
    return f"tok{number:06d} "


def stamped(number: int) -> str:
    moment, digits = time.time_ns() // 1000, ""
    while moment:
        moment, digit = divmod(moment, 36)
        digits = DIGITS[digit] + digits
    return f"{number:06d}|{digits:>010} "


@script
def say(args: Args, turn: Turn) -> Iterator[Step]:
    """The words of `text`, one delta each; `think` before it when given."""
    every = args.seconds("every_ms", 0)
    if thought := args.text("think"):
        yield Paced(every, (Think(word) for word in words_of(thought)))
    yield Paced(every, (Say(word) for word in words_of(args.text("text", "Hello."))))
    yield from ending()


@script
def slow_first(args: Args, turn: Turn) -> Iterator[Step]:
    """Nothing at all, not even headers, for `ms`; then an ordinary count."""
    yield Wait(args.seconds("ms", 2000))
    yield Paced(args.seconds("every_ms", 20), numbers(args.number("n", 10)))
    yield from ending()


@script
def endless(args: Args, turn: Turn) -> Iterator[Step]:
    """Deltas for ever; a complete reply to this never comes."""
    if not turn.streams:
        yield Hang()
    yield Paced(args.seconds("every_ms", 20), (Say(f"{n} ") for n in itertools.count(1)))


@script
def duplicate(args: Args, turn: Turn) -> Iterator[Step]:
    """The same delta twice in a row, `n` times over: both belong to the answer."""
    for number in range(1, args.number("n", 5) + 1):
        yield Say(f"{number} ")
        yield Say(f"{number} ")
    yield from ending()


@script
def reorder(args: Args, turn: Turn) -> Iterator[Step]:
    """Reasoning arrives between content and numbers backwards: arrival is the only order."""
    for number in range(args.number("n", 5), 0, -1):
        yield Say(f"{number} ")
        yield Think(f"t{number} ")
    yield from ending()


@script
def think_tags(args: Args, turn: Turn) -> Iterator[Step]:
    """Thinking inside content, its tags split over deltas, as GLM-4.1V does."""
    for piece in ("<th", "ink>", "let me ", "see</thi", "nk>", "the answer", "."):
        yield Say(piece)
    yield from ending()


@script
def box(args: Args, turn: Turn) -> Iterator[Step]:
    """Box markers around the answer, split over deltas, as GLM-4.5V does."""
    for piece in ("It is <|begin", "_of_box|>", "42", "<|end_of_", "box|>."):
        yield Say(piece)
    yield from ending()


@script
def search(args: Args, turn: Turn) -> Iterator[Step]:
    """An answer with `n` web search results beside the last chunk."""
    results = [result(number) for number in range(1, args.number("n", 2) + 1)]
    yield Paced(0, numbers(args.number("words", 3)))
    yield Finish("stop", {"web_search": results})
    yield Done()


def result(number: int) -> dict[str, str]:
    """The second and later ones have no link, as the standard engine answers."""
    return {
        "refer": f"ref_{number}",
        "title": f"Result {number}",
        "link": f"https://example.com/{number}" if number == 1 else "",
        "content": f"What page {number} says.",
        "media": "Example",
        "icon": "",
        "publish_date": "2026-03-01",
    }


def words_of(text: str) -> list[str]:
    """Words with the blanks behind them; CJK in pieces of two signs. Joined they are `text`."""
    return PIECE.findall(text)
