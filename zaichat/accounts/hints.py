"""Tells a person's open tabs that something changed, through the channel layer.

A hint carries names and ids, never text; one that is lost costs a refresh and nothing else. So a
broken layer is logged and never reaches the caller. `hint` and `kick` are for views; code on an
event loop uses `ahint` and `akick`.
"""

import logging
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)


def group(user_id: UUID) -> str:
    """The group every socket of this person joins."""
    return f"user.{user_id.hex}"


def hint(user_id: UUID, what: str, subject: UUID) -> None:
    """Say that `what` (title, conversation, job, usage) changed for the row `subject`."""
    _send_from_view(user_id, _hint(what, subject))


def kick(user_id: UUID) -> None:
    """Ask every socket of this person to look at its session again, and to close if it ended."""
    _send_from_view(user_id, KICK)


async def ahint(user_id: UUID, what: str, subject: UUID) -> None:
    await _send(user_id, _hint(what, subject))


async def akick(user_id: UUID) -> None:
    await _send(user_id, KICK)


KICK = {"type": "kick"}


def _hint(what: str, subject: UUID) -> dict[str, str]:
    return {"type": "hint", "what": what, "id": str(subject)}


def _send_from_view(user_id: UUID, message: dict[str, Any]) -> None:
    try:
        async_to_sync(_send)(user_id, message)
    except RuntimeError:
        logger.exception("hint not sent: called on an event loop", extra={"user": str(user_id)})


async def _send(user_id: UUID, message: dict[str, Any]) -> None:
    layer: Any = get_channel_layer()
    if layer is None:
        return
    try:
        await layer.group_send(group(user_id), message)
    except Exception:  # the layer may be any back end, and none of its troubles is the caller's
        logger.exception("hint not sent", extra={"user": str(user_id), "hint": message["type"]})
