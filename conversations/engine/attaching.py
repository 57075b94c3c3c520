"""Files that go along with a question: whose they are, whether the model can take them, and how
the API is given them."""

import logging
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from conversations.engine import films
from conversations.engine.films import Showings
from conversations.models import Attachment, Message
from conversations.protocol import Refusal
from zaichat.accounts.models import User
from zaichat.files import signing
from zaichat.files.models import Kind, StoredFile
from zaichat.zai.catalog import Model

logger = logging.getLogger(__name__)

PATCH = 28
"""Pixels along the side of what becomes one token of a picture."""

HAN = re.compile("[\u4e00-\u9fff]")

Content = str | list[dict[str, Any]]


@dataclass(frozen=True)
class Words:
    """What is said to the model beside a question: in its language, which the answer follows."""

    unseen: str
    made: str
    marked: str
    place: str
    kinds: dict[str, str]


ENGLISH = Words(
    "[picture “%s”, not shown here]",
    "[picture %d was made above]",
    "[marked on picture %s, in thousandths of width and height: %s]",
    "%s %s at %s",
    {"box": "box", "arrow": "arrow", "number": "number"},
)
CHINESE = Words(
    "[图片“%s”，此处未附上]",
    "[图片 %d 为上文所生成]",
    "[图片 %s 上的标记，以宽高的千分之一为单位：%s]",
    "%s %s 位于 %s",
    {"box": "方框", "arrow": "箭头", "number": "编号"},
)


def found(user: User, wanted: Sequence[UUID]) -> list[StoredFile]:
    """The person's files in the order they were named. Raises Refusal."""
    if not wanted:
        return []
    rows = StoredFile.objects.visible_to(user).in_bulk(wanted)
    if len(rows) < len(set(wanted)):
        raise Refusal("not_found", _("An attached file was not found."))
    return [rows[key] for key in dict.fromkeys(wanted)]


def check(files: Sequence[StoredFile], model: Model) -> None:
    """Raises Refusal where the model cannot look at what is attached to this question."""
    pictures = [file for file in files if file.kind == Kind.IMAGE]
    moving = [file for file in files if file.kind == Kind.VIDEO]
    if not pictures and not moving:
        return
    if not sees(model):
        words = (
            _("%(model)s cannot see pictures. Choose a model that can, or remove the picture.")
            if pictures
            else _("%(model)s cannot see films. Choose a model that can, or remove the film.")
        )
        raise Refusal("bad_field", words % {"model": model.title})
    in_stills = [film for film in moving if not films.goes_whole(film, model)]
    if (in_stills and not model.base64) or (pictures and not is_reached(model)):
        words = _(
            "%(model)s takes pictures by web address only, which this ZaiChat cannot give it. "
            "Choose another model."
        )
        raise Refusal("bad_field", words % {"model": model.title})
    if len(pictures) + len(in_stills) > model.max_images:
        words = _("%(model)s takes at most %(limit)d pictures with one question.")
        raise Refusal("bad_field", words % {"model": model.title, "limit": model.max_images})


def sees(model: Model) -> bool:
    return "image" in model.modalities


def is_reached(model: Model) -> bool:
    """Whether our pictures can get to it: in the request itself, or by an address."""
    return model.base64 or signing.can_link()


def rows_for(message: Message, files: Sequence[StoredFile]) -> list[Attachment]:
    """The rows that bind `files` to a new question, which then knows them."""
    message.attachment_count = len(files)
    message.attached = files
    return [
        Attachment(message=message, file=file, number=number) for number, file in enumerate(files)
    ]


def content_of(
    message: Message,
    shown: frozenset[UUID],
    showings: Showings = MappingProxyType({}),
    *,
    by_address: bool = False,
) -> Content:
    """What the API is told: text alone, or films and the pictures in `shown` and then the text.

    A picture or film that the model is not shown is named, so that talk about it makes sense.
    `by_address`: pictures are given by addresses that are good for a quarter of an hour.
    """
    text = message.answer_text()
    if not message.attached:
        return text
    is_chinese = HAN.search(text)
    words = CHINESE if is_chinese else ENGLISH
    moving, told = films.brought(
        message.attached, showings, films.CHINESE if is_chinese else films.ENGLISH
    )
    part = linked_part if by_address else picture_part
    parts = {file.pk: part(file) for file in message.attached if file.pk in shown}
    unseen = [
        words.unseen % file.name
        for file in message.attached
        if file.kind == Kind.IMAGE and not parts.get(file.pk)
    ]
    stills = sum(part["type"] == "image_url" for part in moving)
    marked = marked_on(message.attached, parts, words, stills)
    made = [
        words.made % number
        for number, key in enumerate((key for key, part in parts.items() if part), stills + 1)
        if key in message.made_above
    ]
    said = "\n".join([*unseen, *told, *made, *marked, text])
    seen = [*moving, *(part for part in parts.values() if part)]
    return [*seen, {"type": "text", "text": said}] if seen else said


def marked_on(
    files: Sequence[StoredFile], parts: Mapping[UUID, object], words: Words, before: int
) -> list[str]:
    """Where the marks are on the pictures that are shown, which the model counts on from the
    stills that stand `before` them."""
    shown = [file for file in files if parts.get(file.pk)]
    return [
        marked_words(words, number, file.origin["marks"])
        for number, file in enumerate(shown, start=before + 1)
        if file.origin.get("marks")
    ]


def linked_part(file: StoredFile) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": signing.signed_url(file)}}


def picture_part(file: StoredFile) -> dict[str, Any] | None:
    """None where the storage has lost it: the talk goes on without.

    Source: chat completions, content part `image_url`; base64 is taken by all but one model.
    """
    try:
        data = b64encode(file.read()).decode("ascii")
    except FileNotFoundError:
        logger.warning("a picture is missing in the storage", extra={"file": file.pk})
        return None
    return {"type": "image_url", "image_url": {"url": f"data:{file.media_type};base64,{data}"}}


def marked_words(words: Words, number: int, marks: Sequence[dict[str, Any]]) -> str:
    """Where the marks on a picture are, in the unit that GLM-V models answer in."""
    places = ", ".join(
        words.place % (words.kinds[mark["kind"]], mark["number"], mark["at"]) for mark in marks
    )
    return words.marked % (number, places)


def newest_pictures(path: Sequence[Message], model: Model) -> frozenset[UUID]:
    """Of all pictures on the path, those that the model is shown: the newest that it takes."""
    if not (sees(model) and is_reached(model)):
        return frozenset()
    files = [file for message in path for file in message.attached if file.kind == Kind.IMAGE]
    return frozenset(file.pk for file in files[-model.max_images :])


def unseen(path: Sequence[Message], shown: frozenset[UUID]) -> int:
    """How many earlier pictures are not in `shown`; 0 once an answer after them has said so."""
    count = 0
    for message in path[:-1]:
        files = [file for file in message.attached if file.kind == Kind.IMAGE]
        if any(file.pk not in shown for file in files):
            count += sum(file.pk not in shown for file in files)
        elif count and tells_of_unseen(message):
            return 0
    return count


def tells_of_unseen(message: Message) -> bool:
    parts = (part for generation in message.all_generations() for part in generation.parts)
    return any(part.get("code") == "unseen" for part in parts)


def tokens_of(file: StoredFile) -> int:
    """A generous estimate of what a picture takes of the model's window."""
    return -(-(file.width or PATCH) // PATCH) * -(-(file.height or PATCH) // PATCH)
