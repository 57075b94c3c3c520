"""What is asked and answered is found as soon as it is saved; nothing is written per word."""

from typing import Any
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conversations.engine import titles
from conversations.models import Conversation, Generation, SearchEntry
from conversations.models.search_entry import AT_ONCE
from conversations.views.finding import find
from tests.conftest import OpenSocket
from zaichat.accounts.models import User


@sync_to_async
def found(user: User, typed: str) -> list[str]:
    return [str(hit.message) for one in find(user, typed).found for hit in one.hits]


async def test_a_question_is_found_from_its_beginning_and_the_answer_from_its_end(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=200 every_ms=3]] 杭州的绿茶")
    assert await found(alice, "绿茶") == [opened["user_message"]]
    assert await found(alice, '"1 2 3"') == []
    ended = await tab.hear_until("ended", generation=opened["generation"])
    assert ended["status"] == "done"
    assert await found(alice, '"198 199 200"') == [opened["message"]]
    assert await SearchEntry.objects.filter(conversation=opened["conversation"]).acount() == 3


async def test_what_was_said_before_a_stop_is_found(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=4000 every_ms=5]]")
    await tab.text_of(opened["generation"], 20)
    await tab.say(do="stop", generation=opened["generation"])
    await tab.hear_until("ended", generation=opened["generation"])
    assert await found(alice, '"1 2 3"') == [opened["message"]]


async def test_an_edited_question_is_found_as_a_version_of_its_own(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first = await tab.send("[[script:count n=1 every_ms=1]] coffee")
    await tab.hear_until("ended", generation=first["generation"])
    command = {"do": "edit", "id": uuid4(), "message": first["user_message"]}
    await tab.say(**command, text="[[script:count n=1 every_ms=1]] tea")
    edited = await tab.answer_to(command["id"])
    await tab.hear_until("ended", generation=edited["generation"])
    assert await found(alice, "tea") == [edited["user_message"]]
    assert await found(alice, "coffee") == [first["user_message"]]


async def test_a_long_question_is_left_to_the_sweep(alice: User, open_socket: OpenSocket) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=1 every_ms=1]] " + "茶" * AT_ONCE)
    await tab.hear_until("ended", generation=opened["generation"])
    assert await found(alice, "茶茶") == []


def test_the_name_a_model_gives_is_found(alice: User) -> None:
    made = Conversation.objects.create(owner=alice, title="first words")
    assert titles.give(Conversation.objects.filter(pk=made.pk), "西湖绿茶")
    (one,) = find(alice, "绿茶").found
    assert one.conversation == made
    assert not find(alice, "first").found


async def test_the_end_of_an_answer_costs_one_statement_more(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    opened = await tab.send("[[script:count n=3 every_ms=1]]")
    await tab.hear_until("ended", generation=opened["generation"])
    assert await statements_to_index(opened["generation"]) == 1


@sync_to_async
def statements_to_index(generation: Any) -> int:
    from conversations.engine import indexing

    run = Generation.objects.select_related("message").get(pk=generation)
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        assert run.ended_at is not None
        indexing.add(indexing.entries_of_end(run, run.parts, run.ended_at) or [])
    return len(seen)
