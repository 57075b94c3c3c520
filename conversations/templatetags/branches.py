"""Where a conversation came from, and how an answer may be asked for anew."""

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from conversations.engine.branches import Size
from conversations.models import Conversation, Message
from zaichat.accounts.models import User

register = template.Library()


@register.simple_tag
def origin(conversation: Conversation | None, user: User) -> Conversation | None:
    """The conversation it was forked from, while `user` can still open that."""
    if not conversation or conversation.forked_from_id is None:
        return None
    return Conversation.objects.visible_to(user).filter(pk=conversation.forked_from_id).first()


@register.simple_tag
def size_words(size: Size, message: Message) -> str:
    """What deleting the branch of `message` removes, and what happens to it then."""
    said = [_removed(size)]
    if size.root != message:
        said.append(_("The question goes with its only answer."))
    back = ngettext(
        "You can bring it back from the trash for 30 days.",
        "You can bring them back from the trash for 30 days.",
        size.messages,
    )
    said.append(back)
    if size.running:
        said.append(_("An answer that is still being written is stopped."))
    between = "" if (get_language() or "").startswith("zh") else " "
    return between.join(said)


def _removed(size: Size) -> str:
    numbers = {"messages": size.messages, "versions": size.versions}
    if size.versions == 1:
        words = ngettext(
            "Removes %(messages)s message.", "Removes %(messages)s messages.", size.messages
        )
        return words % numbers
    words = ngettext(
        "Removes %(messages)s message in %(versions)s versions.",
        "Removes %(messages)s messages in %(versions)s versions.",
        size.messages,
    )
    return words % numbers


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
