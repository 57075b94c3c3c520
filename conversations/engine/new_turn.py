"""The rows of a turn before they are written, and how they are written: together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.timezone import now

from conversations.engine import attaching, indexing
from conversations.models import Attachment, Conversation, Generation, Message
from zaichat.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class NewTurn:
    """`new` holds question and answer, as far as new."""

    conversation: Conversation
    generation: Generation
    new: tuple[Message, ...] = ()
    fresh: bool = False
    """The conversation itself is new."""
    attachments: tuple[Attachment, ...] = ()

    def with_files(self, files: Sequence[StoredFile]) -> "NewTurn":
        """The same with these files beside its question."""
        if not files or self.question is None:
            return self
        return replace(self, attachments=tuple(attaching.rows_for(self.question, files)))

    @property
    def question(self) -> Message | None:
        return self.generation.message.parent

    def save(self, *, shown: bool) -> None:
        """Write everything in as few statements as there are tables. Call in a transaction."""
        answer = self.generation.message
        self.conversation.message_count += len(self.new)
        self.conversation.last_active_at = now()
        if shown and self.new:  # Continue writes where the reader already is
            self.conversation.leaf = answer
        fresh = (self.conversation,) if self.fresh else ()
        entries = indexing.mark((*fresh, *self.new), now())
        if self.fresh:
            self.conversation.save(force_insert=True)
        else:
            self.conversation.save(update_fields=["message_count", "leaf", "last_active_at"])
            if shown and self.new:
                choose_path_to(answer, self.new)
        Message.objects.bulk_create(self.new)
        if self.attachments:
            Attachment.objects.bulk_create(self.attachments)
        self.generation.save(force_insert=True)
        indexing.add(entries)


def choose_path_to(answer: Message, new: Sequence[Message] = ()) -> None:
    """At the forks right above `answer`, choose the way to it; `new` rows know already."""
    question = answer.parent
    if question is None:
        return
    if question not in new:
        Message.objects.filter(pk=question.pk).update(chosen_child=answer)
    if question.parent_id is not None:
        Message.objects.filter(pk=question.parent_id).update(chosen_child=question)
