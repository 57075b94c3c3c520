"""What search finds is written here, together with the text; the sweep sees to the rest.

The rest is what is too long to be indexed while others wait to write, what was copied, and what
was there before search was. Such rows have no `indexed_at`.
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
    until = time.monotonic() + SWEEP_FOR
    for batch in (_titles, _questions, _answers):
        while batch() and time.monotonic() < until:
            pass


def _titles() -> int:
    rows = Conversation.objects.filter(indexed_at=None)
    return _index(
        rows, lambda row: of_title(row, row.last_active_at), Q(message=None), "conversation"
    )


def _questions() -> int:
    rows = Message.objects.filter(indexed_at=None, role=Role.USER).select_related("conversation")
    return _index(rows, of_question, Q(), "message")


def _answers() -> int:
    rows = Generation.objects.filter(indexed_at=None, ended_at__isnull=False)
    return _index(rows.select_related("message"), of_answer, Q(), "generation")


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
