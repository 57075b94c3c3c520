"""Ask the model, and turn what it streams into events. Nothing here saves or sends.

A turn is an async generator of lists of events, one list per network read. How it ended is in
its Outcome. Two requests from outside reach it as cancellation: stop (which goes through) and
"answer now" (which ends the thinking and starts one more round without it).
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conversations.engine.events import Add, Event, New, Withdraw
from conversations.engine.prompt import Prompt, sent
from conversations.engine.reading import Clock, Places, Reply, deltas_of
from conversations.models import Status
from zaichat.zai import ChatRequest, Delta, Usage
from zaichat.zai.errors import UNBILLED, ZaiError

if TYPE_CHECKING:
    from zaichat.zai import ZaiClient
    from zaichat.zai.chat import Chat

MAX_TEXT = 1_000_000
"""Characters of thinking and text one turn may hold; then it is ended and says so."""

ENDINGS = {
    "stop": (Status.DONE, ""),
    "tool_calls": (Status.DONE, ""),
    "length": (Status.DONE, ""),
    "sensitive": (Status.BLOCKED, "content_blocked"),
    "network_error": (Status.FAILED, "network_error"),
    "model_context_window_exceeded": (Status.FAILED, "context_exceeded"),
}

ERROR_ENDINGS = {"content_blocked": Status.BLOCKED, "stream_cut": Status.INTERRUPTED}


@dataclass
class Round:
    """One paid request: what the API counted, what it said, and whether it can cost anything."""

    usage: Usage | None
    said: str
    billed: bool = True


@dataclass
class Outcome:
    """How a turn ended, and what it used. Starts as the worst that can happen."""

    status: Status = Status.INTERRUPTED
    error_code: str = ""
    vendor_code: str = ""
    finish_reason: str = ""
    request_ids: list[str] = field(default_factory=list)
    rounds: list["Round"] = field(default_factory=list)
    sent: dict[str, Any] = field(default_factory=dict)
    """How it was asked, the last time."""

    def finish(self, reason: str) -> None:
        self.finish_reason = reason
        self.status, self.error_code = ENDINGS.get(reason, (Status.DONE, ""))

    def fail(self, error: ZaiError) -> None:
        self.status = ERROR_ENDINGS.get(error.code, Status.FAILED)
        self.error_code, self.vendor_code = error.code, error.vendor_code
        if error.request_id:
            self.request_ids.append(error.request_id)


@dataclass
class Control:
    """What others asked of a running turn. `reserve` comes before each further paid round."""

    reserve: Callable[[], Awaitable[None]]
    stop: bool = False
    end_as: Status = Status.STOPPED
    """What a stopped turn becomes: STOPPED for a person, INTERRUPTED for a restart."""
    answer_now: bool = False
    answered_now: bool = False
    asking: bool = False
    """A request is under way: only then is a cancellation needed to answer now."""

    def takes_answer_now(self) -> bool:
        """True once, when the cancellation that just arrived means "answer now"."""
        if self.stop or self.answered_now or not self.answer_now:
            return False
        self.answered_now = True
        return True


@dataclass
class Turn:
    """One generation's work: what to ask, of whom, and what came of it."""

    client: "Callable[[], ZaiClient]"
    """Makes or finds it; whatever is wrong with the settings then ends this turn, and in words."""
    prompt: Prompt
    user_id: str
    platform: str
    control: Control
    outcome: Outcome = field(default_factory=Outcome)
    clock: Clock = field(default_factory=Clock)
    places: Places = field(default_factory=Places)
    size: int = 0
    make: Callable[[], Awaitable[list[dict[str, Any]]]] | None = None
    """Has something made instead of asking the model; its parts are the answer."""

    async def take(self) -> AsyncGenerator[list[Event], None]:
        """The events of the turn. Raises nothing but CancelledError; see `outcome`."""
        if self.make is not None:
            self.outcome.rounds.append(Round(None, "", billed=False))
            yield [event for part in await self.make() for event in self._new(part)]
            self.outcome.finish("stop")
            return
        for said in self._notices():
            yield self._new(said)
        try:
            async with aclosing(self._rounds()) as rounds:
                async for events in rounds:
                    yield events
        except ZaiError as error:
            self.outcome.fail(error)
            if (
                isinstance(error, UNBILLED)
                and self.outcome.rounds
                and not self.outcome.rounds[-1].said
            ):
                self.outcome.rounds[-1].billed = False
        if self.outcome.finish_reason == "sensitive":
            yield [Withdraw(), *self._new(notice("withdrawn"))]

    def _notices(self) -> Iterator[dict[str, Any]]:
        """What of the talk and its files the model is not given, and what of documents it is."""
        if self.prompt.left_out:
            yield notice("context_cut", count=self.prompt.left_out)
        if self.prompt.unseen:
            yield notice("unseen", count=self.prompt.unseen)
        if self.prompt.told:
            again = {"again": True} if self.prompt.goes_on else {}
            yield notice("documents", files=list(self.prompt.told), **again)

    async def _rounds(self) -> AsyncGenerator[list[Event], None]:
        while True:
            reply = Reply(self.places, self.clock, whole=not self.prompt.streams)
            try:
                async with aclosing(self._ask(reply)) as steps:
                    async for events in steps:
                        yield events
                return
            except asyncio.CancelledError:
                if not self.control.takes_answer_now():
                    raise
                _uncancel()
            finally:
                self.control.asking = False
                self._note(reply)
            yield reply.end() + self._new(notice("answered_now"))
            await self.control.reserve()

    async def _ask(self, reply: Reply) -> AsyncGenerator[list[Event], None]:
        thinking = not self.control.answer_now
        self.control.asking = True
        self.control.answered_now = self.control.answered_now or not thinking
        request = self.prompt.request(
            user_id=self.user_id, platform=self.platform, thinking=thinking
        )
        self.outcome.sent = sent(request, self.prompt.streams)
        async with aclosing(self._answer(request)) as batches:
            async for deltas in batches:
                if events := reply.read(deltas):
                    yield self._within_limit(events)
                if self.size > MAX_TEXT:
                    break
        self._conclude(reply)
        if events := reply.end() + self._afterword(reply):
            yield events

    def _answer(self, request: ChatRequest) -> AsyncGenerator[list[Delta], None]:
        chat = self.client().chat
        return chat.stream(request) if self.prompt.streams else in_one_piece(chat, request)

    def _within_limit(self, events: list[Event]) -> list[Event]:
        """The events with their text cut where the limit is; `size` then lies beyond it."""
        kept = []
        for event in events:
            room = max(0, MAX_TEXT - self.size)
            self.size += text_size(event)
            kept.append(event if self.size <= MAX_TEXT else shortened(event, room))
        return kept

    def _conclude(self, reply: Reply) -> None:
        if self.size > MAX_TEXT:
            self.outcome.status, self.outcome.error_code = Status.FAILED, "too_long_answer"
        else:
            self.outcome.finish(reply.finish_reason)

    def _afterword(self, reply: Reply) -> list[Event]:
        return self._new(notice("length")) if reply.finish_reason == "length" else []

    def _note(self, reply: Reply) -> None:
        self.outcome.rounds.append(Round(reply.usage, "".join(reply.said)))
        if reply.request_id:
            self.outcome.request_ids.append(reply.request_id)

    def _new(self, part: dict[str, Any]) -> list[Event]:
        self.places.take()
        return [New(part)]


async def in_one_piece(chat: "Chat", request: ChatRequest) -> AsyncGenerator[list[Delta], None]:
    """The answer whole, as if it were one network read; leaving it closes the request as well."""
    yield deltas_of(await chat.complete(request))


def notice(code: str, **details: Any) -> dict[str, Any]:
    """A part that speaks for the program: cut context, an ending, an answer cut short."""
    return {"kind": "notice", "code": code, **details}


def text_size(event: Event) -> int:
    match event:
        case New(part):
            return len(part.get("text", ""))
        case _:
            return len(getattr(event, "text", ""))


def shortened(event: Event, size: int) -> Event:
    match event:
        case New({"text": text} as part):
            return New({**part, "text": text[:size]})
        case Add(index, text):
            return Add(index, text[:size])
        case _:
            return event


def _uncancel() -> None:
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()
