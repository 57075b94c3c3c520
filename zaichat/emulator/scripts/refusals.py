"""Scripts that answer something other than a stream: refusals, gateways' pages, wrong bodies."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from ..errors import MEANINGS, UNKNOWN, ApiError
from ..frames import DONE, ChunkFrames, compact
from ..steps import Failure, Reply, Step
from ..turn import Turn
from .registry import Args, script

JSON = {"Content-Type": "application/json; charset=UTF-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
SSE = {"Content-Type": "text/event-stream;charset=UTF-8"}


@script
def refuse(args: Args, turn: Turn) -> Iterator[Step]:
    """An error envelope: `status`, `code`, `retry_after` (seconds or any text),
    `retry_date=<seconds from now>` for the date form, `times=n` to answer well after n."""
    code = args.text("code", "1302")
    status = args.number("status", MEANINGS.get(code, UNKNOWN).status)
    extra = {"contentFilter": [{"level": 1, "role": "user"}]} if code == "1301" else None
    body = ApiError(code, extra=extra).body(turn.language)
    yield Reply(status, body, {**JSON, **retry_headers(args)})


def retry_headers(args: Args) -> dict[str, str]:
    if "retry_date" in args.values:
        when = datetime.now(UTC) + timedelta(seconds=args.number("retry_date", 2))
        return {"Retry-After": format_datetime(when, usegmt=True)}
    after = args.text("retry_after")
    return {"Retry-After": after} if after else {}


@script
def html(args: Args, turn: Turn) -> Iterator[Step]:
    """A gateway's page; `status=200` is the nasty one."""
    page = b"<html><head><title>Bad Gateway</title></head><body><h1>502</h1></body></html>"
    yield Reply(args.number("status", 502), page, HTML)


@script
def plain(args: Args, turn: Turn) -> Iterator[Step]:
    """A few words of plain text."""
    words = args.text("text", "upstream connect error").encode()
    yield Reply(args.number("status", 503), words, {"Content-Type": "text/plain"})


@script
def error200(args: Args, turn: Turn) -> Iterator[Step]:
    """HTTP 200 whose body is an error envelope."""
    yield Reply(200, ApiError(args.text("code", "1302")).body(turn.language), JSON)


@script
def json200(args: Args, turn: Turn) -> Iterator[Step]:
    """HTTP 200 with JSON of another service where a stream was asked for."""
    yield Reply(200, compact({"code": 500, "msg": "busy", "success": False}).encode(), JSON)


@script
def flat(args: Args, turn: Turn) -> Iterator[Step]:
    """The older flat error: `{"code":500,"msg":…,"success":false}`."""
    body = compact({"code": 500, "msg": "系统繁忙", "success": False}).encode()
    yield Reply(args.number("status", 500), body, JSON)


@script
def zipped(args: Args, turn: Turn) -> Iterator[Step]:
    """A whole stream under `Content-Encoding: gzip`, asked for or not."""
    body = gzip.compress(whole_stream(turn), mtime=0)
    yield Reply(200, body, {**SSE, "Content-Encoding": "gzip"})


@script
def charset(args: Args, turn: Turn) -> Iterator[Step]:
    """UTF-8 bytes under a header that claims Latin-1."""
    yield Reply(200, whole_stream(turn), {"Content-Type": "text/event-stream; charset=iso-8859-1"})


@script
def mid_refusal(args: Args, turn: Turn) -> Iterator[Step]:
    """The refusal a brain itself would raise."""
    yield Failure(args.text("code", "1302"))


def whole_stream(turn: Turn) -> bytes:
    frames = ChunkFrames(turn.id, turn.created, turn.model)
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return frames.content("你好 café") + frames.last("stop", usage, {}) + DONE
