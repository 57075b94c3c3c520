"""Processes that die or stand still, in the middle of jobs."""

import signal
from collections import Counter

import pytest

from tests.media_gen.conftest import StartHouse
from tests.media_gen.house import MediaHouse, Row
from tests.running import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

FILM = ("cogvideox-2", "720x480")
PICTURE = ("glm-image", "1024x1024")
FAULTS = {"": 5, "fail": 8, "expired 1": 2, "html 1": 1, "cut 1": 1, "lost": 1, "revert": 2}
"""What goes wrong at the vendor -> with how many of the twenty films."""


def test_a_restart_of_everything_loses_no_film_and_pays_for_none_twice(
    start_house: StartHouse,
) -> None:
    house = start_house(0.15)
    house.start(workers=2)
    words = {
        house.ask(f"[[studio:{fault or 'quick'}]] a cat", *FILM): fault
        for fault, times in FAULTS.items()
        for _ in range(times)
    }
    wait_until(lambda: len(house.submits()) >= len(words) // 2, "half of them were asked for")
    wait_until(lambda: "done" in states(house.jobs()), "one is there")
    house.lose_power()
    cut_off = {word for word, row in house.jobs().items() if row["state"] == "submitting"}
    house.start(workers=2)
    ended = house.wait_until_all_ended()
    assert len(ended) == len(words) == 20
    for word, fault in words.items():
        expect_ended(house, ended[word], fault, is_cut_off=word in cut_off)
    assert set(house.submits().values()) == {1}
    assert set(house.submits()) >= set(words) - cut_off


def states(jobs: dict[str, Row]) -> Counter[str]:
    return Counter(row["state"] for row in jobs.values())


def expect_ended(house: MediaHouse, row: Row, fault: str, *, is_cut_off: bool) -> None:
    lines = house.ledger()[row["id"]]
    if is_cut_off:
        assert (row["state"], lines) == ("needs_attention", ["reserve"]), row
    elif fault in ("fail", "lost"):
        error = {"fail": "vendor_failed", "lost": "task_lost"}[fault]
        assert (row["state"], row["error"]) == ("failed", error), row
        assert lines == ["reserve", "refund" if fault == "fail" else "settle"]
        assert row["task_id"]
    else:
        assert row["state"] == "done", row
        assert lines == ["reserve", "settle"]
        house.expect_kept(row)


def test_four_processes_make_each_of_twenty_pictures_once(start_house: StartHouse) -> None:
    house = start_house(0.3)
    house.ask_for_many(20)
    for _ in range(4):
        house.hire()
    house.wait_until_all_ended()
    house.expect_made_once(20)


def test_a_worker_that_stood_still_while_others_went_on_writes_nothing_over(
    start_house: StartHouse,
) -> None:
    house = start_house(0.1)
    house.start(workers=1)
    (slow,) = house.workers
    words = [house.ask("a cat", *PICTURE) for _ in range(5)]
    wait_until(lambda: len(house.submits()) >= 2, "some were asked for")
    house.stand_still(slow)
    house.hire()
    words.append(house.ask("a dog", *PICTURE))
    before = house.wait_until_all_ended()
    slow.signal(signal.SIGCONT)
    slow.signal(signal.SIGTERM)  # it finishes what it has in hand
    assert slow.wait() == 0
    after = house.wait_until_all_ended()
    for word in words:
        if before[word]["state"] == "done":
            assert after[word] == before[word]
    done = [row for row in after.values() if row["state"] == "done"]
    assert len(done) >= len(words) - 2
    assert len(house.rows("SELECT id FROM files_storedfile")) == len(done)
    assert max(house.submits().values()) == 1
    assert "Traceback" not in slow.log.read_text()
