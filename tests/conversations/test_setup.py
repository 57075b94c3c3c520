"""Instructions and parameters of a conversation: what is kept, sent, and told afterwards."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings

from conversations.models import Conversation, Status
from tests.conftest import OpenSocket
from tests.socket_client import Socket, assert_law, row_of
from tests.standin import StandIn
from zaichat.accounts.models import User

ALL = {
    "temperature": 0.2,
    "top_p": 0.5,
    "max_tokens": 300,
    "stop": ["END", "HALT"],
    "do_sample": False,
    "response_format": "json_object",
}
COUNT = "[[script:count n=3 every_ms=1]]"


async def asked(tab: Socket, standin: StandIn, text: str, **fields: Any) -> dict[str, Any]:
    """Have it answered; the one request that was made for it."""
    opened = await tab.send(text, **fields)
    await tab.hear_until("ended", generation=opened["generation"])
    (request,) = await asyncio.to_thread(standin.asked, text)
    body: dict[str, Any] = request["body"]
    return body


async def set_up(person: User, **own: Any) -> Conversation:
    made = await Conversation.objects.acreate(owner=person, title="hi", **own)
    return made


async def test_a_new_chat_takes_its_setup_with_the_first_question(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    setup = {"instructions": "Be brief.", "parameters": ALL}
    body = await asked(tab, standin, f"{COUNT} one", setup=setup)

    assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    assert {name: body[name] for name in ALL} == ALL | {"response_format": {"type": "json_object"}}
    kept = await Conversation.objects.aget(owner=alice)
    assert (kept.instructions, kept.parameters) == ("Be brief.", ALL)


async def test_every_further_answer_is_asked_as_the_conversation_is_set_up_then(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    kept = await set_up(alice, instructions="Rhyme.", parameters={"temperature": 0.0})
    first = await asked(tab, standin, f"{COUNT} one", conversation=kept.pk)
    await Conversation.objects.filter(pk=kept.pk).aupdate(instructions="", parameters={})
    second = await asked(tab, standin, f"{COUNT} two", conversation=kept.pk)

    assert (first["messages"][0]["content"], first["temperature"]) == ("Rhyme.", 0.0)
    assert [message["role"] for message in second["messages"]] == ["user", "assistant", "user"]
    assert "temperature" not in second


async def test_nothing_is_sent_where_nothing_was_set(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    body = await asked(await open_socket(alice), standin, f"{COUNT} plain")
    assert body.keys() == {"model", "messages", "stream", "user_id"}


async def test_an_existing_conversation_is_not_set_up_by_the_way(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    kept = await set_up(alice)
    refused = await tab.send("hi", conversation=kept.pk, setup={"instructions": "x"})
    assert refused["code"] == "bad_field"
    assert "“setup”" in refused["message"]


async def test_what_was_really_sent_is_kept_beside_the_answer(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    setup = {"parameters": {"temperature": 0.4, "stream": False}}
    options = {"thinking": "high"}
    opened = await tab.send(COUNT, model="glm-5.2", setup=setup, options=options)
    await tab.hear_until("ended", generation=opened["generation"])

    row = await row_of(opened["generation"])
    assert row.options["sent"] == {
        "model": "glm-5.2",
        "stream": False,
        "thinking": {"type": "enabled"},
        "reasoning_effort": "high",
        "temperature": 0.4,
    }
    assert row.options["context"] == row.usage["prompt"] + row.usage["completion"] - (
        row.usage.get("reasoning") or 0
    )


async def test_a_further_version_is_asked_as_wished_and_not_as_it_was_told_afterwards(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send(COUNT, options={"thinking": "off"})
    await tab.hear_until("ended", generation=opened["generation"])
    await tab.say(do="regenerate", id=uuid4(), message=opened["message"])
    again = await tab.hear_until("opened")
    row = await row_of(again["generation"])
    assert row.options == {"thinking": "off", "web_search": False}
    await tab.hear_until("ended", generation=again["generation"])


async def test_an_answer_in_one_piece_comes_as_one_event_for_each_part(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send(
        "[[script:think n=5 then=5 every_ms=1]] whole", setup={"parameters": {"stream": False}}
    )
    ended = await tab.hear_until("ended", generation=opened["generation"])

    row = await assert_law(tab, opened["generation"])
    assert [part["kind"] for part in row.parts] == ["reasoning", "text"]
    assert row.seq == 2
    assert row.text() == "1 2 3 4 5 "
    assert "started" not in row.parts[0]
    assert row.first_token_at is not None
    assert (row.status, row.finish_reason) == (Status.DONE, "stop")
    assert row.request_ids
    assert ended["usage"]["completion"] > 0
    (request,) = await asyncio.to_thread(standin.asked, "whole")
    assert request["body"]["stream"] is False


async def test_an_answer_in_one_piece_can_be_stopped_and_its_request_is_closed(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:silent]] whole", setup={"parameters": {"stream": False}})
    await request_arrived(standin, "whole")
    await tab.say(do="stop", generation=opened["generation"])
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert ended["status"] == "stopped"
    assert await closed(standin, "whole")


async def test_answer_now_leaves_the_whole_answer_that_thinks_for_one_that_does_not(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:silent]] whole", setup={"parameters": {"stream": False}})
    await request_arrived(standin, "whole")
    await asyncio.to_thread(answer_next, standin, "count n=2")
    generation = opened["generation"]
    await tab.say(do="answer_now", id=uuid4(), generation=generation)
    await tab.hear_until("ended", generation=generation)

    row = await assert_law(tab, generation)
    assert [part["kind"] for part in row.parts] == ["notice", "text"]
    first, second = await asyncio.to_thread(standin.asked, "whole")
    assert first["ended"] == "client_closed"
    assert second["body"]["thinking"] == {"type": "disabled"}


@pytest.mark.parametrize(
    ("script", "status", "code"),
    [
        ("refuse status=429 code=1113 times=9", "failed", "balance"),
        ("cut", "failed", ""),
        ("sensitive", "blocked", "content_blocked"),
        ("length after=4", "done", ""),
    ],
)
async def test_an_answer_in_one_piece_ends_as_badly_as_a_streamed_one(
    alice: User, open_socket: OpenSocket, script: str, status: str, code: str
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send(f"[[script:{script}]]", setup={"parameters": {"stream": False}})
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert ended["status"] == status
    assert code in (ended["error"] or {"code": ""})["code"]
    await assert_law(tab, opened["generation"])


def answer_next(standin: StandIn, script: str) -> None:
    body = {"script": script, "match": "whole"}
    standin._http.post("/__control/next", json=body).raise_for_status()


async def request_arrived(standin: StandIn, words: str) -> None:
    async with asyncio.timeout(5):
        while not await asyncio.to_thread(standin.asked, words):
            await asyncio.sleep(0.02)


async def closed(standin: StandIn, words: str) -> bool:
    async with asyncio.timeout(5):
        while (await asyncio.to_thread(standin.asked, words))[0]["ended"] != "client_closed":
            await asyncio.sleep(0.02)
    return True


@pytest.mark.parametrize(
    ("model", "wish", "sent"),
    [
        ("glm-4.6", "auto", {}),
        ("glm-4.6", "on", {"thinking": {"type": "enabled"}}),
        ("glm-4.7", "off", {"thinking": {"type": "disabled"}}),
        ("glm-5.2", "max", {"thinking": {"type": "enabled"}, "reasoning_effort": "max"}),
        ("glm-5.3", "off", {"thinking": {"type": "enabled"}, "reasoning_effort": "low"}),
        ("glm-4-plus", "high", {}),
    ],
)
async def test_the_vendor_is_told_how_hard_to_think_in_words_the_model_knows(
    alice: User,
    open_socket: OpenSocket,
    standin: StandIn,
    model: str,
    wish: str,
    sent: dict[str, Any],
) -> None:
    tab = await open_socket(alice)
    body = await asked(tab, standin, f"{COUNT} wish", model=model, options={"thinking": wish})
    assert {k: v for k, v in body.items() if k in ("thinking", "reasoning_effort")} == sent


async def test_a_model_that_cannot_be_silenced_answers_now_with_its_least_effort(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:think n=900 then=1 every_ms=5]] whole", model="glm-5.3")
    await tab.hear_until("events", generation=opened["generation"])
    await asyncio.to_thread(answer_next, standin, "count n=2")
    await tab.say(do="answer_now", id=uuid4(), generation=opened["generation"])
    await tab.hear_until("ended", generation=opened["generation"])
    _first, second = await asyncio.to_thread(standin.asked, "whole")
    assert second["body"]["thinking"] == {"type": "enabled"}
    assert second["body"]["reasoning_effort"] == "low"


async def test_a_model_outside_a_closed_list_is_refused_by_name(
    alice: User, open_socket: OpenSocket, settings: LazySettings
) -> None:
    settings.MODELS = ("glm-4.5-air",)
    tab = await open_socket(alice)
    refused = await tab.send(COUNT, model="glm-4.6")
    assert (refused["code"], "glm-4.6" in refused["message"]) == ("model_unknown", True)
    opened = await tab.send(COUNT, model=None)
    assert (await row_of(opened["generation"])).model == "glm-4.5-air"
    await tab.hear_until("ended", generation=opened["generation"])
