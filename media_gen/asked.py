"""Reads the studio's form, which is the same with scripts and without."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from media_gen.jobs import wishes
from media_gen.jobs.wishes import CHOICES, SWITCHES, Unfit, Wish
from zaichat.accounts.models import User
from zaichat.files.made import Unreadable
from zaichat.files.models import Kind
from zaichat.files.receiving import receive
from zaichat.ids import new_id

NUMBERS = ("duration", "fps")


def wish_of(user: User, request: HttpRequest) -> Wish:
    """What the form asks for; pictures that come with it are taken in first. Raises Unfit."""
    said = request.POST
    wishes.check_kind(said.get("kind"), wishes.maker(said.get("model")))
    pictures = [key for key in said.getlist("picture") if key]
    pictures += [_taken(user, upload) for upload in request.FILES.getlist("upload")]
    return wishes.read(
        user,
        {
            "model": said.get("model"),
            "prompt": said.get("prompt", ""),
            "count": _number(said.get("count", "1")),
            "pictures": pictures,
            "parameters": parameters_of(said),
        },
    )


def command_of(said: QueryDict) -> UUID:
    """The form's own id: pressing twice asks once."""
    try:
        return UUID(said.get("command", ""))
    except ValueError:
        return new_id()


def parameters_of(said: QueryDict) -> dict[str, Any]:
    """Fields of the request that were chosen, not judged yet."""
    chosen: dict[str, Any] = {name: said[name] for name in ("size", *CHOICES) if said.get(name)}
    for name in NUMBERS:
        if name in chosen:
            chosen[name] = _number(chosen[name])
    for name in SWITCHES:
        if f"{name}_asked" in said:
            chosen[name] = name in said
    return chosen


def _number(said: str) -> Any:
    """Anything else than a small number is judged like every other wrong value."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else said


def _taken(user: User, upload: "UploadedFile[Any]") -> str:
    try:
        stored = receive(user, upload)
    except Unreadable as refusal:
        raise Unfit("pictures", _reason(upload, str(refusal))) from None
    if stored.kind != Kind.IMAGE:
        stored.delete()  # its bytes go with the next sweep
        raise Unfit("pictures", _reason(upload, _("It is not a picture.")))
    return str(stored.pk)


def _reason(upload: "UploadedFile[Any]", words: str) -> str:
    return _("%(name)s: %(reason)s") % {"name": upload.name, "reason": words}
