"""Fold and its inverse: the law on which every watcher stands."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.engine.events import Add, Event, New, Set, Withdraw, from_wire, merged, to_wire
from conversations.engine.state import difference, fold_all

CASES = json.loads((Path(__file__).parents[2] / "fixtures" / "turn_state.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_shared_cases_fold_as_they_say(case: dict) -> None:
    assert list(fold_all(map(from_wire, case["events"]))) == case["parts"]


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Events that could happen: parts begin before they change."""
    events: list[Event] = []
    count = 0
    for _ in range(draw(st.integers(0, 30))):
        kind = draw(st.sampled_from(["new", "add", "add", "set", "withdraw"])) if count else "new"
        if kind == "new":
            part = {"kind": draw(st.sampled_from(["text", "reasoning", "tool"]))}
            events.append(New(part | draw(st.sampled_from([{}, {"text": "a"}, {"started": 1}]))))
            count += 1
        elif kind == "add":
            events.append(Add(draw(st.integers(0, count - 1)), draw(st.text(max_size=3))))
        elif kind == "set":
            changes = draw(st.dictionaries(st.sampled_from(["ended", "name"]), st.integers()))
            events.append(Set(draw(st.integers(0, count - 1)), changes))
        else:
            events.append(Withdraw())
    return events


@given(histories())
def test_events_survive_the_wire(events: list[Event]) -> None:
    assert [from_wire(to_wire(event)) for event in events] == events


@given(histories(), st.lists(st.integers(0, 30)))
def test_frames_fold_alike_wherever_they_are_cut(events: list[Event], cuts: list[int]) -> None:
    edges = sorted({0, len(events), *(cut for cut in cuts if cut <= len(events))})
    parts = fold_all([])
    for start, end in pairwise(edges):
        parts = fold_all(map(from_wire, merged(events[start:end])), parts)
    assert parts == fold_all(events)


@given(histories(), st.integers(0, 30))
def test_the_difference_of_two_states_leads_from_one_to_the_other(
    events: list[Event], cut: int
) -> None:
    before, after = fold_all(events[:cut]), fold_all(events)
    steps = difference(before, after)
    if steps is None:
        assert any(isinstance(event, Withdraw) for event in events[cut:])
    else:
        assert fold_all(steps, before) == after


def test_neighbouring_additions_become_one() -> None:
    events = [New({"kind": "text", "text": "a"}), Add(0, "b"), Add(0, "c"), Set(0, {"ended": 1})]
    assert merged(events) == [
        {"new": {"kind": "text", "text": "a"}},
        {"part": 0, "add": "bc"},
        {"part": 0, "set": {"ended": 1}},
    ]
