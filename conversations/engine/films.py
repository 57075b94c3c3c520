"""Films and recordings that go along with a question: how each is shown to the model.

A film goes by a signed address where the model watches films and the vendor can reach us; else
as stills, spread over its length. Recordings are told by name: no model here hears them yet.
"""

import logging
import mimetypes
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage

from conversations.models import Message
from zaichat.files import signing
from zaichat.files.films import as_time
from zaichat.files.models import Kind, Page, StoredFile
from zaichat.zai.catalog import Model

logger = logging.getLogger(__name__)

TOKENS_PER_STILL = 800
TOKENS_PER_SECOND = 250
"""Of a film that goes whole. A guess, and a generous one: the API says nothing about it."""

FEWEST_STILLS = 4
"""However small the window is; with fewer, nothing is seen to happen."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said to the model beside a question."""

    unseen: str
    stills: str
    unheard: str


ENGLISH = Words(
    "[film “%(name)s”, %(length)s long, not shown here]",
    "[film “%(name)s”, %(length)s long, shown as stills at %(moments)s]",
    "[recording “%(name)s”, %(length)s long, which you cannot hear]",
)
CHINESE = Words(
    "[视频“%(name)s”，时长 %(length)s，此处未附上]",
    "[视频“%(name)s”，时长 %(length)s，以静帧展示，时间点：%(moments)s]",
    "[录音“%(name)s”，时长 %(length)s，你无法听到]",
)


@dataclass(frozen=True, slots=True)
class Showing:
    """How a film is shown: whole, or by the pages with these numbers."""

    is_whole: bool = False
    stills: tuple[int, ...] = ()

    def tokens(self, film: StoredFile, model: Model) -> int:
        """A generous estimate of what it takes of the window, at most half of it."""
        if self.is_whole:
            return min(int((film.seconds or 0) * TOKENS_PER_SECOND), model.context // 2)
        return TOKENS_PER_STILL * len(self.stills)


Showings = Mapping[UUID, Showing]


def goes_whole(film: StoredFile, model: Model) -> bool:
    """Whether the model watches this film by its address."""
    is_short = not model.film_seconds or (film.seconds or 0) <= model.film_seconds
    is_small = not model.film_bytes or film.size <= model.film_bytes
    return model.max_films > 0 and is_short and is_small and signing.can_be_fetched(film)


def films_on(path: Sequence[Message]) -> list[StoredFile]:
    """Each once, the newest last."""
    films = {file.pk: file for row in path for file in row.attached if file.kind == Kind.VIDEO}
    return list(films.values())


def shown(path: Sequence[Message], model: Model, pictures: int) -> dict[UUID, Showing]:
    """How each film on the path is shown beside `pictures` of the person; the newest first, as
    far as the model's limits go."""
    if "image" not in model.modalities:
        return {}
    whole, stills = model.max_films, most_stills(model, pictures)
    showings: dict[UUID, Showing] = {}
    for film in reversed(films_on(path)):
        if whole and goes_whole(film, model):
            showings[film.pk] = Showing(is_whole=True)
            whole -= 1
        else:
            chosen = spread(film.page_count, stills)
            stills -= len(chosen)
            showings[film.pk] = Showing(stills=chosen)
    return showings


def most_stills(model: Model, pictures: int) -> int:
    if not model.base64:
        return 0  # a still has no address
    fitting = max(FEWEST_STILLS, model.context // 2 // TOKENS_PER_STILL)
    return max(0, min(model.max_images - pictures, fitting))


def spread(count: int, most: int) -> tuple[int, ...]:
    """Numbers from 1 to `count`, `most` of them at even distances."""
    taken = min(count, most)
    return tuple(int((place + 0.5) * count / taken) + 1 for place in range(taken))


def parts_of(film: StoredFile, showing: Showing) -> tuple[list[dict[str, Any]], list[str]]:
    """The content parts that show it, and the moments of those that are stills."""
    if showing.is_whole:
        return [{"type": "video_url", "video_url": {"url": signing.signed_url(film)}}], []
    parts, moments = [], []
    rows = Page.objects.filter(file=film, number__in=showing.stills).order_by("number")
    for page in rows:
        if part := _still(page):
            parts.append(part)
            moments.append(page.label)
    return parts, moments


def _still(page: Page) -> dict[str, Any] | None:
    """None where the storage has lost it: the talk goes on without."""
    try:
        with default_storage.open(page.picture) as file:
            data = b64encode(file.read()).decode("ascii")
    except FileNotFoundError:
        logger.warning("a still is missing in the storage", extra={"file": page.file_id})
        return None
    kind = mimetypes.guess_type(page.picture)[0] or "image/jpeg"
    return {"type": "image_url", "image_url": {"url": f"data:{kind};base64,{data}"}}


def told(file: StoredFile, words: Words, is_shown: bool, moments: Sequence[str]) -> str:
    """What is said of a film or a recording in words; nothing of a film that is there whole."""
    about = {
        "name": file.name,
        "length": as_time(file.seconds or 0),
        "moments": ", ".join(moments),
    }
    if file.kind == Kind.AUDIO:
        return words.unheard % about
    if is_shown:
        return words.stills % about if moments else ""
    return words.unseen % about


def brought(
    files: Sequence[StoredFile], showings: Showings, words: Words
) -> tuple[list[dict[str, Any]], list[str]]:
    """The parts that show the films among `files`, and what is said of films and recordings."""
    parts: list[dict[str, Any]] = []
    said: list[str] = []
    for file in files:
        if file.kind not in (Kind.VIDEO, Kind.AUDIO):
            continue
        own, moments = parts_of(file, showings.get(file.pk, Showing()))
        parts += own
        said.append(told(file, words, bool(own), moments))
    return parts, list(filter(None, said))
