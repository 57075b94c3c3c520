"""Where a conversation came from."""

from django import template

from conversations.models import Conversation
from zaichat.accounts.models import User

register = template.Library()


@register.simple_tag
def origin(conversation: Conversation | None, user: User) -> Conversation | None:
    """The conversation it was forked from, while `user` can still open that."""
    if not conversation or conversation.forked_from_id is None:
        return None
    return Conversation.objects.visible_to(user).filter(pk=conversation.forked_from_id).first()
