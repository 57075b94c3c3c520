"""From the bytes of one streamed answer to its deltas. No input or output, no waiting.

This is the hot path: it runs once per network read, and the inner part once per token. Fields are
read straight from the decoded JSON and a chunk of the wrong shape is caught as a whole, which is
cheaper than asking every value for its type.
"""

from typing import Any, cast

import orjson

from . import refusals
from .deltas import (
    Content,
    ContentFilter,
    Delta,
    Finish,
    Reasoning,
    Started,
    ToolCallDelta,
    Usage,
    WebSearch,
)
from .errors import BadAnswer, StreamCut, ZaiError
from .sse import SseParser
from .tags import TagFilter

# One unreadable event is skipped; this many in a row mean that the stream is no answer.
MALFORMED_IN_A_ROW = 3


class AnswerReader:
    """Feed it the bytes of a stream, get lists of deltas.

    `failure`   an error to raise after the deltas of the same read were handed on
    `done`      nothing more will come ([DONE] was seen)
    `finished`  a finish_reason was seen
    `steps`     grows with every real delta; comments and empty deltas leave it alone
    `skipped`   unreadable events passed over
    """

    def __init__(self) -> None:
        self.failure: ZaiError | None = None
        self.done = False
        self.finished = False
        self.steps = 0
        self.skipped = 0
        self._skipped_in_a_row = 0
        self._started = False
        self._sse = SseParser()
        self._tags = TagFilter()
        self._out: list[Delta] = []
        self._kind: type[Content | Reasoning] = Content
        self._texts: list[str] = []
        self._usage: Usage | None = None
        self._last_tool = -1

    def feed(self, data: bytes) -> list[Delta]:
        """The deltas of one network read, neighbouring text of one kind joined."""
        self._read(data)
        return self._taken()

    def end(self) -> list[Delta]:
        """What was still held back. Sets `failure` when the answer never said it was finished."""
        if not (self.done or self.failure):
            # Some servers forget the blank line after their last event.
            self._read(b"\n\n")
        self._flush_tags()
        if not self.finished and self.failure is None:
            self.failure = StreamCut("the stream ended without a finish_reason")
        return self._taken()

    def _read(self, data: bytes) -> None:
        try:
            events = self._sse.feed(data)
        except BadAnswer as error:
            self.failure = error
            return
        for place, event in enumerate(events):
            if event == "[DONE]":
                self.done = True
            else:
                self._event(event, self._sse.named.get(place, "") if self._sse.named else "")
            if self.done or self.failure:
                break

    def _event(self, event: str, name: str) -> None:
        if name == "error":
            self._fail(event)
            return
        try:
            self._chunk(cast(dict[str, Any], orjson.loads(event)))
        except (ValueError, TypeError, AttributeError, LookupError):
            self._skip(event)
        else:
            self._skipped_in_a_row = 0

    def _chunk(self, chunk: dict[str, Any]) -> None:
        """One chat completion chunk. Unknown fields are nobody's business."""
        choices = chunk.get("choices")
        if not choices and (error := refusals.read(chunk)):
            self._refuse(*error, chunk)
            return
        if not self._started:
            self._start(chunk)
        choice = choices[0] if choices else None
        if choice and (delta := choice.get("delta")):
            self._delta(delta)
        if "web_search" in chunk or "content_filter" in chunk:
            self._side_fields(chunk)
        if usage := chunk.get("usage"):
            self._usage = usage_of(usage)
        if choice and (reason := choice.get("finish_reason")):
            self._finish(str(reason))
        if "error" in chunk and (error := refusals.read(chunk)):
            self._refuse(*error, chunk)

    def _start(self, chunk: dict[str, Any]) -> None:
        started = Started(str(chunk.get("id") or ""), str(chunk.get("model") or ""))
        self._started = True
        self._add(started)

    def _delta(self, delta: dict[str, Any]) -> None:
        text = delta.get("reasoning_content")
        if text:
            self._text(Reasoning, text if text.__class__ is str else text_of(text))
        text = delta.get("content")
        if text:
            self._content(text if text.__class__ is str else text_of(text))
        calls = delta.get("tool_calls")
        if calls:
            for call in calls:
                self._tool_call(call)

    def _content(self, text: str) -> None:
        if self._tags.leaves_alone(text):
            self._text(Content, text)
            return
        self.steps += 1
        for is_reasoning, piece in self._tags.feed(text):
            self._text(Reasoning if is_reasoning else Content, piece)

    def _text(self, kind: type[Content | Reasoning], text: str) -> None:
        self.steps += 1
        if kind is not self._kind:
            self._flush_text()
            self._kind = kind
        self._texts.append(text)

    def _tool_call(self, call: dict[str, Any]) -> None:
        function = call.get("function") or {}
        name, identity = str(function.get("name") or ""), str(call.get("id") or "")
        index = call.get("index")
        if index is None:
            index = max(0, self._last_tool + 1 if identity else self._last_tool)
        self._last_tool = int(index)
        self.steps += 1
        self._add(ToolCallDelta(int(index), identity, name, arguments_of(function)))

    def _side_fields(self, chunk: dict[str, Any]) -> None:
        if pages := chunk.get("web_search"):
            self.steps += 1
            self._add(WebSearch([dict(page) for page in pages]))
        if items := chunk.get("content_filter"):
            self._add(ContentFilter([dict(item) for item in items]))

    def _finish(self, reason: str) -> None:
        if not self.finished:
            self.steps += 1
            self.finished = True
            self._flush_tags()
            self._tell_usage()
            self._add(Finish(reason))

    def _tell_usage(self) -> None:
        """Once per read: some servers count along in every chunk."""
        if self._usage:
            self._add(self._usage)
            self._usage = None

    def _flush_tags(self) -> None:
        for is_reasoning, piece in self._tags.flush():
            self._text(Reasoning if is_reasoning else Content, piece)

    def _flush_text(self) -> None:
        if self._texts:
            self._out.append(self._kind("".join(self._texts)))
            self._texts = []

    def _add(self, delta: Delta) -> None:
        if self._texts:
            self._flush_text()
        self._out.append(delta)

    def _taken(self) -> list[Delta]:
        self._tell_usage()
        self._flush_text()
        taken, self._out = self._out, []
        return taken

    def _skip(self, event: str) -> None:
        stripped = event.strip()
        if stripped in {"", "[DONE]"}:
            self.done = self.done or bool(stripped)
            return
        self.skipped += 1
        self._skipped_in_a_row += 1
        if self._skipped_in_a_row >= MALFORMED_IN_A_ROW:
            self.failure = BadAnswer(f"unreadable events in a row, the last one: {event[:80]!r}")

    def _refuse(self, code: str, message: str, chunk: dict[str, Any]) -> None:
        self._flush_tags()
        request_id = str(chunk.get("request_id") or chunk.get("id") or "")
        self.failure = refusals.refused(code, message, request_id=request_id)

    def _fail(self, event: str) -> None:
        """`event: error`, whose data may be JSON of either envelope, bare JSON, or prose."""
        self._flush_tags()
        self.failure = refusals.from_body(event.encode(), status=0)


def usage_of(usage: dict[str, Any]) -> Usage:
    """Token counts from the wire's `usage` object; a count that is missing is None or 0."""
    completion_details = usage.get("completion_tokens_details") or {}
    prompt_details = usage.get("prompt_tokens_details") or {}
    return Usage(
        prompt=int(usage.get("prompt_tokens") or 0),
        completion=int(usage.get("completion_tokens") or 0),
        reasoning=_count(completion_details.get("reasoning_tokens")),
        cached=_count(prompt_details.get("cached_tokens")),
    )


def _count(value: Any) -> int | None:
    return None if value is None else int(value)


def text_of(content: Any) -> str:
    """Content as text: a string, or an array of parts of which only text parts count."""
    if isinstance(content, str):
        return content
    return "".join(str(part["text"]) for part in content if part.get("type") == "text")


def arguments_of(function: dict[str, Any]) -> str:
    """A call's arguments as JSON text; one OpenAPI file allows an object in their place."""
    arguments = function.get("arguments")
    if arguments is None:
        return ""
    return arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()
