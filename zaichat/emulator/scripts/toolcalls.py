"""Scripts that call tools: whole, in fragments, in parallel, and broken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from ..frames import compact
from ..steps import Calls, Say, Step
from ..turn import Turn
from .answers import ending
from .registry import Args, script

Fragment = dict[str, Any]


def call_id(turn: Turn, index: int) -> str:
    return "call_" + hashlib.sha256(f"{turn.id}{index}".encode()).hexdigest()[:24]


def head(turn: Turn, index: int, name: str, arguments: str = "") -> Fragment:
    return {
        "id": call_id(turn, index),
        "index": index,
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }


@script
def call(args: Args, turn: Turn) -> Iterator[Step]:
    """One whole call: `name`, `arguments` (JSON in single quotes); after its result, words."""
    if turn.messages[-1].get("role") == "tool":
        yield Say("The tool said: " + str(turn.messages[-1].get("content"))[:200])
        yield from ending()
        return
    arguments = args.text("arguments", '{"location":"北京"}')
    yield Calls([head(turn, 0, args.text("name", "get_weather"), arguments)])
    yield from ending("tool_calls")


@script
def tools(args: Args, turn: Turn) -> Iterator[Step]:
    """`parallel` calls of `get_weather`, each in `pieces` fragments, taken in turn.

    `bad=1`: the JSON never closes; `noid=1`: no ids; `gap=1`: indexes 0, 2, 4;
    `again=1`: id and name are repeated in every fragment.
    """
    if args.text("speech"):
        yield Say(args.text("speech"))
    step = 2 if args.flag("gap") else 1
    indexes = [number * step for number in range(args.number("parallel", 2))]
    for index in indexes:
        yield Calls([opened(args, turn, index)])
    for piece in pieces(arguments(args), args.number("pieces", 50)):
        for index in indexes:
            yield Calls([continued(args, turn, index, piece)])
    yield from ending("tool_calls")


def opened(args: Args, turn: Turn, index: int) -> Fragment:
    fragment = head(turn, index, args.text("name", "get_weather"))
    if args.flag("noid"):
        del fragment["id"]
    return fragment


def continued(args: Args, turn: Turn, index: int, piece: str) -> Fragment:
    if args.flag("again"):
        return head(turn, index, args.text("name", "get_weather"), piece)
    return {"index": index, "function": {"arguments": piece}}


def arguments(args: Args) -> str:
    text = args.text("arguments") or compact({"location": "北京", "note": "x" * 60})
    return text[:-1] if args.flag("bad") else text


def pieces(text: str, n: int) -> list[str]:
    """`text` in `n` parts of nearly one size; the last may be empty."""
    size = max(1, -(-len(text) // n))
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    return parts + [""] * (n - len(parts))
