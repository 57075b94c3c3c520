"""The form of the studio: what it offers, and what is chosen in it."""

from typing import Any

from media_gen import choices, improving, shown, switching
from media_gen.jobs import asking
from zaichat import vendor
from zaichat.accounts.asking import uuid_in
from zaichat.accounts.models import User
from zaichat.files.models import Kind, StoredFile
from zaichat.ids import new_id
from zaichat.zai import catalog
from zaichat.zai.making import Making

COUNTS = (1, 2, 3, 4)


def form_of(user: User, said: dict[str, Any]) -> dict[str, Any]:
    """For `_fields.html`. `said` as `beginning.begun` has it; what does not fit is replaced."""
    kind = "video" if said["kind"] == "video" else "image"
    offered = vendor.makers(kind)
    model = next((one for one in offered if one.name == said["model"]), None)
    pictures = pictures_of(user, said["pictures"])
    model = model or _fitting(offered, len(pictures))
    context = {"kind": kind, "models": offered, "model": model}
    if model is None:
        return context
    return context | _chosen(model, said, pictures) | _priced(model)


def _chosen(
    model: catalog.Model, said: dict[str, Any], pictures: list[StoredFile]
) -> dict[str, Any]:
    making, parameters = model.making or Making(), said["parameters"]
    most, was = making.pictures[1], said.get("was")
    is_other = bool(was) and was != model.name
    size = _size(making, parameters.get("size", ""), pictures, is_other)
    return {
        "making": making,
        "changes": switching.changes(
            catalog.find(was) if was else None, model, parameters, len(pictures)
        ),
        "shapes": choices.shapes(making, size),
        "rows": choices.rows(making, parameters, len(pictures[:most])),
        "switches": parameters,
        "prompt": said["prompt"],
        "pictures": pictures[:most],
        "kept": pictures[most:],
        "count": said["count"] if said["count"] in COUNTS else 1,
        "is_ready": said.get("is_ready", False),
        "refusal": said.get("refusal", ""),
        "improver": improving.improver(),
    }


def _priced(model: catalog.Model) -> dict[str, Any]:
    return {
        "counts": COUNTS,
        "price": asking.price_of(model, vendor.currency()),
        "currency": vendor.currency(),
        "usual": shown.usual_time(model.name, model.kind),
        "command": new_id(),
    }


def _size(
    making: Making, chosen: str, pictures: list[StoredFile], is_of_another: bool = False
) -> str:
    """What was chosen, else the shape of the first picture. A size `is_of_another` model's: the
    nearest that this one offers by name, even where it takes any."""
    if chosen and is_of_another and chosen not in making.sizes:
        return choices.nearest(making, *choices.sides(chosen))
    if chosen or not pictures or not pictures[0].width or not pictures[0].height:
        return chosen
    return f"{pictures[0].width}x{pictures[0].height}"


def _fitting(offered: list[catalog.Model], pictures: int) -> catalog.Model | None:
    """The first that can begin with so many pictures."""
    able = [m for m in offered if m.making and m.making.pictures[1] >= pictures]
    return next(iter(able or offered), None)


def pictures_of(user: User, said: list[str]) -> list[StoredFile]:
    """The person's own among these ids, in their order."""
    keys = [key for one in said if (key := uuid_in(one))]
    rows = StoredFile.objects.visible_to(user).filter(kind=Kind.IMAGE).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
