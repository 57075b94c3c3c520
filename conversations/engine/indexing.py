"""What search finds is written here, together with the text; the sweep sees to the rest.

The rest is what is too long to be indexed while others wait to write, copies, which follow right
after they were written, and what was there before search was. Such rows have no `indexed_at`.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet
from django.utils.timezone import now

from conversations.models import Conversation, Generation, Message, Role, SearchEntry
from conversations.models.search_entry import AT_ONCE, of_answer, of_question, of_title

BATCH = 50
SWEEP_FOR = 5.0
"""Seconds; what is left is done at the next sweep."""
AT_ONCE_FOR = 1.0
"""Seconds that somebody waits for it; the sweep does the rest."""


def mark(rows: Iterable[Conversation | Message], at: datetime) -> list[SearchEntry]:
    """The entries of titles and questions that are about to be saved; they remember that."""
    entries: list[SearchEntry] = []
    for row in rows:
        if isinstance(row, Conversation):
            entries += of_title(row, at)
        elif not row.is_question or len(row.text) > AT_ONCE:
            continue
        else:
            entries += of_question(row)
        row.indexed_at = at
    return entries


def entries_of_end(
    run: Generation, parts: Sequence[dict[str, Any]], at: datetime
) -> list[SearchEntry] | None:
    """The entries of an answer that ends so; None when it is too long to be done at once."""
    message = Message(pk=run.message_id, conversation_id=run.message.conversation_id)
    said = Generation(
        pk=run.pk, owner_id=run.owner_id, message=message, parts=list(parts), ended_at=at
    )
    return list(of_answer(said)) if len(said.text()) <= AT_ONCE else None


def add(entries: Sequence[SearchEntry]) -> None:
    """One statement; none when there is nothing to find."""
    if entries:
        SearchEntry.objects.bulk_create(entries)


def index_the_rest() -> None:
    """A sweep. Takes small batches, so that nobody waits long for the database."""
    _index_within(SWEEP_FOR, _titles(Q()), _questions(Q()), _answers(Q()))


def index_conversation(key: UUID) -> None:
    """What of this one is not in the index yet: its title first, then as much as there is time."""
    there = Q(conversation=key)
    said = Q(message__conversation=key)
    _index_within(AT_ONCE_FOR, _titles(Q(pk=key)), _questions(there), _answers(said))


def _index_within(seconds: float, *batches: Callable[[], int]) -> None:
    until = time.monotonic() + seconds
    for batch in batches:
        while batch() and time.monotonic() < until:
            pass


def _titles(which: Q) -> Callable[[], int]:
    rows = Conversation.objects.filter(which, indexed_at=None)
    return lambda: _index(
        rows, lambda row: of_title(row, row.last_active_at), Q(message=None), "conversation"
    )


def _questions(which: Q) -> Callable[[], int]:
    rows = Message.objects.filter(which, indexed_at=None, role=Role.USER)
    return lambda: _index(rows.select_related("conversation"), of_question, Q(), "message")


def _answers(which: Q) -> Callable[[], int]:
    rows = Generation.objects.filter(which, indexed_at=None, ended_at__isnull=False)
    return lambda: _index(rows.select_related("message"), of_answer, Q(), "generation")


def _index(
    rows: "QuerySet[Any]",
    entries_of: Callable[[Any], Iterable[SearchEntry]],
    old: Q,
    name: str,
) -> int:
    """Index one batch, whatever was in the index of it before. How many rows that were."""
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        batch: list[Model] = list(rows.order_by("pk")[:BATCH])
        keys: list[UUID] = [row.pk for row in batch]
        SearchEntry.objects.filter(old, **{f"{name}__in": keys}).delete()
        add([entry for row in batch for entry in entries_of(row)])
        rows.model._base_manager.filter(pk__in=keys).update(indexed_at=now())
    return len(batch)
