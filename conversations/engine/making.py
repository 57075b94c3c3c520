"""A picture or a film in place of an answer: what was said becomes a wish of `media_gen`.

The answer is a part `{"kind": "media", "job", "media", "model"}`; the job goes on by itself and
the part only names it. The rows of jobs are not ours; they keep our ids as plain words.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from conversations.language import language_of
from conversations.models import Generation, Message
from conversations.protocol import Refusal
from media_gen.jobs import asking, wishes
from media_gen.jobs.wishes import Unfit, Wish
from media_gen.models import Job
from media_gen.tasks import pass_over
from zaichat import vendor
from zaichat.accounts.models import User
from zaichat.files.models import Kind, StoredFile
from zaichat.zai import catalog
from zaichat.zai.making import Making

NOTES = {
    "image": ("[made a picture of it with %s]", "[已用 %s 生成图片]"),
    "video": ("[made a film of it with %s]", "[已用 %s 生成视频]"),
}


def wish_of(user: User, kind: str, text: str, files: Sequence[StoredFile]) -> Wish:
    """What these words ask for; pictures beside them begin a film. Raises Refusal."""
    pictures = [str(file.pk) for file in files if file.kind == Kind.IMAGE]
    if len(pictures) < len(files):
        raise Refusal("bad_field", _("Only pictures can go along when something is made."))
    model = _fitting(kind, len(pictures))
    if model is None:
        raise Refusal("unavailable", _("No model here makes these."))
    said: dict[str, Any] = {"model": model.name, "prompt": text, "pictures": pictures}
    try:
        return wishes.read(user, said)
    except Unfit as unfit:
        raise Refusal("bad_field", str(unfit)) from None


def _fitting(kind: str, pictures: int) -> catalog.Model | None:
    def fits(model: catalog.Model) -> bool:
        least, most = (model.making or Making()).pictures
        return least <= pictures <= most

    offered = vendor.makers(kind)
    return next(filter(fits, offered), next(iter(offered), None))


def made(generation: Generation) -> list[dict[str, Any]]:
    """The parts of its answer. The same generation again finds the same jobs. Raises Refusal."""
    message = generation.message
    question = message.parent
    text, files = (question.text, question.attached) if question else ("", ())
    wish = wish_of(generation.owner, generation.options["make"], text, files)
    origin = {"conversation": str(message.conversation_id), "message": str(message.pk)}
    jobs = asking.ask(generation.owner, generation.pk, replace(wish, origin=origin))
    pass_over.enqueue()
    return [
        {"kind": "media", "job": str(job.pk), "media": str(job.kind), "model": job.model}
        for job in jobs
    ]


def with_pictures(path: Sequence[Message], owner: UUID) -> list[Message]:
    """The path, each question with the pictures of the answer before it as if it brought them: the
    API takes pictures of people only. One query; none where nothing was made."""
    named = {row.pk: _jobs_of(row) for row in path if not row.is_question and row.has_media}
    keys = [key for keys in named.values() for key in keys]
    if not keys:
        return list(path)
    rows = Job.objects.filter(owner_id=owner, pk__in=keys, kind=Kind.IMAGE, deleted_at=None)
    kept = rows.filter(result__deleted_at=None).select_related("result").in_bulk()

    def made_before(row: Message) -> list[StoredFile]:
        jobs = [kept[key] for key in named.get(row.parent_id or row.pk, ()) if key in kept]
        return [job.result for job in jobs if job.result]

    return [_beside(row, made_before(row)) if row.is_question else row for row in path]


def _jobs_of(row: Message) -> list[UUID]:
    parts = (part for generation in row.all_generations() for part in generation.parts)
    return [UUID(part["job"]) for part in parts if part["kind"] == "media"]


def _beside(row: Message, pictures: Sequence[StoredFile]) -> Message:
    """After its own ones, which its words count from the first."""
    more = [file for file in pictures if file not in row.attached]
    if not more:
        return row
    shown = copy(row)
    shown.attached = [*row.attached, *more]
    shown.made_above = frozenset(file.pk for file in more)
    return shown


def said_by(row: Message) -> str:
    """Its text as a later answer is told it: with a word about what was made."""
    if row.is_question:
        return row.text
    is_chinese = bool(row.parent and language_of(row.parent.text) == "zh-Hans")
    notes = [
        NOTES[part["media"]][is_chinese] % catalog.find(part["model"]).title
        for generation in row.all_generations()
        for part in generation.parts
        if part["kind"] == "media"
    ]
    return "\n".join(filter(None, [row.answer_text(), *notes]))
