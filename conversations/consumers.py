"""ChatConsumer: one browser tab. It reads commands and writes frames; the engine does the rest."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import orjson
from autobahn.exception import Disconnected
from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from conversations import engine, protocol
from conversations.engine.engine import visible
from conversations.engine.queue import Sent
from conversations.protocol import (
    Ack,
    AnswerNow,
    Approve,
    Continue,
    Edit,
    Ping,
    Refusal,
    Regenerate,
    Send,
    SendNow,
    Stop,
    Unqueue,
    Watch,
)
from conversations.relay import ReaderTooSlow, Relay
from conversations.sockets import FAILED, TOO_MANY, TOO_SLOW, sockets
from zaichat.accounts.hints import group
from zaichat.accounts.languages import language_for
from zaichat.accounts.models import User
from zaichat.db import in_db

logger = logging.getLogger(__name__)


class ChatConsumer(AsyncWebsocketConsumer):
    user: User
    session_key: str
    language: str

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As in Channels, without a visit to a thread that looks after database connections.

        It does that for every message, an acknowledgement included; here the database is only
        reached through `in_db`, which looks after its own.
        """
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """Refuse before accepting (HTTP 403) who is not signed in."""
        if not self.scope["user"].is_authenticated:
            await self.close()
            return
        self.user = unwrapped(self.scope["user"])
        self.session_key = self.scope["session"].session_key
        self.language = language_for(self.user, accept_language(self.scope))
        self.engine = engine.current()
        self.relays: dict[UUID, tuple[Relay, asyncio.Task[None]]] = {}
        await self.accept()
        if not sockets().add(self):
            await self.close(code=TOO_MANY)
            return
        await self.hear_hints()
        hello = {"event": "hello", "protocol": protocol.VERSION, "build": settings.BUILD}
        await self.say(hello | {"now": round(time.time(), 3)})

    async def hear_hints(self) -> None:
        """Without hints a tab still shows everything, only later; so their loss is not its end."""
        try:
            await self.channel_layer.group_add(group(self.user.pk), self.channel_name)
        except Exception:
            logger.exception("a socket hears no hints")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Whatever ends the socket, its place is given back."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if hasattr(self, "relays"):
                self.give_back()

    def give_back(self) -> None:
        sockets().discard(self)
        for _relay, task in self.relays.values():
            task.cancel()

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "relays"):
            with suppress(Exception):
                await self.channel_layer.group_discard(group(self.user.pk), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Obey one frame; whatever is wrong with it, the socket stays open."""
        with translation.override(self.language):
            try:
                await self.obey(protocol.read(text_data or ""))
            except Refusal as refusal:
                await self.say(protocol.refused(refusal))

    async def obey(self, command: protocol.Command) -> None:
        command_id = getattr(command, "id", None)
        try:
            await OBEY[type(command)](self, command)
        except Refusal as refusal:
            refusal.command_id = refusal.command_id or command_id
            raise
        except Exception:
            logger.exception("a command failed")
            words = _("Something went wrong on the server. Try again.")
            raise Refusal("unavailable", words, command_id) from None

    async def watch(self, command: Watch) -> None:
        await in_db(visible, self.user, command.generation)
        self.follow(command.generation, command.after)

    async def ack(self, command: Ack) -> None:
        if command.generation in self.relays:
            self.relays[command.generation][0].ack(command.seen)

    async def stop(self, command: Stop) -> None:
        await in_db(visible, self.user, command.generation)
        is_followed = (
            command.generation in self.relays
        )  # It may be told of the end before we go on.
        await self.engine.stop(self.user, command.generation, hold=command.hold)
        if not is_followed:
            self.follow(command.generation, 0)

    async def answer_now(self, command: AnswerNow) -> None:
        await self.engine.answer_now(self.user, command.generation)

    async def unqueue(self, command: Unqueue) -> None:
        taken_back = await self.engine.unqueue(self.user, command.message)
        self.leave(taken_back)
        await self.say({"event": "unqueued", "message": str(command.message)})

    async def send_now(self, command: SendNow) -> None:
        """`queued`, at the first place; at none when it waits no more. Then it is followed."""

        async def told(sent: Sent) -> None:
            await self.say(
                {
                    "event": "queued",
                    "id": str(command.id),
                    "conversation": str(sent.conversation),
                    "message": str(command.message),
                    "position": sent.position,
                }
            )
            if sent.waited:
                self.follow(sent.generation, 0, announce=True)

        await self.engine.send_now(self.user, command.message, told)

    async def decide(self, command: Approve) -> None:
        await in_db(visible, self.user, command.generation)
        raise Refusal("conflict", _("No tool waits for an approval here."))

    async def pong(self, command: Ping) -> None:
        await self.say({"event": "pong"})

    async def open(self, command: Send | Edit | Regenerate | Continue) -> None:
        turn, frame = await self.engine.open(self.user, command)
        await self.say(frame)
        self.follow(turn.generation, 0, announce=turn.position > 0)

    def follow(self, generation: UUID, after: int, *, announce: bool = False) -> None:
        """Start relaying it; a relay of the same generation is replaced."""
        self.leave(generation)
        follower = self.engine.follower(
            self.user, self.language, generation, after, announce=announce
        )
        relay = Relay(follower, self.write, self.engine.times.ack_progress_within)
        task = asyncio.create_task(self.carry(relay), name=f"relay {generation}")
        self.relays[generation] = (relay, task)
        task.add_done_callback(lambda done: self.forget(generation, done))

    def leave(self, generation: UUID) -> None:
        if known := self.relays.pop(generation, None):
            known[1].cancel()

    async def carry(self, relay: Relay) -> None:
        try:
            await relay.run()
        except ReaderTooSlow:
            await self.close(code=TOO_SLOW)
        except Exception:
            logger.exception("a relay failed")
            await self.close(code=FAILED)

    def forget(self, generation: UUID, task: asyncio.Task[None]) -> None:
        known = self.relays.get(generation)
        if known and known[1] is task:
            del self.relays[generation]

    async def hint(self, message: dict[str, Any]) -> None:
        await self.say({"event": "hint", "what": message["what"], "id": message["id"]})

    async def kick(self, message: dict[str, Any]) -> None:
        await sockets().close_signed_out()

    async def say(self, frame: dict[str, Any]) -> None:
        await self.write(orjson.dumps(frame).decode())

    async def write(self, text: str) -> None:
        """To a reader who just left it goes nowhere; the word that they left comes right after."""
        with suppress(Disconnected, OSError, RuntimeError):
            await self.scope["direct_send"]({"type": "websocket.send", "text": text})


def unwrapped(user: Any) -> User:
    """The row behind the lazy object of the auth middleware; its attributes cost no query."""
    row: User = getattr(user, "_wrapped", user)
    return row


def accept_language(scope: dict[str, Any]) -> str:
    headers = dict(scope["headers"])
    return str(headers.get(b"accept-language", b"").decode("latin-1"))


OBEY: dict[type, Callable[[ChatConsumer, Any], Awaitable[None]]] = {
    Send: ChatConsumer.open,
    Edit: ChatConsumer.open,
    Regenerate: ChatConsumer.open,
    Continue: ChatConsumer.open,
    Watch: ChatConsumer.watch,
    Ack: ChatConsumer.ack,
    Stop: ChatConsumer.stop,
    AnswerNow: ChatConsumer.answer_now,
    Unqueue: ChatConsumer.unqueue,
    SendNow: ChatConsumer.send_now,
    Approve: ChatConsumer.decide,
    Ping: ChatConsumer.pong,
}
