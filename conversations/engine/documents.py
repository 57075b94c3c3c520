"""The documents on a path, numbered as answers cite them, and how much of each the model can read.

Nothing here reads a text: what a page takes of the window is told by the database, so that a turn
with 2,000 pages is opened as quickly as any other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Func, IntegerField

from conversations.models import Message
from zaichat.files.models import Kind, Page, StoredFile

BYTES_PER_TOKEN = 3
"""Never fewer tokens than there are: a Chinese sign takes three bytes, 3.2 letters a token."""

TOKENS_PER_PAGE = 8
"""Its mark, and the lines around it."""

TOKENS_PER_DOCUMENT = 60
TOKENS_PER_SCAN = 3_000
LEAST_PIECE = 100
"""Of a page that does not fit whole, less is not worth reading."""

SHARE_OF_TALK = 0.75
"""Of the window's part for what was said; the rest is for the talk about them."""


class Bytes(Func):
    """The length of a text as UTF-8."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()
    template = "%(function)s(%(expressions)s)"

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        template = "LENGTH(CAST(%(expressions)s AS BLOB))"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page before it is read. `is_scan`: a picture says what is on it, beside its few words;
    `is_lost`: so it would be, but there were too many to keep."""

    number: int
    tokens: int
    is_scan: bool = False
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """`number` counts the documents of the path from 1; `message` is the question it came with."""

    number: int
    file: StoredFile
    message: UUID
    leaves: tuple[Leaf, ...]

    @property
    def tokens(self) -> int:
        """All of its text."""
        return TOKENS_PER_DOCUMENT + sum(leaf.tokens for leaf in self.leaves)

    @property
    def scans(self) -> list[int]:
        return [leaf.number for leaf in self.leaves if leaf.is_scan]

    @property
    def lost(self) -> list[int]:
        return [leaf.number for leaf in self.leaves if leaf.is_lost]

    @property
    def page_count(self) -> int:
        last = self.leaves[-1].number if self.leaves else 0
        return max(self.file.page_count, last)


def along(path: Sequence[Message]) -> tuple[Document, ...]:
    """The documents of a path in the order in which they came; each once. One query."""
    came: dict[UUID, tuple[StoredFile, UUID]] = {}
    for message in path:
        for file in message.attached:
            if file.kind == Kind.DOCUMENT:
                came.setdefault(file.pk, (file, message.pk))
    if not came:
        return ()
    leaves = leaves_of(came)
    return tuple(
        Document(number, file, message, with_lost(file, leaves[file.pk]))
        for number, (file, message) in enumerate(came.values(), start=1)
    )


def leaves_of(files: Mapping[UUID, object]) -> dict[UUID, list[Leaf]]:
    pages = Page.objects.filter(file__in=files.keys()).order_by("file", "number")
    found: dict[UUID, list[Leaf]] = {key: [] for key in files}
    weighed = pages.annotate(weight=Bytes("text"))
    for file, number, weight, picture in weighed.values_list(
        "file", "number", "weight", "picture"
    ).iterator(chunk_size=1000):
        tokens = TOKENS_PER_PAGE + -(-weight // BYTES_PER_TOKEN)
        found[file].append(Leaf(number, tokens, is_scan=bool(picture)))
    return found


def with_lost(file: StoredFile, leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Not every picture of a scanned page is kept; what has neither that nor words is one then."""
    if file.origin.get("scanned", 0) <= sum(leaf.is_scan for leaf in leaves):
        return tuple(leaves)
    return tuple(
        replace(leaf, is_lost=leaf.tokens <= TOKENS_PER_PAGE and not leaf.is_scan)
        for leaf in leaves
    )


def shares(documents: Sequence[Document], room: int, question: str = "") -> dict[int, int]:
    """Tokens for each document by its number: what small ones leave is shared by the large ones.

    Where there would be too little for anything of any, fewer are read, and the others get none.
    """
    given = dict.fromkeys((document.number for document in documents), 0)
    waiting = sorted(readable(documents, room, question), key=lambda document: document.tokens)
    for place, document in enumerate(waiting):
        fair = max(0, room) // (len(waiting) - place)
        given[document.number] = min(document.tokens, fair)
        room -= given[document.number]
    return given


def readable(documents: Sequence[Document], room: int, question: str) -> list[Document]:
    """As many as get what they need at least: those that the question names, then the newest."""

    def place(document: Document) -> tuple[bool, int]:
        return not is_named(document.file.name, question), -document.number

    found: list[Document] = []
    for document in sorted(documents, key=place):
        least = min(document.tokens, TOKENS_PER_DOCUMENT + LEAST_PIECE)
        if least <= room:
            found.append(document)
            room -= least
    return found


def is_named(name: str, question: str) -> bool:
    """Whether a question speaks of "note 13.txt" by its name, with its ending or without it."""
    stem = name.rpartition(".")[0] or name
    return re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", question, re.IGNORECASE) is not None
