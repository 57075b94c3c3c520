"""Scripts whose answer begins well and ends badly."""

from __future__ import annotations

from collections.abc import Iterator

from ..frames import ChunkFrames
from ..steps import (
    Chunk,
    Cut,
    Done,
    Failure,
    Finish,
    Hang,
    Headers,
    Paced,
    Raw,
    Reply,
    Say,
    Step,
    Think,
    Wait,
)
from ..turn import Turn
from .answers import ending, numbers
from .registry import Args, script


def opening(args: Args, after: int = 5) -> Iterator[Step]:
    """`thoughts` reasoning deltas and `after` numbers, before what goes wrong."""
    every = args.seconds("every_ms", 5)
    if thoughts := args.number("thoughts", 0):
        yield Paced(every, (Think(f"t{number} ") for number in range(1, thoughts + 1)))
    yield Paced(every, numbers(args.number("after", after)))


@script
def stall(args: Args, turn: Turn) -> Iterator[Step]:
    """Silence after the first deltas, the connection open. `comments=1`: only comments follow;
    `empty=1`: only empty deltas follow."""
    yield from opening(args)
    while args.flag("comments") or args.flag("empty"):
        yield Raw(b": keep-alive\n\n") if args.flag("comments") else Say("")
        yield Wait(args.seconds("every_ms", 5) or 0.005)
    yield Hang()


@script
def silent(args: Args, turn: Turn) -> Iterator[Step]:
    """The request is taken and nothing ever comes back, not even headers."""
    yield Hang()


@script
def hang_body(args: Args, turn: Turn) -> Iterator[Step]:
    """Headers, then silence."""
    yield Headers()
    yield Hang()


@script
def cut(args: Args, turn: Turn) -> Iterator[Step]:
    """The connection closes after some deltas; `mid=1`: in the middle of a chunk's JSON."""
    yield from opening(args)
    if args.flag("mid"):
        whole = ChunkFrames(turn.id, turn.created, turn.model).content("never seen")
        yield Raw(whole[: len(whole) // 2])
    yield Cut()


@script
def rst(args: Args, turn: Turn) -> Iterator[Step]:
    """The connection is reset after some deltas."""
    yield from opening(args)
    yield Wait(args.seconds("wait_ms", 20))  # a reset may overtake what was sent before it
    yield Cut(reset=True)


@script
def no_done(args: Args, turn: Turn) -> Iterator[Step]:
    """A last chunk but no `[DONE]`: a proper end all the same."""
    yield from opening(args)
    yield Finish("stop")


@script
def no_finish(args: Args, turn: Turn) -> Iterator[Step]:
    """`[DONE]` after `finish_reason: null`."""
    yield from opening(args)
    yield Chunk({"choices": [{"index": 0, "finish_reason": None, "delta": {"content": ""}}]})
    yield Done()


@script
def early(args: Args, turn: Turn) -> Iterator[Step]:
    """The body just ends, well-framed, with neither a finish reason nor `[DONE]`."""
    yield from opening(args)


@script
def lingering(args: Args, turn: Turn) -> Iterator[Step]:
    """A whole answer with `[DONE]`, after which the connection stays open."""
    yield from opening(args)
    yield from ending()
    yield Hang()


@script
def error(args: Args, turn: Turn) -> Iterator[Step]:
    """An error object in the stream after some deltas; `event=1`: under `event: error`."""
    yield from opening(args, after=3)
    if args.flag("event"):
        yield Raw(b"event: error\n")
    yield Failure(args.text("code", "1302"))
    if args.flag("done"):
        yield Done()


@script
def sensitive(args: Args, turn: Turn) -> Iterator[Step]:
    """Moderation ends the answer: what was shown should be withdrawn."""
    verdict = {"role": args.text("role", "assistant"), "level": args.number("level", 1)}
    yield from opening(args)
    yield Finish("sensitive", {"content_filter": [verdict]})
    yield Done()


@script
def length(args: Args, turn: Turn) -> Iterator[Step]:
    """The answer stops at the token limit."""
    yield from opening(args)
    yield from ending("length")


@script
def network_error(args: Args, turn: Turn) -> Iterator[Step]:
    """The service's own inference failed."""
    yield from opening(args)
    yield from ending("network_error")


@script
def context_exceeded(args: Args, turn: Turn) -> Iterator[Step]:
    """The model's window is full."""
    yield from opening(args)
    yield from ending("model_context_window_exceeded")


@script
def finish(args: Args, turn: Turn) -> Iterator[Step]:
    """Any other finish reason, for example one nobody has heard of."""
    yield from opening(args)
    yield from ending(args.text("reason", "mystery"))


@script
def drop(args: Args, turn: Turn) -> Iterator[Step]:
    """The body was taken, then the connection is lost before any answer; `fin=1`: closed."""
    yield Cut(reset=not args.flag("fin"))


@script
def fail(args: Args, turn: Turn) -> Iterator[Step]:
    """An asynchronous task that ends as FAIL; elsewhere an error."""
    yield Failure(args.text("code", "1234"))


@script
def slow_task(args: Args, turn: Turn) -> Iterator[Step]:
    """Takes `ms` before a short answer."""
    yield Wait(args.seconds("ms", 1000))
    yield from opening(args)
    yield from ending()


@script
def empty(args: Args, turn: Turn) -> Iterator[Step]:
    """200 with a proper stream that says nothing, or a body of no bytes with `body=0`."""
    if args.flag("body", default=True):
        yield from ending()
    else:
        yield Reply(200, b"", {"Content-Type": "text/event-stream;charset=UTF-8"})
