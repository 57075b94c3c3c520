"""A socket as a browser holds it: says commands, collects frames, checks the law of state.

The law: folding the events a watcher saw gives the parts in the row.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from conversations.engine import current
from conversations.engine.events import from_wire
from conversations.engine.state import Parts, fold_all
from conversations.models import Generation
from zaichat.accounts.models import User
from zaichat.asgi import application

Frame = dict[str, Any]
PATIENCE = 20.0


class Socket:
    """One tab. `parts` and `seen` are what its reader would have on the screen."""

    def __init__(self, wire: WebsocketCommunicator) -> None:
        self.wire = wire
        self.engine = current()
        self.frames: list[Frame] = []
        self.parts: dict[str, Parts] = {}
        self.seen: dict[str, int] = {}
        self.gaps: list[Frame] = []

    async def say(self, **command: Any) -> None:
        await self.wire.send_to(text_data=json.dumps(command, default=str))

    async def hear(self) -> Frame:
        """The next frame; `events` and `snapshot` are applied as a browser would."""
        output = await self.wire.receive_output(timeout=PATIENCE)
        assert output["type"] == "websocket.send", output
        frame: Frame = json.loads(output["text"])
        self.frames.append(frame)
        if frame["event"] == "events":
            self._apply(frame)
        if frame["event"] == "snapshot":
            self.parts[frame["generation"]] = tuple(frame["parts"])
            self.seen[frame["generation"]] = frame["to"]
        return frame

    async def hear_until(self, event: str, **fields: Any) -> Frame:
        """Read on to the first frame of this kind with these fields."""
        while not is_like(frame := await self.hear(), event, fields):
            pass
        return frame

    async def told(self, event: str, **fields: Any) -> Frame:
        """The first such frame, whether it was heard already or is yet to come: frames about
        different replies come in any order."""
        heard = (frame for frame in self.frames if is_like(frame, event, fields))
        return next(heard, None) or await self.hear_until(event, **fields)

    async def send(self, text: str, **fields: Any) -> Frame:
        """Send a question and return what was `opened` (or `queued`, or `refused`)."""
        command = {"do": "send", "id": uuid4(), "conversation": None, "text": text} | fields
        command.setdefault("model", "glm-4.6")
        await self.say(**command)
        return await self.answer_to(command["id"])

    async def answer_to(self, command_id: Any) -> Frame:
        while True:
            frame = await self.hear()
            if frame.get("id") == str(command_id) and frame["event"] in ANSWERS:
                return frame

    async def text_of(self, generation: str, at_least: int = 1) -> str:
        """Read on until this much text was said; all that was said so far."""
        while len(text := said(self.parts.get(generation, ()))) < at_least:
            await self.hear()
        return text

    async def close(self) -> None:
        with suppress(asyncio.CancelledError):  # a read that timed out has ended the socket
            await self.wire.disconnect()

    def _apply(self, frame: Frame) -> None:
        key = frame["generation"]
        seen = self.seen.get(key, 0)
        if frame["to"] <= seen:
            return
        if frame["from"] > seen:
            self.gaps.append(frame)
            return
        assert frame["from"] == seen, "a frame may not overlap what was seen"
        events = [from_wire(event) for event in frame["events"]]
        self.parts[key] = fold_all(events, self.parts.get(key, ()))
        self.seen[key] = frame["to"]


ANSWERS = ("opened", "queued", "refused")


def said(parts: Parts) -> str:
    return "".join(part.get("text", "") for part in parts if part["kind"] == "text")


def thought(parts: Parts) -> str:
    return "".join(part.get("text", "") for part in parts if part["kind"] == "reasoning")


def is_like(frame: Frame, event: str, fields: dict[str, Any]) -> bool:
    same = all(str(frame.get(key)) == str(value) for key, value in fields.items())
    return frame["event"] == event and same


async def opened_socket(person: User, **headers: str) -> Socket:
    """A socket that was accepted and said hello."""
    wire = await knock(person, **headers)
    accepted, _protocol = await wire.connect(timeout=PATIENCE)
    assert accepted
    socket = Socket(wire)
    assert (await socket.hear())["event"] == "hello"
    return socket


async def knock(person: User | None, **headers: str) -> WebsocketCommunicator:
    """The handshake of a browser in which `person` is signed in; None: nobody is."""
    sent = {"origin": settings.ALLOWED_ORIGINS[0], "host": "localhost"} | headers
    if person is not None:
        sent["cookie"] = await sync_to_async(session_cookie)(person)
    encoded = [(name.encode(), value.encode()) for name, value in sent.items() if value]
    return WebsocketCommunicator(application, "/ws/", headers=encoded)


def session_cookie(person: User) -> str:
    browser = Client()
    browser.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={browser.cookies[name].value}"


async def row_of(generation: str) -> Generation:
    return await Generation.objects.select_related("message__conversation").aget(
        pk=UUID(generation)
    )


async def ended_row(generation: str) -> Generation:
    """The row, once it has left the open states."""
    async with asyncio.timeout(PATIENCE):
        while (row := await row_of(generation)).is_open:
            await asyncio.sleep(0.02)
    return row


async def assert_law(socket: Socket, generation: str) -> Generation:
    """What the socket saw, what the row holds and what a late watcher sees are the same."""
    row = await row_of(generation)
    assert not socket.gaps
    assert list(socket.parts.get(generation, ())) == row.parts
    assert socket.seen.get(generation, 0) == row.seq
    await assert_late_watcher_sees(row)
    return row


async def assert_late_watcher_sees(row: Generation) -> None:
    late = await opened_socket(row_owner := await User.objects.aget(pk=row.owner_id))
    assert row_owner.is_active
    await late.say(do="watch", generation=row.pk, after=0)
    await late.hear_until("ended", generation=row.pk)
    assert list(late.parts.get(str(row.pk), ())) == row.parts
    await late.close()
