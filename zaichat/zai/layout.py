"""Layout parsing: `POST /layout_parsing`, text of pages with where it stands on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .calls import Ask, Caller
from .chunks import usage_of
from .deltas import Usage
from .errors import BadAnswer

PATH = "/layout_parsing"
MODEL = "glm-ocr"
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """`label`: image, text, formula or table. `box`: left, top, right, bottom as shares of the
    page, None where the API said none."""

    label: str
    content: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutPage:
    """Size in the unit of the file: pixels or points, 0 where it is not said."""

    width: int = 0
    height: int = 0
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`text` is Markdown of all pages."""

    text: str
    pages: tuple[LayoutPage, ...] = ()
    usage: Usage | None = None
    id: str = ""


class LayoutParser:
    """The endpoint of one client."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def parse(
        self, file: str, *, first: int | None = None, last: int | None = None
    ) -> Layout:
        """`file`: an address, or base64 of a PDF (at most 50 MB and 100 pages), JPEG or PNG (10
        MB). `first` and `last`: pages counted from 1. Raises the errors of errors.py."""
        wish = {"start_page_id": first, "end_page_id": last}
        given = {name: page for name, page in wish.items() if page is not None}
        ask = Ask(PATH, {"model": MODEL, "file": file, **given})
        answer = await self._caller.answer(ask)
        try:
            return layout_of(answer)
        except (ValueError, TypeError, AttributeError, LookupError):
            failure = BadAnswer("a layout that cannot be read")
        raise failure


def layout_of(answer: Mapping[str, Any]) -> Layout:
    sizes = (answer.get("data_info") or {}).get("pages") or []
    pages = answer.get("layout_details") or []
    usage = answer.get("usage")
    return Layout(
        text=str(answer["md_results"]),
        pages=tuple(page_of(page, size_at(sizes, number)) for number, page in enumerate(pages)),
        usage=usage_of(usage) if usage else None,
        id=str(answer.get("id") or ""),
    )


def size_at(sizes: list[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    return sizes[number] if number < len(sizes) else {}


def page_of(elements: list[Mapping[str, Any]], size: Mapping[str, Any]) -> LayoutPage:
    return LayoutPage(
        width=int(size.get("width") or 0),
        height=int(size.get("height") or 0),
        elements=tuple(map(element_of, elements)),
    )


def element_of(row: Mapping[str, Any]) -> Element:
    places = row.get("bbox_2d")
    box: Box | None = None
    if places:
        left, top, right, bottom = map(float, places)
        box = (left, top, right, bottom)
    return Element(label=str(row["label"]), content=str(row.get("content") or ""), box=box)
