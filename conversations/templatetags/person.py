"""How we speak to and of the person who is signed in."""

from typing import TYPE_CHECKING

from django import template
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from zaichat.accounts.models import User

register = template.Library()


@register.filter
def called(user: "User") -> str:
    return user.get_full_name() or user.get_username()


@register.filter
def initials(user: "User") -> str:
    """Two letters of a Latin name; the last sign of a Chinese one, as Chinese pages do."""
    name = called(user)
    words = [word for word in name.replace(".", " ").replace("_", " ").split() if word]
    if not words:
        return "?"
    if not name.isascii() and len(words) == 1:
        return words[0][-1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def greeting(user: "User") -> str:
    """By the person's own clock and first name."""
    name = user.first_name or user.get_username()
    hour = localtime().hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s.") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s.") % {"name": name}
    return _("Good evening, %(name)s.") % {"name": name}
