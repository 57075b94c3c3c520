"""A prompt is made fuller by a model that chats; what that costs stands in the ledger."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.test import AsyncClient
from django.utils.timezone import now

from conversations.engine import reaper
from media_gen import improving
from tests.standin import StandIn
from zaichat import vendor
from zaichat.accounts.models import LedgerEntry, User
from zaichat.zai import catalog

pytestmark = pytest.mark.usefixtures("process", "standin")


@pytest.fixture
async def hers(alice: User) -> AsyncClient:
    client = AsyncClient()
    await sync_to_async(client.force_login)(alice)
    return client


@pytest.fixture
def dollars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor, "currency", lambda: "USD")
    monkeypatch.setattr(vendor, "platform", lambda: "zai")


async def asked(client: AsyncClient, prompt: str = "a cat", **more: Any) -> Any:
    return await client.post("/studio/improve/", {"prompt": prompt, "model": "glm-image", **more})


async def lines() -> list[tuple[str, str, int]]:
    found = LedgerEntry.objects.order_by("created_at")
    return [(line.purpose, line.kind, line.amount_nano) async for line in found]


@pytest.mark.parametrize(
    ("prompt", "added", "note"),
    [("a cat", "light", "no model"), ("一只猫", "光线", "没有模型参与")],
)
async def test_a_prompt_comes_back_fuller_in_its_language_and_says_by_whom(
    hers: AsyncClient, prompt: str, added: str, note: str
) -> None:
    told = (await asked(hers, prompt)).json()
    assert told["prompt"].startswith(prompt)
    assert added in told["prompt"]
    assert note in told["note"]
    assert told["by"]
    assert told["cost"] == "not billed"


async def test_a_film_is_asked_for_as_a_film_that_begins_with_the_picture(
    hers: AsyncClient, standin: StandIn
) -> None:
    told = await asked(hers, "the tail wags", model="cogvideox-3", picture="any")
    assert "camera" in told.json()["prompt"]
    (request,) = standin.asked("the tail wags")
    rules = request["body"]["messages"][0]["content"]
    assert "films" in rules
    assert "begins with a picture" in rules
    assert "at most 512 characters" in rules


async def test_it_costs_what_the_api_counted(hers: AsyncClient, dollars: None) -> None:
    settings_model = catalog.find("glm-4.6")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(improving, "improver", lambda: settings_model)
        told = (await asked(hers)).json()
    (_, reserve, most), (purpose, settle, cost) = await lines()
    assert (purpose, reserve, settle) == ("prompt", "reserve", "settle")
    assert most > cost > 0
    assert told["cost"].startswith(("$", "< $"))


@pytest.mark.parametrize(
    ("script", "kind", "words"),
    [
        ("[[script:refuse code=1302]]", "refund", "wait a moment"),
        ("[[script:sensitive]]", "settle", ""),
        ("[[script:rst]]", "settle", "connection"),
    ],
)
async def test_a_failure_is_said_in_words_and_closes_the_call(
    hers: AsyncClient, dollars: None, script: str, kind: str, words: str
) -> None:
    answer = await asked(hers, f"a cat {script}")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert [line[1] for line in await lines()] == ["reserve", kind]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"prompt": "  "}, "Field “prompt”: say what is to be made"),
        ({"prompt": "x" * 513, "model": "cogvideox-3"}, "takes at most 512"),
        ({"model": "glm-4.6"}, "Field “model”"),
    ],
)
async def test_what_cannot_be_improved_is_said_by_its_field_and_costs_nothing(
    hers: AsyncClient, fields: dict[str, str], words: str
) -> None:
    answer = await asked(hers, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not await lines()


async def test_only_so_many_are_improved_at_once(
    hers: AsyncClient, alice: User, mallory: User, settings: LazySettings
) -> None:
    settings.MAX_RUNNING_PER_PERSON = 1
    await sync_to_async(improving.begun)(alice, {"prompt": "a cat", "model": "glm-image"})
    assert "already" in (await asked(hers)).content.decode()
    await sync_to_async(improving.begun)(mallory, {"prompt": "a cat", "model": "glm-image"})


async def test_whoever_does_not_wait_for_it_pays_by_estimate(
    alice: User, dollars: None, standin: StandIn
) -> None:
    said = {"prompt": "a cat [[script:silent]]", "model": "glm-image"}
    waiting = asyncio.create_task(improving.propose(alice, said))
    while not await asyncio.to_thread(standin.asked, "a cat"):
        await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert [line[1] for line in await lines()] == ["reserve", "settle"]


def test_what_a_dead_process_left_open_is_closed_by_the_sweep(alice: User) -> None:
    improving.begun(alice, {"prompt": "a cat", "model": "glm-image"})
    LedgerEntry.objects.update(created_at=now() - timedelta(hours=1))
    reaper.settle_forgotten()
    assert [line.kind for line in LedgerEntry.objects.order_by("created_at")] == [
        "reserve",
        "settle",
    ]


def test_the_cheapest_that_can_be_kept_from_thinking_is_asked_unless_the_owner_names_one(
    dollars: None, settings: LazySettings
) -> None:
    chosen = improving.improver()
    assert chosen is not None
    assert chosen.prices["USD"].output == 0
    assert chosen.thinking != "forced"
    settings.PROMPT_MODEL = "glm-5.3"
    assert improving.improver() == catalog.find("glm-5.3")
    settings.PROMPT_MODEL, settings.MODELS = "", ["glm-4.6", "glm-image"]
    assert improving.improver() == catalog.find("glm-4.6")


@pytest.mark.parametrize(
    ("content", "prompt", "note"),
    [
        ("a cat, soft light\n\n---\nLight.", "a cat, soft light", "Light."),
        ("**Prompt:** “a cat, soft light”", "a cat, soft light", ""),
        ("提示词：一只猫，光线柔和\n---\n补充了光线。", "一只猫，光线柔和", "补充了光线。"),
        ("```\na cat\n```", "a cat", ""),
        ("a sign that says “open”", "a sign that says “open”", ""),
        ("", "", ""),
    ],
)
def test_a_proposal_is_cleaned_of_what_models_wrap_around_it(
    content: str, prompt: str, note: str
) -> None:
    assert improving.cleaned(content) == (prompt, note)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("A cat. It sleeps on a", "A cat."),
        ("一只猫。它睡在", "一只猫。"),
        ("a cat that sle", "a cat that"),
    ],
)
def test_what_is_too_long_ends_with_a_whole_sentence(words: str, kept: str) -> None:
    assert improving.shortened(words) == kept
