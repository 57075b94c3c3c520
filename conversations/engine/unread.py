"""Files of a prompt that are to be read yet: they are weighed when a turn is opened and read when
it runs, so that the transaction which opens it waits for no storage and looks through no pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from conversations.engine.attaching import sees
from conversations.engine.documents import Document, along, shares
from conversations.engine.films import Showings
from conversations.engine.quoting import Asked, scans_shown, tokens_of_scans
from conversations.models import Message
from zaichat.zai.catalog import Model

TOKENS_OF_RULES = 150
MOST_OF_TURN = 2_000
"""Characters of an earlier turn that pages are looked for by."""


@dataclass(frozen=True, slots=True)
class Unread:
    """`rows`: beside each message of the prompt, the one whose files it brings. `pictures`: of
    messages, those that the model is shown, perhaps `by_address`; `films`: how each is.
    `shares`: tokens for each document, by number; `scans`: its pages that go along as pictures."""

    pictures: frozenset[UUID]
    documents: tuple[Document, ...]
    shares: dict[int, int]
    scans: dict[int, list[int]]
    asked: Asked
    films: Showings = field(default_factory=dict)
    by_address: bool = False
    rows: tuple[Message | None, ...] = ()

    @classmethod
    def of(
        cls,
        path: Sequence[Message],
        model: Model,
        room: int,
        pictures: frozenset[UUID],
        films: Showings,
    ) -> "Unread":
        asked, documents = asked_on(path), along(path)
        stills = sum(len(showing.stills) for showing in films.values())
        is_filmed = any(showing.is_whole for showing in films.values())  # the API mixes them not
        can_show = sees(model) and model.base64 and not is_filmed
        most = model.max_images - len(pictures) - stills if can_show else 0
        scans = scans_shown(documents, most, room, asked)
        left = room - tokens_of_scans(scans)
        given = shares(documents, left, asked.question)
        by_address = not model.base64
        return cls(pictures, documents, given, scans, asked, films, by_address)

    @property
    def tokens(self) -> int:
        if not self.documents:
            return 0
        return TOKENS_OF_RULES + sum(self.shares.values()) + tokens_of_scans(self.scans)

    def beside(self, rows: Sequence[Message | None]) -> "Unread":
        return replace(self, rows=tuple(rows))


def asked_on(path: Sequence[Message]) -> Asked:
    """The last question, and the turn before it."""
    said = [(row.is_question, row.answer_text()) for row in reversed(path[-4:])]
    at = next((place for place, (is_question, _text) in enumerate(said) if is_question), 0)
    texts = [text for _is_question, text in said[at:]]
    earlier = tuple(text[:MOST_OF_TURN] for text in texts[1:3])
    return Asked((texts or [""])[0][:MOST_OF_TURN], earlier)
