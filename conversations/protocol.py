"""The words of the socket: what a browser may say, read strictly, and what it is told.

Reading returns a command or raises Refusal, whose message names the field. Nothing here touches
the database.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from conversations.options import Options, Setup, Unfit, read_options, read_setup
from zaichat import well_formed

VERSION = 1
MAX_FRAME = 256 * 1024
MAX_TEXT = 100_000
MAX_ATTACHMENTS = 20
MODEL_NAME = re.compile(r"[\w.:/@+-]{1,100}")

T = TypeVar("T")


class Refusal(Exception):
    """A command that is not obeyed. `code` is one of the contract's, `message` for a person."""

    def __init__(self, code: str, message: str, command_id: UUID | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.command_id = command_id


@dataclass(frozen=True, slots=True)
class Send:
    id: UUID
    text: str
    conversation: UUID | None = None
    parent: UUID | None = None
    attachments: tuple[UUID, ...] = ()
    model: str | None = None
    options: Options = field(default_factory=Options)
    setup: Setup | None = None
    """Of a new conversation; later it is changed by its page."""


@dataclass(frozen=True, slots=True)
class Edit:
    id: UUID
    message: UUID
    text: str
    attachments: tuple[UUID, ...] | None = None
    model: str | None = None
    options: Options | None = None


@dataclass(frozen=True, slots=True)
class Regenerate:
    id: UUID
    message: UUID
    model: str | None = None
    options: Options | None = None


@dataclass(frozen=True, slots=True)
class Continue:
    id: UUID
    message: UUID


@dataclass(frozen=True, slots=True)
class AnswerNow:
    id: UUID
    generation: UUID


@dataclass(frozen=True, slots=True)
class Approve:
    """`approve` and `deny`: `allowed` says which."""

    id: UUID
    generation: UUID
    tool: str
    always: bool
    allowed: bool


@dataclass(frozen=True, slots=True)
class Unqueue:
    message: UUID


@dataclass(frozen=True, slots=True)
class SendNow:
    """Of a waiting question: what is being answered is stopped, and it goes first."""

    id: UUID
    message: UUID


@dataclass(frozen=True, slots=True)
class Stop:
    """`hold`: what waits behind the reply is not asked when it has ended."""

    generation: UUID
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    generation: UUID
    after: int


@dataclass(frozen=True, slots=True)
class Ack:
    generation: UUID
    seen: int


@dataclass(frozen=True, slots=True)
class Ping:
    pass


Asking = Send | Edit | Regenerate | Continue
Command = Asking | AnswerNow | Approve | Unqueue | SendNow | Stop | Watch | Ack | Ping


def read(frame: str) -> Command:
    """The command in a text frame. Raises Refusal."""
    if len(frame) > MAX_FRAME:
        raise Refusal("too_large", _("A message to the server may hold at most 256 KB."))
    said = well_formed.read(frame)
    if not isinstance(said, dict):
        raise Refusal("bad_frame", _("The server expects one JSON object per message."))
    reader = READERS.get(str(said.get("do")))
    if reader is None:
        words = _("The server does not know the command “%(name)s”.")
        name = str(said.get("do"))[:40]
        raise Refusal("unknown_command", words % {"name": name}, _id_of(said))
    try:
        return reader(Fields(said))
    except Refusal as refusal:
        refusal.command_id = refusal.command_id or _id_of(said)
        raise


class Fields:
    """Typed access to a command's fields; each refusal names the field and what is allowed."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.said = said

    def uuid(self, name: str) -> UUID:
        found = _uuid(self.said.get(name))
        if found is None:
            raise _bad(name, _("it must be a UUID"))
        return found

    def uuid_or_none(self, name: str) -> UUID | None:
        return None if self.said.get(name) is None else self.uuid(name)

    def uuids(self, name: str) -> tuple[UUID, ...]:
        listed = self.said.get(name)
        if listed is None:
            return ()
        if not isinstance(listed, list) or len(listed) > MAX_ATTACHMENTS:
            raise _bad(
                name, _("it must be a list of at most %(count)d UUIDs") % {"count": MAX_ATTACHMENTS}
            )
        found = [_uuid(item) for item in listed]
        if None in found:
            raise _bad(name, _("it must be a list of UUIDs"))
        return tuple(item for item in found if item)

    def text(self, name: str = "text", *, may_be_empty: bool = False) -> str:
        text = self.said.get(name)
        if not isinstance(text, str) or not (text.strip() or may_be_empty):
            raise _bad(name, _("it must be text and must not be empty"))
        if len(text) > MAX_TEXT:
            words = _("The message has %(count)s characters; at most %(limit)s can be sent.")
            numbers = {"count": f"{len(text):,}", "limit": f"{MAX_TEXT:,}"}
            raise Refusal("too_large", words % numbers)
        return text.replace("\x00", "")

    def count(self, name: str) -> int:
        number = self.said.get(name, 0)
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**31:
            raise _bad(name, _("it must be a whole number from 0 on"))
        return number

    def flag(self, name: str) -> bool:
        flag = self.said.get(name, False)
        if not isinstance(flag, bool):
            raise _bad(name, _("it must be true or false"))
        return flag

    def model(self) -> str | None:
        model = self.said.get("model")
        if model is None:
            return None
        if not isinstance(model, str) or not MODEL_NAME.fullmatch(model):
            raise _bad("model", _("it must be a model's name of at most 100 characters"))
        return model

    def options(self) -> Options | None:
        return self._read("options", read_options)

    def setup(self) -> Setup | None:
        return self._read("setup", read_setup)

    def _read(self, name: str, reader: Callable[[object], T]) -> T | None:
        try:
            return None if self.said.get(name) is None else reader(self.said[name])
        except Unfit as unfit:
            raise _bad(".".join(filter(None, (name, unfit.place))), unfit.reason) from None


def _send(said: Fields) -> Send:
    attachments = said.uuids("attachments")
    return Send(
        id=said.uuid("id"),
        text=said.text(may_be_empty=bool(attachments)),
        conversation=said.uuid_or_none("conversation"),
        parent=said.uuid_or_none("parent"),
        attachments=attachments,
        model=said.model(),
        options=said.options() or Options(),
        setup=said.setup(),
    )


def _edit(said: Fields) -> Edit:
    attachments = said.uuids("attachments") if said.said.get("attachments") is not None else None
    text = said.text(may_be_empty=bool(attachments))
    ids = said.uuid("id"), said.uuid("message")
    return Edit(*ids, text, attachments, said.model(), said.options())


def _regenerate(said: Fields) -> Regenerate:
    return Regenerate(said.uuid("id"), said.uuid("message"), said.model(), said.options())


def _approval(allowed: bool) -> Callable[[Fields], Approve]:
    def reader(said: Fields) -> Approve:
        always = said.flag("always")
        return Approve(said.uuid("id"), said.uuid("generation"), said.text("tool"), always, allowed)

    return reader


READERS: dict[str, Callable[[Fields], Command]] = {
    "send": _send,
    "edit": _edit,
    "regenerate": _regenerate,
    "continue": lambda said: Continue(said.uuid("id"), said.uuid("message")),
    "answer_now": lambda said: AnswerNow(said.uuid("id"), said.uuid("generation")),
    "approve": _approval(allowed=True),
    "deny": _approval(allowed=False),
    "unqueue": lambda said: Unqueue(said.uuid("message")),
    "send_now": lambda said: SendNow(said.uuid("id"), said.uuid("message")),
    "stop": lambda said: Stop(said.uuid("generation"), said.flag("hold")),
    "watch": lambda said: Watch(said.uuid("generation"), said.count("after")),
    "ack": lambda said: Ack(said.uuid("generation"), said.count("seen")),
    "ping": lambda said: Ping(),
}


def refused(refusal: Refusal) -> dict[str, Any]:
    """The frame that says no."""
    command_id = str(refusal.command_id) if refusal.command_id else None
    return {"event": "refused", "id": command_id, "code": refusal.code, "message": refusal.message}


def _bad(name: str, reason: str) -> Refusal:
    return Refusal("bad_field", _field(name, reason))


def _field(name: str, reason: str) -> str:
    return _("Field “%(name)s”: %(reason)s.") % {"name": name, "reason": reason}


def _id_of(said: Mapping[str, Any]) -> UUID | None:
    return _uuid(said.get("id"))


def _uuid(value: object) -> UUID | None:
    if not isinstance(value, str) or len(value) > 45:
        return None
    try:
        return UUID(value)
    except ValueError:
        return None
