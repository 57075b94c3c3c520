"""The list of conversations that stands beside every page."""

from typing import Any

from django import template

from conversations.listing import listing, shown_in
from conversations.models import Conversation

register = template.Library()


@register.inclusion_tag("conversations/_sidebar.html", takes_context=True)
def sidebar(context: template.Context) -> dict[str, Any]:
    """The whole sidebar, for any page of somebody who is signed in."""
    return _listing(context) | {
        "user": context["request"].user,
        "path": context["request"].path,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("conversations/_groups.html", takes_context=True)
def conversation_groups(context: template.Context) -> dict[str, Any]:
    """The list alone; `?shown=` says how many conversations it may hold."""
    return _listing(context)


def _listing(context: template.Context) -> dict[str, Any]:
    request = context["request"]
    found = listing(Conversation.objects.visible_to(request.user), shown_in(request))
    return {"listing": found, "current": context.get("conversation")}
