"""Where a conversation came from, and how an answer may be asked for anew."""

from django import template
from django.utils.translation import gettext as _

from conversations.models import Conversation
from zaichat.accounts.models import User

register = template.Library()


@register.simple_tag
def origin(conversation: Conversation | None, user: User) -> Conversation | None:
    """The conversation it was forked from, while `user` can still open that."""
    if not conversation or conversation.forked_from_id is None:
        return None
    return Conversation.objects.visible_to(user).filter(pk=conversation.forked_from_id).first()


@register.simple_tag
def thinking_wishes() -> list[tuple[str, str]]:
    """What `options.thinking` may be in an answer asked for anew, in words."""
    return [
        ("on", _("With thinking")),
        ("off", _("Without thinking")),
        ("low", _("With little thinking")),
        ("medium", _("With some thinking")),
        ("high", _("With much thinking")),
        ("max", _("With the most thinking")),
    ]
