"""The same templates as on the page, for the socket. Language is the caller's active one."""

from collections.abc import Iterable
from uuid import UUID

from django.template.loader import render_to_string

from conversations.models import Message
from zaichat.accounts.models import User


def messages_html(user: User, ids: Iterable[UUID]) -> str:
    """The given messages, in the order of the tree."""
    rows = Message.objects.visible_to(user).filter(pk__in=list(ids))
    rows = rows.select_related("conversation").with_generations().order_by("depth")
    return "".join(message_html(user, message) for message in rows)


def message_html(user: User, message: Message) -> str:
    return render_to_string("conversations/_message.html", {"message": message, "user": user})
