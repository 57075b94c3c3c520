"""What was made in a conversation, as its parts name it."""

from collections.abc import Mapping
from typing import Any

from django import template

from conversations.models import Generation, Message
from media_gen.models import Job

register = template.Library()


@register.filter
def media_part(message: Message) -> Mapping[str, Any]:
    """The last of its parts that is a picture or a film; empty where none is."""
    runs = message.all_generations()
    parts = [part for run in runs for part in run.parts if part["kind"] == "media"]
    return parts[-1] if parts else {}


@register.simple_tag
def job_of(part: Mapping[str, Any], generation: Generation | None) -> Job | None:
    """The job that a part names, as far as its person still has it. One query."""
    if not part.get("job") or not generation:
        return None
    found = Job.objects.filter(owner_id=generation.owner_id, deleted_at=None)
    return found.filter(pk=part["job"]).select_related("result").first()
