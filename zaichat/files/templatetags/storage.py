"""The storage meter of the settings page."""

from typing import Any, cast

from django import template
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zaichat.accounts.models import User
from zaichat.files import quota
from zaichat.files.models import Kind

register = template.Library()

NAMES = {
    Kind.IMAGE: _("Pictures"),
    Kind.DOCUMENT: _("Documents"),
    Kind.VIDEO: _("Films"),
    Kind.AUDIO: _("Recordings"),
}


@register.inclusion_tag("accounts/_storage.html", takes_context=True)
def storage_meter(context: dict[str, Any]) -> dict[str, Any]:
    shares = quota.shares_of(cast(User, context["user"]))
    return {
        "shares": [(NAMES[share.kind], share.count, share.size) for share in shares],
        "used": sum(share.size for share in shares),
        "limit": settings.STORAGE_PER_PERSON,
    }
