"""What the pages of the archive and the trash ask for."""

from datetime import timedelta

from django import template
from django.utils.timezone import now

from conversations.models import Conversation, Message
from conversations.models.conversation import KEPT_DELETED
from media_gen.models import Job

register = template.Library()

SOON = 3


@register.filter
def days_left(row: Conversation | Message | Job) -> int:
    """Until it leaves the trash; a part of a day counts."""
    left = KEPT_DELETED - (now() - row.deleted_at) if row.deleted_at else timedelta(0)
    return max(1, -(-left // timedelta(days=1)))


@register.filter
def leaves_soon(row: Conversation | Message | Job) -> bool:
    return days_left(row) <= SOON
