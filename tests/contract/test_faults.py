"""Whatever the API does to a stream, the reply ends in the right state and keeps its text."""

import asyncio

import pytest

from tests.contract.client import Tab, Turn
from tests.contract.conftest import OpenTab, StartRig
from tests.contract.page import articles
from tests.contract.rig import Rig
from tests.contract.words import numbers, unique

SIGNS = "你好🙂é"
FRAMINGS = (
    "lf", "crlf", "cr", "mixed", "nospace", "multiline", "id", "retry", "event", "behind",
    "unknown", "comment", "emptydata", "blank", "bom", "crlf_split",
)  # fmt: skip
WHOLE = [(f"framing kind={kind}", SIGNS) for kind in FRAMINGS] + [
    ("bytes1", SIGNS),
    ("split", "🙂"),
    ("separators", "a\u2028bc\u2029de\u0085f"),
    ("comments", numbers(3)),
    ("malformed n=1", numbers(4)),
    ("odd", numbers(2)),
    ("usage_alone", numbers(3)),
    ("duplicate n=2", "1 1 2 2 "),
    ("no_done", numbers(5)),
    ("lingering after=3", numbers(3)),
    ("zipped", "你好 café"),
    ("charset", "你好 café"),
    ("length", numbers(5)),
]

# script, status, our name for the error, what stays
BROKEN = [
    ("cut after=5", "interrupted", "stream_cut", numbers(5)),
    ("cut after=5 mid=1", "interrupted", "stream_cut", numbers(5)),
    ("rst after=5", "interrupted", "stream_cut", numbers(5)),
    ("no_finish after=5", "interrupted", "stream_cut", numbers(5)),
    ("early after=5", "interrupted", "stream_cut", numbers(5)),
    ("error after=3 code=1302", "failed", "rate_limited", numbers(3)),
    ("error after=3 code=1113", "failed", "no_balance", numbers(3)),
    ("sensitive after=5", "blocked", "content_blocked", ""),
    ("network_error after=4", "failed", "network_error", numbers(4)),
    ("context_exceeded after=4", "failed", "context_exceeded", numbers(4)),
    ("malformed n=3", "failed", "bad_answer", numbers(2)),
    ("html status=200", "failed", "bad_answer", ""),
    ("html status=502", "failed", "server_error", ""),
    ("json200", "failed", "refused", ""),
    ("plain status=503", "failed", "overloaded", ""),
    ("drop", "failed", "connection_lost", ""),
    ("drop fin=1", "failed", "connection_lost", ""),
    ("huge mb=5", "failed", "too_long_answer", "x" * 1024),
]

# script, status, error, how often it is asked; two retries are allowed here
ASKED = [
    ("refuse status=429 code=1302 retry_after=0 times=2", "done", None, 3),
    ("refuse status=429 code=1302 retry_after=0", "failed", "rate_limited", 3),
    ("refuse status=429 code=1302 retry_after=86400", "failed", "rate_limited", 1),
    ("refuse status=429 code=1113 times=1", "failed", "no_balance", 1),
    ("refuse status=400 code=1301", "blocked", "content_blocked", 1),
    ("refuse status=400 code=1210", "failed", "bad_request", 1),
    ("refuse status=500 code=500 retry_after=0 times=1", "done", None, 2),
    ("drop times=1", "failed", "connection_lost", 1),
    ("cut after=1 times=1", "interrupted", "stream_cut", 1),
    ("error after=1 code=1302 times=1", "failed", "rate_limited", 1),
]

# With the whole call limited to a second: what hangs, and what stays.
HANGING = [
    ("stall after=5", numbers(5)),
    ("stall after=5 comments=1 every_ms=50", numbers(5)),
    ("stall after=5 empty=1 every_ms=50", numbers(5)),
    ("hang_body", ""),
    ("silent", ""),
    ("slow_first ms=9000", ""),
]
OUT_OF_TIME = ("timed_out", "stalled", "too_long_answer")


@pytest.fixture(scope="module")
def rig(start_rig: StartRig) -> Rig:
    return start_rig(ZAI_MAX_RETRIES="2", MAX_RUNNING_PER_PERSON="20")


async def answered(tab: Tab, script: str) -> tuple[Turn, str, str]:
    """How it went, the word of the conversation, and its address."""
    text, word = unique(f"[[script:{script}]]")
    opened = await tab.send(text)
    turn = await tab.until_ended(opened["generation"])
    return turn, word, f"/c/{opened['conversation']}/"


def verdict(turn: Turn) -> tuple[str, str | None]:
    """Status and our name of the error."""
    assert turn.ended is not None
    return turn.ended["status"], (turn.ended["error"] or {}).get("code")


@pytest.mark.parametrize(("script", "text"), WHOLE, ids=[script for script, _ in WHOLE])
async def test_however_it_is_framed_the_text_is_the_same(
    rig: Rig, open_tab: OpenTab, script: str, text: str
) -> None:
    turn, word, path = await answered(await open_tab(rig), script)
    assert (*verdict(turn), turn.text()) == ("done", None, text)
    assert articles(rig.get(path).text)[-1].text == text
    assert len(rig.upstream.asked(word)) == 1


@pytest.mark.parametrize(
    ("script", "status", "code", "text"), BROKEN, ids=[case[0] for case in BROKEN]
)
async def test_however_it_breaks_the_text_so_far_stays(
    rig: Rig, open_tab: OpenTab, script: str, status: str, code: str, text: str
) -> None:
    turn, word, path = await answered(await open_tab(rig), script)
    assert verdict(turn) == (status, code)
    assert turn.text()[: len(text) + 1][:1024] == text
    assert (turn.ended or {})["error"]["message"]
    shown = articles(rig.get(path).text)[-1]
    assert (shown.status, shown.text) == (status, turn.text())
    assert len(rig.upstream.asked(word)) == 1


@pytest.mark.parametrize(
    ("script", "status", "code", "times"), ASKED, ids=[case[0] for case in ASKED]
)
async def test_only_what_provably_did_nothing_is_asked_again(
    rig: Rig, open_tab: OpenTab, script: str, status: str, code: str | None, times: int
) -> None:
    turn, word, _path = await answered(await open_tab(rig), script)
    assert verdict(turn) == (status, code)
    assert len(rig.upstream.asked(word)) == times


async def test_an_endless_answer_is_stopped_and_keeps_its_text(rig: Rig, open_tab: OpenTab) -> None:
    tab = await open_tab(rig)
    opened = await tab.send(unique("[[script:endless every_ms=5]]")[0])
    await tab.until_seen(opened["generation"], 50)
    await tab.say(do="stop", generation=opened["generation"])
    turn = await tab.until_ended(opened["generation"])
    assert verdict(turn) == ("stopped", None)
    assert turn.text().startswith(numbers(50))


async def test_nothing_is_waited_for_longer_than_the_limit(
    start_rig: StartRig, open_tab: OpenTab
) -> None:
    rig = start_rig(ZAI_TIMEOUT="1", ZAI_MAX_RETRIES="2", MAX_RUNNING_PER_PERSON="20")
    tabs = [await open_tab(rig) for _ in HANGING]
    ends = await asyncio.gather(
        *(answered(tab, case[0]) for tab, case in zip(tabs, HANGING, strict=True))
    )
    for (script, text), (turn, word, path) in zip(HANGING, ends, strict=True):
        status, code = verdict(turn)
        assert (status, turn.text()) == ("failed", text), script
        assert code in OUT_OF_TIME, script
        assert articles(rig.get(path).text)[-1].text == text, script
        [request] = rig.upstream.asked(word)
        assert request["ended"] == "client_closed", script
