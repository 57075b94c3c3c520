"""What somebody wants to have made, checked against what the model can do.

Everything is judged before a row or a coin moves; what does not fit is said by its field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaichat import vendor
from zaichat.accounts.models import User
from zaichat.files.models import Kind, StoredFile
from zaichat.files.quota import StorageFull, check_room
from zaichat.zai import catalog
from zaichat.zai.catalog import Model
from zaichat.zai.making import Making

MOST_AT_ONCE = 8
"""Variants of one wish: the API makes one with each request."""

CHOICES = {
    "quality": "qualities",
    "duration": "lengths",
    "fps": "rates",
    "aspect_ratio": "ratios",
    "style": "styles",
    "movement_amplitude": "movements",
}
"""Field of the request -> what the model allows."""

SWITCHES = {"with_audio": "sound", "watermark_enabled": "watermark"}


class Unfit(Exception):
    """A wish that cannot be fulfilled; says why, by field, to the person."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(_("Field “%(place)s”: %(reason)s") % {"place": place, "reason": reason})
        self.place = place


@dataclass(frozen=True, slots=True)
class Wish:
    """`parameters` are fields of the request; `pictures` what it starts from, in order."""

    model: Model
    prompt: str
    parameters: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[StoredFile, ...] = ()
    count: int = 1
    origin: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.model.kind


def read(user: User, said: Mapping[str, Any]) -> Wish:
    """`{"model", "prompt", "count", "pictures": [uuid], "parameters": {…}}`. Raises Unfit."""
    model = maker(said.get("model"))
    making = model.making or Making()
    pictures = _pictures(user, said.get("pictures", []), model, making)
    is_needed = model.kind == "image" or making.needs_prompt or not pictures
    prompt = prompt_in(said.get("prompt", ""), model, is_needed=is_needed)
    parameters = _parameters(said.get("parameters", {}), making)
    if len(pictures) > 1 and "speed" in making.qualities:
        # First and last frame are only made fast (videos/generations, `quality`).
        parameters["quality"] = "speed"
    count = _count(said.get("count", 1))
    _check_storage(user)
    return Wish(model, prompt, parameters, pictures, count)


def _check_storage(user: User) -> None:
    """What nobody has room for is not paid for."""
    try:
        with transaction.atomic():
            check_room(user, 1)
    except StorageFull as refusal:
        raise Unfit("storage", str(refusal)) from None


def maker(name: object) -> Model:
    """The model that makes pictures or films by this name. Raises Unfit."""
    model = catalog.find(name) if isinstance(name, str) else None
    if model is None or model.making is None or not vendor.may_use(model.name):
        raise Unfit("model", _("it must be one that makes pictures or films here"))
    return model


def check_kind(said: str | None, model: Model) -> None:
    """What is paid for is what was selected. Raises Unfit."""
    if said in (None, "", model.kind):
        return
    words = _("%(model)s makes no films") if said == "video" else _("%(model)s makes no pictures")
    raise Unfit("kind", words % {"model": model.title})


def prompt_in(said: object, model: Model, *, is_needed: bool = True) -> str:
    """What was typed, within what the model takes. Raises Unfit."""
    if not isinstance(said, str):
        raise Unfit("prompt", _("it must be text"))
    prompt = said.strip()
    most = (model.making or Making()).max_prompt
    if len(prompt) > most:
        words = _("it has %(count)d characters; %(model)s takes at most %(limit)d")
        numbers = {"count": len(prompt), "model": model.title, "limit": most}
        raise Unfit("prompt", words % numbers)
    if not prompt and is_needed:
        raise Unfit("prompt", _("say what is to be made"))
    return prompt


def _pictures(user: User, said: object, model: Model, making: Making) -> tuple[StoredFile, ...]:
    keys = _keys(said)
    least, most = making.pictures
    if not least <= len(keys) <= most:
        raise Unfit("pictures", _how_many(model, least, most))
    rows = StoredFile.objects.visible_to(user).filter(kind=Kind.IMAGE).in_bulk(keys)
    if len(rows) < len(set(keys)):
        raise Unfit("pictures", _("a picture was not found"))
    for row in rows.values():
        if row.size > making.picture_bytes:
            words = _("“%(name)s” is larger than the %(limit)d MB that %(model)s takes")
            limit = making.picture_bytes // 1_000_000
            told = {"name": row.name, "limit": limit, "model": model.title}
            raise Unfit("pictures", words % told)
    return tuple(rows[key] for key in keys)


def _how_many(model: Model, least: int, most: int) -> str:
    if least == most:
        words = ngettext(
            "%(model)s starts from %(count)d picture",
            "%(model)s starts from %(count)d pictures",
            most,
        )
        return words % {"model": model.title, "count": most}
    words = _("%(model)s starts from %(least)d to %(most)d pictures")
    return words % {"model": model.title, "least": least, "most": most}


def _keys(said: object) -> list[UUID]:
    try:
        return [UUID(str(key)) for key in said] if isinstance(said, list) else _raise()
    except ValueError:
        raise Unfit("pictures", _("it must be a list of ids")) from None


def _raise() -> list[UUID]:
    raise ValueError


def _parameters(said: object, making: Making) -> dict[str, Any]:
    if not isinstance(said, Mapping):
        raise Unfit("parameters", _("it must be an object"))
    for name in said:
        if name not in {"size", *CHOICES, *SWITCHES}:
            raise Unfit(str(name)[:40], _("it is not known"))
    chosen = {name: value for name, value in said.items() if value not in (None, "")}
    for name, value in chosen.items():
        _check(name, value, making)
    return chosen


def _check(name: str, value: object, making: Making) -> None:
    if name == "size":
        if not (isinstance(value, str) and making.allows_size(value)):
            raise Unfit(name, _allowed(making.sizes))
    elif name in SWITCHES:
        if not (isinstance(value, bool) and getattr(making, SWITCHES[name])):
            raise Unfit(name, _("this model cannot be told"))
    elif isinstance(value, bool) or value not in getattr(making, CHOICES[name]):
        raise Unfit(name, _allowed(getattr(making, CHOICES[name])))


def _allowed(values: Sequence[object]) -> str:
    if not values:
        return _("this model cannot be told")
    return _("it must be one of %(allowed)s") % {"allowed": ", ".join(map(str, values))}


def _count(said: object) -> int:
    if type(said) is not int or not 1 <= said <= MOST_AT_ONCE:
        raise Unfit("count", _("it must be from 1 to %(limit)d") % {"limit": MOST_AT_ONCE})
    return said
