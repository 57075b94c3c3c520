"""Stop, answer now, and ends that nobody asked for: the text stays, and the state says why."""

import asyncio
from typing import Any

import pytest

from conversations.consumers import ChatConsumer
from conversations.engine import turn
from conversations.models import Generation, Status
from tests.conftest import OpenSocket
from tests.socket_client import assert_law, row_of, said, thought
from tests.standin import StandIn
from zaichat.accounts.models import LedgerEntry, User


async def closed_upstream(standin: StandIn, words: str) -> bool:
    """Whether the vendor's side of the request about `words` was closed by us, within 2 s."""
    for _ in range(100):
        if [r["ended"] for r in await asyncio.to_thread(standin.asked, words)] == ["client_closed"]:
            return True
        await asyncio.sleep(0.02)
    return False


async def test_stop_keeps_the_text_and_closes_the_request(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=5]] stop me")
    await tab.text_of(opened["generation"], 10)
    await tab.say(do="stop", generation=opened["generation"])
    ended = await tab.hear_until("ended", generation=opened["generation"])

    assert ended["status"] == "stopped"
    assert ended["error"] is None
    assert await closed_upstream(standin, "stop me")
    row = await assert_law(tab, opened["generation"])
    assert len(row.text()) >= 10


async def test_stop_from_another_tab_after_a_reload(alice: User, open_socket: OpenSocket) -> None:
    first, second = await open_socket(alice), await open_socket(alice)
    opened = await first.send("[[script:endless every_ms=5]]")
    await first.text_of(opened["generation"], 5)
    await second.say(do="stop", generation=opened["generation"])

    assert (await second.hear_until("ended", generation=opened["generation"]))[
        "status"
    ] == "stopped"
    assert (await first.hear_until("ended", generation=opened["generation"]))["status"] == "stopped"
    await assert_law(first, opened["generation"])
    await assert_law(second, opened["generation"])


async def test_stop_before_the_first_word(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:silent]]")
    await tab.say(do="stop", generation=opened["generation"])
    assert (await tab.hear_until("ended"))["status"] == "stopped"
    assert (await assert_law(tab, opened["generation"])).parts == []


async def test_stop_of_an_ended_reply_tells_its_end_again(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=3 every_ms=1]]")
    await tab.hear_until("ended")
    await tab.say(do="stop", generation=opened["generation"])
    assert (await tab.hear_until("ended"))["status"] == "done"


async def test_answer_now_ends_the_thinking_and_asks_once_more_without_it(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:think n=200 then=3 every_ms=5]] quickly")
    while not thought(tab.parts.get(opened["generation"], ())):
        await tab.hear()
    await tab.say(
        do="answer_now", id="018f0000-0000-7000-8000-000000000001", generation=opened["generation"]
    )
    ended = await tab.hear_until("ended", generation=opened["generation"])

    assert ended["status"] == "done"
    kinds = [part["kind"] for part in tab.parts[opened["generation"]]]
    assert kinds[:2] == ["reasoning", "notice"]
    assert "text" in kinds
    asked = [request["body"].get("thinking") for request in standin.asked("quickly")]
    assert asked[-1] == {"type": "disabled"}
    assert len(asked) == 2
    await assert_law(tab, opened["generation"])
    lines = [line async for line in LedgerEntry.objects.order_by("created_at")]
    assert sorted(line.kind for line in lines) == ["reserve", "reserve", "settle", "settle"]


async def test_answer_now_is_refused_once_the_answer_has_begun(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=5]]")
    await tab.text_of(opened["generation"], 3)
    command = "018f0000-0000-7000-8000-000000000002"
    await tab.say(do="answer_now", id=command, generation=opened["generation"])
    assert (await tab.hear_until("refused"))["code"] == "conflict"


ENDINGS = [
    ("cut after=5", "interrupted", "stream_cut"),
    ("rst after=5", "interrupted", "stream_cut"),
    ("error after=5 code=1302", "failed", "rate_limited"),
    ("length after=5", "done", None),
]


@pytest.mark.parametrize(("script", "status", "code"), ENDINGS)
async def test_whatever_ends_a_stream_the_text_so_far_stays(
    alice: User, open_socket: OpenSocket, script: str, status: str, code: str | None
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send(f"[[script:{script}]]")
    ended = await tab.hear_until("ended", generation=opened["generation"])

    assert ended["status"] == status
    assert (ended["error"] or {}).get("code") == code
    assert said(tab.parts[opened["generation"]])
    await assert_law(tab, opened["generation"])


async def test_sensitive_content_is_taken_back(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:sensitive after=5]]")
    ended = await tab.hear_until("ended", generation=opened["generation"])

    assert ended["status"] == "blocked"
    assert said(tab.parts[opened["generation"]]) == ""
    row = await assert_law(tab, opened["generation"])
    assert row.text() == ""
    assert row.parts[-1] == {"kind": "notice", "code": "withdrawn"}


async def test_a_refused_request_fails_in_words_and_costs_nothing_twice(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:refuse status=429 code=1113 times=9]] no money")
    ended = await tab.hear_until("ended", generation=opened["generation"])

    assert ended["status"] == "failed"
    assert ended["error"]["vendor_code"] == "1113"
    assert "1113" not in ended["error"]["message"]
    assert len(standin.asked("no money")) == 1
    closing = LedgerEntry.objects.exclude(kind="reserve")
    assert await closing.acount() == 1


async def test_a_server_that_shuts_down_interrupts_and_keeps_the_text(
    alice: User, open_socket: OpenSocket
) -> None:
    from conversations.engine import lifecycle

    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=5]]")
    text = await tab.text_of(opened["generation"], 5)
    await lifecycle.shutdown()

    row = await row_of(opened["generation"])
    assert row.status == Status.INTERRUPTED
    assert row.text().startswith(text)
    assert row.parts[-1] == {"kind": "notice", "code": "interrupted"}
    assert not await Generation.objects.open().aexists()


async def test_an_answer_without_end_is_cut_at_the_limit_and_says_so(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "MAX_TEXT", 50)
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=1]]")
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert (ended["status"], ended["error"]["code"]) == ("failed", "too_long_answer")
    assert len(said(tab.parts[opened["generation"]])) == 50
    await assert_law(tab, opened["generation"])


async def test_the_end_of_what_was_stopped_is_told_once_also_when_it_comes_before_stop_is_done(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=5]]")
    stop, heard, followed = tab.engine.stop, asyncio.Event(), []

    async def is_slow(*what: Any, **how: Any) -> None:
        await stop(*what, **how)
        await heard.wait()

    monkeypatch.setattr(tab.engine, "stop", is_slow)
    monkeypatch.setattr(ChatConsumer, "follow", lambda _self, key, _seen: followed.append(key))
    await tab.say(do="stop", generation=opened["generation"])
    await tab.hear_until("ended", generation=opened["generation"])
    heard.set()
    await tab.say(do="ping")
    await tab.hear_until("pong")
    assert followed == []
