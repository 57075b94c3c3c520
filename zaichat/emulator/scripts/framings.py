"""Scripts that say an ordinary answer in extraordinary framing, and malformed events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..frames import DONE, ChunkFrames
from ..steps import Chunk, Done, Headers, Paced, Raw, Say, Step, Wait
from ..turn import Turn
from .answers import ending, numbers
from .registry import Args, script

TEXT = "你好🙂é"
BOM = b"\xef\xbb\xbf"
USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}


def events(turn: Turn) -> list[bytes]:
    """The answer `TEXT`, one sign per delta, each event without its blank line."""
    frames = ChunkFrames(turn.id, turn.created, turn.model)
    whole = [*(frames.content(sign) for sign in TEXT), frames.last("stop", USAGE, {}), DONE]
    return [event.removesuffix(b"\n\n") for event in whole]


def multiline(event: bytes) -> bytes:
    """The same JSON over two `data:` lines; the break falls between two keys."""
    return event.replace(b',"object"', b'\ndata: ,"object"', 1)


# How one event is written; every one of them says the same (WHATWG, server-sent events).
KINDS: dict[str, Callable[[bytes], bytes]] = {
    "lf": lambda event: event + b"\n\n",
    "crlf": lambda event: event + b"\r\n\r\n",
    "cr": lambda event: event + b"\r\r",
    "mixed": lambda event: event + b"\r\n\n",
    "nospace": lambda event: event.replace(b"data: ", b"data:", 1) + b"\n\n",
    "multiline": lambda event: multiline(event) + b"\n\n",
    "id": lambda event: b"id: 7\n" + event + b"\n\n",
    "retry": lambda event: b"retry: 3000\n" + event + b"\n\n",
    "event": lambda event: b"event: message\n" + event + b"\n\n",
    "behind": lambda event: event + b"\nid: 7\nevent: message\n\n",
    "unknown": lambda event: b"foo: bar\nnocolon\n" + event + b"\n\n",
    "comment": lambda event: b": keep-alive\n" + event + b"\n: bye\n\n",
    "emptydata": lambda event: b"data\n\n" + event + b"\n\n",
    "blank": lambda event: b"\n\n\n" + event + b"\n\n",
}


@script
def framing(args: Args, turn: Turn) -> Iterator[Step]:
    """The answer "你好🙂é" under `kind=`: a name of KINDS, `bom`, or `crlf_split`."""
    kind = args.text("kind", "crlf")
    write = KINDS.get(kind, KINDS["crlf" if kind == "crlf_split" else "lf"])
    for number, event in enumerate(events(turn)):
        data = write(event)
        if kind == "bom" and number == 0:
            data = BOM + data
        if kind == "crlf_split":
            yield Raw(data[:-1])
            yield Wait(args.seconds("every_ms", 5))
            data = data[-1:]
        yield Raw(data)


@script
def bytes1(args: Args, turn: Turn) -> Iterator[Step]:
    """The answer "你好🙂é" one byte per segment, each an HTTP chunk of its own."""
    yield Headers(crumbs=True)
    for sign in args.text("text", TEXT):
        yield Say(sign)
        yield Wait(0)
    yield from ending()


@script
def split(args: Args, turn: Turn) -> Iterator[Step]:
    """A sign of four bytes cut in the middle, `every_ms` between its halves."""
    whole = ChunkFrames(turn.id, turn.created, turn.model).content("🙂")
    middle = whole.index("🙂".encode()) + 2
    yield Raw(whole[:middle])
    yield Wait(args.seconds("every_ms", 20))
    yield Raw(whole[middle:])
    yield from ending()


@script
def separators(args: Args, turn: Turn) -> Iterator[Step]:
    """U+2028, U+2029 and U+0085 raw inside JSON: they end no line."""
    for text in ("a\u2028b", "c\u2029d", "e\u0085f"):
        yield Say(text)
    yield from ending()


@script
def comments(args: Args, turn: Turn) -> Iterator[Step]:
    """`n` comment lines between the deltas."""
    for number in range(1, args.number("words", 3) + 1):
        yield Raw(b": keep-alive\n\n" * args.number("n", 1000))
        yield Say(f"{number} ")
    yield from ending()


@script
def malformed(args: Args, turn: Turn) -> Iterator[Step]:
    """`n` events of broken JSON between good ones; three in a row are too many."""
    yield Paced(0, numbers(2))
    yield Raw(b"data: {oops\n\n" * args.number("n", 1))
    yield Paced(0, numbers(2, first=3))
    yield from ending()


@script
def odd(args: Args, turn: Turn) -> Iterator[Step]:
    """Chunks of every odd but harmless shape around "1 2 ": no, empty and null things."""
    yield Chunk({"choices": []})
    yield Chunk({})
    yield Chunk({"choices": None})
    yield Chunk({"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}]})
    yield Chunk({"choices": [{"index": 0, "delta": {"role": "assistant"}}], "novelty": {"a": [1]}})
    yield Say("1 ")
    yield Chunk({"choices": [{"index": 0}]})
    yield Chunk({"choices": [{"index": 0, "delta": None}]})
    yield Raw(b'event: execute\ndata: {"code":"1"}\n\n')
    yield Chunk({"choices": [], "usage": USAGE})
    yield Say("2 ")
    yield from ending()


@script
def usage_alone(args: Args, turn: Turn) -> Iterator[Step]:
    """The finish reason first, then usage in a chunk of its own, as OpenAI-style servers do."""
    yield Paced(0, numbers(3))
    yield Chunk({"choices": [{"index": 0, "finish_reason": "stop", "delta": {}}]})
    yield Chunk({"choices": [], "usage": USAGE})
    yield Done()


@script
def huge(args: Args, turn: Turn) -> Iterator[Step]:
    """One delta of `mb` megabytes; `line=0`: that many bytes and never an end of line."""
    size = args.number("mb", 5) * 1024 * 1024
    if args.flag("line", default=True):
        yield Say("x" * size)
        yield from ending()
        return
    yield Raw(b"data: ")
    for _ in range(size // 65536):
        yield Raw(b"x" * 65536)
        yield Wait(0)
