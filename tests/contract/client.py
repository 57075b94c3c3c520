"""A whole client that knows only the contract: signs in, talks on `/ws/`, forgets nothing.

Every generation has a list of parts and a count of the events behind it. Events are folded into
the parts, a snapshot replaces them, and a gap is asked for again. After a lost connection the
tab watches everything that is still open and says once more what was never answered.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Frame = dict[str, Any]
Part = dict[str, Any]

PATIENCE = 10.0
"""Seconds to wait for a frame before the server is thought to be silent."""
ACK_PAUSE = 0.25
ACK_SIZE = 64 * 1024
ANSWERS = ("opened", "queued", "refused")
KEPT_WHEN_WITHDRAWN = ("kind", "started", "ended")


def sign_in(origin: str, login: str, password: str) -> str:
    """Sign in by the form, as a browser does. The Cookie header of the session."""
    with httpx.Client(base_url=origin, trust_env=False, timeout=PATIENCE) as browser:
        form = browser.get("/accounts/login/").raise_for_status().text
        token = re.search(r'name="csrfmiddlewaretoken"[^>]*value="([^"]+)"', form)
        assert token, "the login form carries a token"
        said = {"login": login, "password": password, "csrfmiddlewaretoken": token[1]}
        answer = browser.post("/accounts/login/", data=said, headers={"Origin": origin})
        assert answer.is_redirect, f"signing in was refused: {answer.status_code}"
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def fold(parts: list[Part], event: Frame) -> list[Part]:
    """The parts after one more event."""
    if "new" in event:
        return [*parts, event["new"]]
    if "withdraw" in event:
        return [{key: part[key] for key in KEPT_WHEN_WITHDRAWN if key in part} for part in parts]
    index = event["part"]
    old = parts[index]
    new = {"text": old.get("text", "") + event["add"]} if "add" in event else event["set"]
    assert "add" in event or "text" not in new, "set never carries text"
    return [*parts[:index], {**old, **new}, *parts[index + 1 :]]


@dataclass
class Turn:
    """One generation as this tab has it on its screen."""

    parts: list[Part] = field(default_factory=list)
    seen: int = 0
    asked: int = -1
    """The count after which a gap was asked for."""
    ended: Frame | None = None
    unacked: int = 0
    acked_at: float = field(default_factory=time.monotonic)

    def text(self, kind: str = "text") -> str:
        return "".join(part.get("text", "") for part in self.parts if part["kind"] == kind)

    @property
    def notices(self) -> list[str]:
        return [part["code"] for part in self.parts if part["kind"] == "notice"]


class Closed(Exception):
    """The server closed the socket; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Tab:
    """One browser tab. `lose` names kinds of frames that get lost on their way, and how many."""

    def __init__(self, origin: str, cookie: str) -> None:
        self.origin, self.cookie = origin, cookie
        self.says_it_is_from = ""
        self.turns: dict[str, Turn] = {}
        self.frames: list[Frame] = []
        self.unanswered: dict[str, Frame] = {}
        self.lose: dict[str, int] = {}
        self._wire: ClientConnection | None = None

    async def open(self) -> None:
        """Connect and wait for hello. Raises InvalidStatus when the handshake is denied."""
        self._wire = await connect(
            self.origin.replace("http", "ws", 1) + "/ws/",
            origin=self.says_it_is_from or self.origin,
            additional_headers={"Cookie": self.cookie},
            proxy=None,
            max_size=None,
            ping_interval=None,
        )
        hello = await self.hear()
        assert (hello["event"], hello["protocol"]) == ("hello", 1), hello

    async def close(self) -> None:
        """Go away in order."""
        if self._wire is not None:
            await self._wire.close()

    async def vanish(self) -> None:
        """The connection breaks without a word, as when a laptop is closed."""
        assert self._wire is not None
        self._wire.transport.abort()
        await self._wire.wait_closed()

    async def leave(self) -> None:
        """Stop whatever still runs, and go away in order."""
        still_open = [name for name, turn in self.turns.items() if turn.ended is None]
        try:
            for generation in still_open:
                await self.say(do="stop", generation=generation)
            for generation in still_open:
                await self.until_ended(generation)
        except (Closed, ConnectionClosed):
            pass
        finally:
            await self.close()

    async def reconnect(self, origin: str = "") -> None:
        """Come back, perhaps to another process, and ask for whatever was missed."""
        self.origin = origin or self.origin
        await self.open()
        for command in list(self.unanswered.values()):
            await self.say(**command)
        for generation, turn in self.turns.items():
            if turn.ended is None:
                await self.watch(generation)

    async def say(self, **command: Any) -> None:
        if "id" in command:
            self.unanswered[command["id"]] = command
        await self.say_raw(json.dumps(command))

    async def say_raw(self, text: str) -> None:
        assert self._wire is not None
        await self._wire.send(text)

    async def watch(self, generation: str, after: int | None = None) -> None:
        turn = self.turns.setdefault(generation, Turn())
        turn.ended = None
        await self.say(
            do="watch", generation=generation, after=turn.seen if after is None else after
        )

    async def send(self, text: str, **fields: Any) -> Frame:
        """Ask something; `opened`, `queued` or `refused`."""
        command = {"do": "send", "id": str(uuid4()), "conversation": None, "text": text}
        command |= {"model": "glm-4.6"} | fields
        await self.say(**command)
        return await self.answer_to(command["id"])

    async def answer_to(self, command_id: str) -> Frame:
        while True:
            frame = await self.hear()
            if frame["event"] in ANSWERS and frame["id"] == command_id:
                return frame

    async def hear(self) -> Frame:
        """The next frame, applied; or `lost` in its place. Raises Closed."""
        assert self._wire is not None
        try:
            async with asyncio.timeout(PATIENCE):
                text = await self._wire.recv()
        except ConnectionClosed as closed:
            raise Closed(closed.rcvd.code if closed.rcvd else 1006) from None
        frame: Frame = json.loads(text)
        if self.lose.get(frame["event"], 0) > 0:
            self.lose[frame["event"]] -= 1
            return {"event": "lost"}
        self.frames.append(frame)
        await self._apply(frame, len(text))
        return frame

    async def until_seen(self, generation: str, at_least: int) -> Turn:
        """Read on until so many events were seen, or it ended."""
        turn = self.turns[generation]
        while turn.seen < at_least and turn.ended is None:
            await self.hear()
        return turn

    async def until_ended(self, generation: str) -> Turn:
        turn = self.turns[generation]
        while turn.ended is None:
            await self.hear()
        return turn

    async def until_closed(self) -> int:
        """Read on until the server closes; the code it gives."""
        try:
            while True:
                await self.hear()
        except Closed as closed:
            return closed.code

    async def _apply(self, frame: Frame, size: int) -> None:
        kind, generation = frame["event"], frame.get("generation")
        if kind in ("opened", "refused"):
            self.unanswered.pop(frame["id"], None)
        if generation is None:
            return
        turn = self.turns.setdefault(generation, Turn())
        if kind == "ended":
            # Behind a gap this end is only rumour; the answer to the question ends again.
            turn.ended = frame if turn.asked != turn.seen else None
        elif kind == "snapshot":
            turn.parts, turn.seen = frame["parts"], frame["to"]
            await self._ack(generation, turn, size)
        elif kind == "events" and frame["to"] > turn.seen:
            await self._follow(turn, frame, size)

    async def _follow(self, turn: Turn, frame: Frame, size: int) -> None:
        generation = frame["generation"]
        if frame["from"] != turn.seen:
            if turn.asked != turn.seen:
                turn.asked = turn.seen
                await self.watch(generation)
            return
        assert len(frame["events"]) <= frame["to"] - frame["from"], "every event is counted"
        for event in frame["events"]:
            turn.parts = fold(turn.parts, event)
        turn.seen = frame["to"]
        await self._ack(generation, turn, size)

    async def _ack(self, generation: str, turn: Turn, size: int) -> None:
        turn.unacked += size
        if turn.unacked < ACK_SIZE and time.monotonic() - turn.acked_at < ACK_PAUSE:
            return
        turn.unacked, turn.acked_at = 0, time.monotonic()
        await self.say(do="ack", generation=generation, seen=turn.seen)
