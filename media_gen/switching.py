"""What becomes of the settings when another model is chosen: kept where it can, else said."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from media_gen import choices
from media_gen.jobs.wishes import CHOICES, SWITCHES
from zaichat.zai.catalog import Model
from zaichat.zai.making import Making

SWITCH_LABELS = {
    "with_audio": lambda: _("With sound"),
    "watermark_enabled": lambda: _("The vendor's watermark"),
}


def changes(was: Model | None, now: Model, said: Mapping[str, Any], pictures: int) -> list[str]:
    """Sentences about what somebody had chosen with `was` and cannot have with `now`."""
    before, after = (was.making if was else None), now.making or Making()
    if before is None or was == now:
        return []
    told = [_changed(name, said[name], after) for name in CHOICES if _chosen(name, said, before)]
    told.append(_shape(str(said.get("size", "")), before, after))
    told += [
        _("%(field)s: not with this model") % {"field": SWITCH_LABELS[name]()}
        for name, ability in SWITCHES.items()
        if name == "with_audio" and said.get(name) and not getattr(after, ability)
    ]
    told.append(_too_many(now, pictures))
    return [words for words in told if words]


def _chosen(name: str, said: Mapping[str, Any], before: Making) -> bool:
    """Whether it was somebody's choice, not what the model does unasked."""
    offered = getattr(before, CHOICES[name])
    return said.get(name) in offered[1:]


def _changed(name: str, value: Any, after: Making) -> str:
    offered = getattr(after, CHOICES[name])
    if value in offered:
        return ""
    field = choices.LABELS[name]()
    if not offered:
        return _("%(field)s: not with this model") % {"field": field}
    told = {
        "field": field,
        "now": choices.words(name, offered[0]),
        "before": choices.words(name, value),
    }
    return _("%(field)s: %(now)s instead of %(before)s") % told


def _shape(size: str, before: Making, after: Making) -> str:
    """Another size of the same shape needs no word, nor does what was not chosen."""
    if size not in before.sizes[1:] or not after.sizes:
        return ""
    now, old = choices.ratio_said(choices.fitting(after, size)), choices.ratio_said(size)
    told = {"field": _("Ratio"), "now": now, "before": old}
    return "" if now == old else _("%(field)s: %(now)s instead of %(before)s") % told


def _too_many(now: Model, pictures: int) -> str:
    most = now.making.pictures[1] if now.making else 0
    if pictures <= most:
        return ""
    told = {"model": now.title, "count": most}
    if not most:
        return _("%(model)s takes no pictures; yours are kept for another model") % told
    return _("%(model)s takes %(count)d of your pictures; the others are kept") % told
