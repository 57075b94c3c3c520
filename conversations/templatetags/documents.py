"""What was read of documents, in words.

Its twin for streaming answers is static/js/chat/documents.js, tested with the same cases.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zaichat.files.models import StoredFile
from zaichat.files.units import PAGE, PART, SHEET, SLIDE, unit_of

register = template.Library()

MOST_RANGES = 12
ICONS = {
    "table": ("xlsx", "xls", "ods", "csv", "tsv"),
    "code": ("json", "html", "htm", "xml", "py", "js", "ts", "css", "c", "h", "cpp", "go", "rs"),
}
PAGED = ("PDF", "Word")
OFFICE = ("Word", "Excel", "PowerPoint")
"""What people know by the name of its program."""

SAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.filter
def read_words(part: Mapping[str, Any]) -> str:
    """`Read: report.pdf – all 60 pages`. Nothing where an answer only goes on."""
    files = part.get("files") or ()
    if not files or part.get("again"):
        return ""
    documents = _("; ").join(map(read_of, files))
    if not any(file.get("pages") or file.get("unseen") for file in files):
        return _("Not read: %(documents)s") % {"documents": documents}
    return _("Read: %(documents)s") % {"documents": documents}


def read_of(file: Mapping[str, Any]) -> str:
    pages, count = file.get("pages") or [], int(file.get("page_count") or 0)
    unseen = file.get("unseen") or []
    unit = str(file.get("unit") or PAGE)
    about = {"name": file.get("name", ""), "count": count, "counted": counted(unit, count)}
    about["places"] = places(unit, pages)
    given = sum(last - first + 1 for first, last in [*pages, *unseen])
    if not pages and not unseen:
        said = _("%(name)s – nothing of it fitted") % about
    elif not pages:
        said = _("%(name)s – no page") % about
    elif given < count:
        said = _("%(name)s – %(places)s of %(count)s: the rest did not fit") % about
    elif unseen:
        said = _("%(name)s – %(places)s of %(count)s") % about
    else:
        said = (
            _("%(name)s – all %(counted)s") if count > 1 else _("%(name)s – %(counted)s")
        ) % about
    return said + cut_of(file, unit) + unseen_of(unseen)


def cut_of(file: Mapping[str, Any], unit: str) -> str:
    cut = file.get("cut") or []
    return _(" (only the beginning of %(places)s)") % {"places": places(unit, cut)} if cut else ""


def counted(unit: str, count: int) -> str:
    """`3 sheets`."""
    words = {
        PAGE: ngettext("%(count)d page", "%(count)d pages", count),
        SHEET: ngettext("%(count)d sheet", "%(count)d sheets", count),
        SLIDE: ngettext("%(count)d slide", "%(count)d slides", count),
        PART: ngettext("%(count)d part", "%(count)d parts", count),
    }
    return words.get(unit, words[PAGE]) % {"count": count}


def places(unit: str, ranges: Sequence[Sequence[int]]) -> str:
    """`sheets 1, 3–4`."""
    is_one = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    words = {
        PAGE: _("page %(numbers)s") if is_one else _("pages %(numbers)s"),
        SHEET: _("sheet %(numbers)s") if is_one else _("sheets %(numbers)s"),
        SLIDE: _("slide %(numbers)s") if is_one else _("slides %(numbers)s"),
        PART: _("part %(numbers)s") if is_one else _("parts %(numbers)s"),
    }
    return words.get(unit, words[PAGE]) % {"numbers": numbers(ranges)}


def unseen_of(unseen: Sequence[Sequence[int]]) -> str:
    if not unseen:
        return ""
    words = _(" (scanned, and not shown to the model: %(pages)s)")
    return words % {"pages": numbers(unseen)}


def numbers(ranges: Sequence[Sequence[int]]) -> str:
    """`1, 12–15`; the first few of many."""
    said = [str(first) if first == last else f"{first}–{last}" for first, last in ranges]
    return _(", ").join([*said[:MOST_RANGES], *(["…"] if len(said) > MOST_RANGES else [])])


@register.filter
def of_kind(files: Sequence[StoredFile], kind: str) -> list[StoredFile]:
    return [file for file in files if file.kind == kind]


@register.filter
def page_url(file: StoredFile, number: int) -> str:
    """Where a page is read."""
    return f"{file.get_absolute_url()}pages/{number}/"


@register.filter
def type_icon(file: StoredFile) -> str:
    ending = file.name.rpartition(".")[2].lower()
    return next((icon for icon, endings in ICONS.items() if ending in endings), "file")


@register.filter
def page_words(file: StoredFile) -> str:
    """`PDF · 60 pages`, `Excel · 3 sheets`: what has no pages of its own is told by its size."""
    layout, count = file.origin.get("format", ""), file.page_count
    unit, said = unit_of(file), filesizeformat(file.size)
    if unit in (SLIDE, SHEET) or (layout in PAGED and count > 1):
        said = counted(unit, count)
    return " · ".join(filter(None, [layout if layout in OFFICE else ending(file.name), said]))


@register.filter
def unit(file: StoredFile) -> str:
    return unit_of(file)


def ending(name: str) -> str:
    """`MD`; nothing where it is too long to be one."""
    _, dot, last = name.rpartition(".")
    return last.upper() if dot and len(last) < 6 else ""


@register.filter
def safe_json(value: object) -> str:
    """For an attribute: also what cleans a page of foreign marks finds nothing in it."""
    return json.dumps(value, ensure_ascii=False).translate(SAFE)
