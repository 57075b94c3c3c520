"""Every paid call reserves before it is made and is closed exactly once, whatever happens."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.utils.timezone import now

from conversations.engine import reaper, titles
from conversations.models import Conversation, Generation
from tests.conftest import OpenSocket
from tests.standin import StandIn
from zaichat import vendor
from zaichat.accounts import ledger
from zaichat.accounts.ledger import Call, Closing
from zaichat.accounts.models import LedgerEntry, User
from zaichat.zai.tokens import tokens_in


def call(owner: User) -> Call:
    return Call(uuid4(), owner.pk, "chat", uuid4(), "glm-4.6", "USD")


async def lines() -> list[LedgerEntry]:
    return [line async for line in LedgerEntry.objects.order_by("created_at")]


async def test_an_answer_costs_what_the_api_counted(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor, "currency", lambda: "USD")
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=5]]")
    usage = (await tab.hear_until("ended", generation=opened["generation"]))["usage"]

    reserve, settle = await lines()
    assert (reserve.kind, settle.kind) == ("reserve", "settle")
    assert reserve.call == settle.call
    assert reserve.amount_nano > settle.amount_nano > 0
    assert settle.amount_nano == usage["cost_nano"]
    assert settle.amount_nano == usage["prompt"] * 600 + usage["completion"] * 2200
    assert (usage["currency"], settle.estimated) == ("USD", False)


async def test_a_stopped_answer_is_settled_by_estimate(
    alice: User, open_socket: OpenSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor, "currency", lambda: "USD")
    tab = await open_socket(alice)
    opened = await tab.send("[[script:endless every_ms=2]]")
    await tab.text_of(opened["generation"], 20)
    await tab.say(do="stop", generation=opened["generation"])
    usage = (await tab.hear_until("ended", generation=opened["generation"]))["usage"]
    _reserve, settle = await lines()
    assert settle.estimated
    assert usage["estimated"]
    assert settle.amount_nano > 0


async def test_stopping_does_not_make_a_conversation_larger_than_it_was_counted(
    alice: User, open_socket: OpenSocket
) -> None:
    """People saw the gauge jump from 6% to 15% when they stopped the second answer."""
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=300]]" + "   " * 3000)
    counted = await tab.hear_until("ended", generation=opened["generation"])
    assert "estimated" not in counted["usage"]
    first = await Generation.objects.aget(pk=opened["generation"])

    more = await tab.send("[[script:endless every_ms=2]]", conversation=opened["conversation"])
    await tab.text_of(more["generation"], 20)
    await tab.say(do="stop", generation=more["generation"])
    await tab.hear_until("ended", generation=more["generation"])
    stopped = await Generation.objects.aget(pk=more["generation"])
    said = sum(len(part.get("text", "")) for part in stopped.parts)
    added = tokens_in("[[script:endless every_ms=2]]") + tokens_in("x" * said)
    assert abs(stopped.options["context"] - first.options["context"] - added) < 3
    assert stopped.usage["completion"] <= said / 4


async def test_the_stand_in_sends_no_bill(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=5]]")
    usage = (await tab.hear_until("ended", generation=opened["generation"]))["usage"]
    assert (usage["cost_nano"], usage["currency"]) == (0, "XXX")


def test_a_call_is_reserved_and_closed_once(alice: User) -> None:
    paid = call(alice)
    ledger.reserve(paid, 100)
    ledger.close_all([Closing(paid, 70, {"prompt": 1})])
    ledger.close_all([Closing(paid, 70, {"prompt": 1})])
    ledger.close_all([Closing(paid, 0, None)])
    kinds = LedgerEntry.objects.of_call(paid.id).values_list("kind", "amount_nano")
    assert sorted(kinds) == [("reserve", 100), ("settle", 70)]


def test_an_unknown_price_is_not_zero_but_unknown(alice: User) -> None:
    paid = call(alice)
    ledger.reserve(paid, None)
    assert not LedgerEntry.objects.get(call=paid.id).price_known


def test_calls_left_open_are_found(alice: User) -> None:
    lost, closed = call(alice), call(alice)
    for one in (lost, closed):
        ledger.reserve(one, 5)
    ledger.close_all([Closing(closed, 0, None)])
    assert ledger.open_calls([lost.subject, closed.subject]) == [lost]


async def test_a_title_is_asked_for_once_and_keeps_out_of_the_way_of_a_typed_one(
    alice: User, open_socket: OpenSocket, standin: StandIn, settings: LazySettings
) -> None:
    settings.TITLES = True
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=2]] first")
    await tab.hear_until("hint", what="title")
    more = await tab.send("[[script:count n=2]] second", conversation=opened["conversation"])
    await tab.hear_until("ended", generation=more["generation"])
    purposes = [line.purpose for line in await lines() if line.kind == "reserve"]
    assert sorted(purposes) == ["chat", "chat", "title"]

    conversation = await Conversation.objects.aget(pk=opened["conversation"])
    await sync_to_async(conversation.rename)("  My   own  ")
    assert (await Conversation.objects.aget(pk=conversation.pk)).title == "My own"


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("Paris in spring", "Paris in spring"),
        ('"Paris in spring."', "Paris in spring"),
        ("**Title: Paris**", "Paris"),
        ("标题：北京之行。", "北京之行"),
        ("《北京之行》", "北京之行"),
        ("解释“量子纠缠”", "解释“量子纠缠”"),
        ("“红楼梦”与“西游记”", "“红楼梦”与“西游记”"),
        ('"Paris in spring', "Paris in spring"),
        ("Dogs' homes", "Dogs' homes"),
        ("\n\nParis\nand more", "Paris"),
        ("", ""),
        ("word " * 40, ""),
    ],
)
def test_a_title_is_cleaned_of_what_models_wrap_around_it(answer: str, title: str) -> None:
    assert titles.cleaned(answer) == title


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("  why is\nthe sky blue? ", "why is the sky blue?"),
        ("a " * 29 + "word that goes on", "a " * 28 + "a…"),
        ("Tell me, please, everything that is known, about seventeen, things", None),
        ("为" * 61, "为" * 59 + "…"),
        ("see https://example.org/" + "x" * 80, "see https://example.org/" + "x" * 35 + "…"),
    ],
)
def test_a_first_title_is_cut_between_words_and_says_so(question: str, title: str | None) -> None:
    made = titles.first_words(question)
    assert len(made) <= titles.FIRST_WORDS
    assert made == (title or "Tell me, please, everything that is known, about seventeen…")


def test_what_is_set_aside_for_a_film_stays_so_however_long_it_takes(alice: User) -> None:
    """People saw films that cost nothing: their money was given back after half an hour."""
    film, forgotten = replace(call(alice), purpose="video"), call(alice)
    for one in (film, forgotten):
        ledger.reserve(one, 5)
    LedgerEntry.objects.update(created_at=now() - timedelta(hours=1))
    reaper.settle_forgotten()
    assert ledger.open_calls([film.subject, forgotten.subject]) == [film]
