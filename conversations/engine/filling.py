"""Reads the files of a prompt into it, outside of any transaction, on a database thread."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any
from uuid import UUID

from conversations.engine.attaching import Content, content_of
from conversations.engine.prompt import Prompt
from conversations.engine.quoting import Quote, block, chosen, pictures, told
from conversations.engine.unread import Unread
from zaichat.zai.tokens import tokens_in

Parts = list[dict[str, Any]]


def filled(prompt: Prompt) -> Prompt:
    """The prompt as it is sent. Takes long with thousands of pages."""
    unread = prompt.unread
    if unread is None:
        return prompt
    quotes = [
        chosen(one, unread.shares[one.number], unread.asked, unread.scans[one.number])
        for one in unread.documents
    ]
    brought = {place: Parts() for place in range(len(prompt.messages))}
    for quote in quotes:
        brought[place_of(quote, unread)] += parts_of(quote, unread)
    messages = tuple(
        said | {"content": together(brought[place], content_at(place, prompt, unread))}
        for place, said in enumerate(prompt.messages)
    )
    words = sum(tokens_in(part["text"]) for part in chain(*brought.values()) if "text" in part)
    return replace(
        prompt,
        tokens=prompt.tokens - max(0, sum(unread.shares.values()) - words),
        messages=messages,
        rules=unread.asked.words.rules if quotes else "",
        told=tuple(told(quote) for quote in quotes),
        unread=None,
    )


def content_at(place: int, prompt: Prompt, unread: Unread) -> Content:
    row = unread.rows[place]
    if row is None or not row.attached:
        content: Content = prompt.messages[place]["content"]
        return content
    by_address = unread.by_address
    return content_of(row, unread.pictures, unread.films, by_address=by_address)


def place_of(quote: Quote, unread: Unread) -> int:
    """Where it was brought; the first question, where that message did not fit."""
    keys: Mapping[UUID, int] = {row.pk: at for at, row in enumerate(unread.rows) if row}
    questions = (at for at, row in enumerate(unread.rows) if row is None or row.is_question)
    return keys.get(quote.document.message, next(questions, 0))


def parts_of(quote: Quote, unread: Unread) -> Parts:
    """Its scanned pages and its text. What the storage has lost is not shown."""
    found: dict[int, dict[str, Any]] = {}
    for number, part in pictures(quote):
        if part:
            found[number] = part
    seen = replace(quote, scans=tuple(found))
    return [*found.values(), {"type": "text", "text": block(seen, unread.asked.words)}]


def together(brought: Parts, content: Content) -> Content:
    """Films first, as one model wants it, then the person's pictures, which their words count from
    the first, then scanned pages, then words: of documents before those of the person."""
    if not brought:
        return content
    said = content if isinstance(content, list) else [{"type": "text", "text": content}]
    seen = [part for part in [*said, *brought] if part["type"] != "text"]
    seen.sort(key=lambda part: part["type"] != "video_url")
    words = [part["text"] for part in [*brought, *said] if part["type"] == "text"]
    text = "\n\n".join(filter(None, words))
    return [*seen, {"type": "text", "text": text}] if seen else text
