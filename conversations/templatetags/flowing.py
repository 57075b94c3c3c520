"""An answer that was gone on with reads as one text: what is stored is its runs, one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template

from conversations.models import Generation, Message

register = template.Library()

Part = dict[str, Any]

PLACE = {"kind": "unknown"}
"""Stands where a part was: scripts count the parts of a run."""


@dataclass
class Run:
    """One generation and its parts as they are shown. `is_resumed`: the next one is going on."""

    generation: Generation
    parts: list[Part]
    is_resumed: bool = False


@register.filter
def shown_runs(message: Message) -> Sequence[Run]:
    """The runs of an answer; a sentence that was cut is whole again where it began, as soon as
    nothing of it is being written. Until then a notice stands where it was cut."""
    runs = [Run(one, list(one.parts)) for one in message.all_generations()]
    text: Part | None = None
    for place, run in enumerate(runs):
        if place and run.generation.is_open:
            runs[place - 1].is_resumed = True
            break
        text = _joined(text, run.parts)
        if place < len(runs) - 1:
            run.parts = [PLACE if _asks_to_go_on(part) else part for part in run.parts]
    return runs


def _joined(text: Part | None, parts: list[Part]) -> Part | None:
    """Move what `parts` begin with to the end of `text`, and return the text that they end with."""
    said = [place for place, part in enumerate(parts) if part["kind"] != "notice"]
    if not said:
        return text
    first, last = said[0], said[-1]
    if text is not None and parts[first]["kind"] == "text":
        text["text"] = text.get("text", "") + parts[first].get("text", "")
        parts[first] = PLACE
        if first == last:
            return text
    if parts[last]["kind"] != "text":
        return None
    parts[last] = dict(parts[last])
    return parts[last]


def _asks_to_go_on(part: Mapping[str, Any]) -> bool:
    return part["kind"] == "notice" and part.get("code") == "length"
