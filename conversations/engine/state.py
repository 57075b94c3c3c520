"""What a reply looks like after its events: a pure fold, and its inverse.

The law that every test of the engine checks: folding the events a watcher saw gives the parts in
the row. The browser has a twin of `fold`, tested with the same cases.
"""

from collections.abc import Iterable, Sequence

from conversations.engine.events import Add, Event, New, Part, Set, Withdraw

Parts = tuple[Part, ...]

KEPT_WHEN_WITHDRAWN = ("kind", "started", "ended")


def fold(parts: Parts, event: Event) -> Parts:
    match event:
        case New(part):
            return (*parts, part)
        case Add(index, text):
            return _changed(parts, index, {"text": parts[index].get("text", "") + text})
        case Set(index, changes):
            return _changed(parts, index, dict(changes))
        case Withdraw():
            return tuple(withdrawn(part) for part in parts)


def fold_all(events: Iterable[Event], parts: Parts = ()) -> Parts:
    for event in events:
        parts = fold(parts, event)
    return parts


def withdrawn(part: Part) -> Part:
    return {key: part[key] for key in KEPT_WHEN_WITHDRAWN if key in part}


def difference(old: Sequence[Part], new: Sequence[Part]) -> list[Event] | None:
    """Events that lead from `old` to `new`, or None when only a snapshot can say it.

    `fold_all(difference(old, new), old) == new` whenever it is not None.
    """
    if len(new) < len(old):
        return None
    events: list[Event] = []
    for index, before in enumerate(old):
        step = _part_difference(index, before, new[index])
        if step is None:
            return None
        events += step
    return events + [New(part) for part in new[len(old) :]]


def _part_difference(index: int, old: Part, new: Part) -> list[Event] | None:
    before, after = old.get("text", ""), new.get("text", "")
    if old.keys() - new.keys() or not after.startswith(before):
        return None
    changes = {key: value for key, value in new.items() if key != "text" and old.get(key) != value}
    events: list[Event] = []
    if len(after) > len(before) or ("text" in new and "text" not in old):
        events.append(Add(index, after[len(before) :]))
    if changes:
        events.append(Set(index, changes))
    return events


def _changed(parts: Parts, index: int, changes: Part) -> Parts:
    return (*parts[:index], {**parts[index], **changes}, *parts[index + 1 :])
