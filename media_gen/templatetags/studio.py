"""How jobs look."""

import json

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_gen import shown
from media_gen.choices import ratio_of
from media_gen.jobs import moving
from media_gen.models import Job
from zaichat import vendor
from zaichat.accounts import money
from zaichat.zai import catalog

register = template.Library()
register.filter("reason", shown.reason)
register.filter("is_refused", shown.is_refused)
register.filter("asks_for_other_words", shown.asks_for_other_words)
register.filter("seconds_since", shown.seconds_since)
register.filter("may_fetch", moving.may_fetch)

SQUARE = (1, 1)
USUAL_SIDES = {"image": SQUARE, "video": (16, 9)}


@register.filter
def sides(job: Job) -> tuple[int, int]:
    """Width and height that it has, or will have."""
    if job.result and job.result.width and job.result.height:
        return job.result.width, job.result.height
    size = str(job.parameters.get("size") or job.parameters.get("aspect_ratio") or "")
    width, _colon, height = size.replace(":", "x").partition("x")
    if width.isdecimal() and height.isdecimal():
        return int(width), int(height)
    making = catalog.find(job.model).making
    first = making.sizes[0] if making and making.sizes else ""
    width, _x, height = first.partition("x")
    return (int(width), int(height)) if height else USUAL_SIDES[job.kind]


@register.filter
def ratio(job: Job) -> str:
    return ratio_of(*sides(job))


@register.simple_tag
def usual_time(job: Job) -> shown.Usual:
    return shown.usual_time(job.model, job.kind)


@register.simple_tag
def usual_words(usual: shown.Usual) -> str:
    """`about 20 s`, `usually 2–4 min`."""
    if usual.most < 90:
        return _("about %(seconds)d s") % {"seconds": max(5, round(usual.middle / 5) * 5)}
    least, most = max(1, round(usual.least / 60)), max(1, round(usual.most / 60))
    if least == most:
        return _("usually %(count)d min") % {"count": most}
    return _("usually %(least)d–%(most)d min") % {"least": least, "most": most}


@register.simple_tag
def ordered(kind: str, count: int) -> str:
    """`4 pictures`, `1 film`."""
    if kind == "video":
        words = ngettext("%(count)d film", "%(count)d films", count)
    else:
        words = ngettext("%(count)d picture", "%(count)d pictures", count)
    return words % {"count": count}


@register.simple_tag
def amount_of(nano: int | None, currency: str, count: int) -> str:
    return amount(None if nano is None else nano * count, currency)


@register.filter
def model_title(name: str) -> str:
    return vendor.title_of(name)


@register.simple_tag
def amount(nano: int | None, currency: str) -> str:
    return _("price unknown") if nano is None else money.shown(nano, currency)


@register.filter
def told_as_json(told: dict[str, object]) -> str:
    return json.dumps(told)


@register.filter
def duration_words(seconds: float) -> str:
    """`14 s`, `2 min 5 s`."""
    whole = max(1, round(seconds))
    if whole < 60:
        return _("%(seconds)d s") % {"seconds": whole}
    minutes, rest = divmod(whole, 60)
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


@register.filter
def clock(seconds: float | None) -> str:
    """`0:05`"""
    whole = round(seconds or 0)
    return f"{whole // 60}:{whole % 60:02d}"
