"""What somebody does with waiting questions: Send now, Stop, taking back; the order stays."""

from uuid import uuid4

from conversations.models import Conversation, Generation, Message, Status
from tests.conftest import OpenSocket
from tests.socket_client import Frame, Socket, assert_law
from tests.standin import StandIn
from zaichat.accounts.models import User

ENDLESS = "[[script:endless every_ms=10]]"
QUICK = "[[script:count n=2 every_ms=1]]"


async def talk_with_queue(tab: Socket, *texts: str) -> tuple[Frame, list[Frame]]:
    """A reply that never ends by itself, and questions behind it."""
    first = await tab.send(ENDLESS)
    where = {"conversation": first["conversation"]}
    waiting = [await tab.send(f"{QUICK} {text}", **where) for text in texts]
    await tab.text_of(first["generation"], 3)
    return first, waiting


async def send_now(tab: Socket, message: str, **more: object) -> Frame:
    command = str(more.get("id", uuid4()))
    await tab.say(do="send_now", id=command, message=message)
    return await tab.hear_until("queued", id=command)


async def path_of(conversation: str) -> list[str]:
    """The questions on the shown path, without the script's words."""
    row = await Conversation.objects.aget(pk=conversation)
    path = Message.objects.path_to(row.leaf_id).filter(role="user")  # type: ignore[arg-type]
    return [message.text.split("]] ")[-1] async for message in path]


async def test_send_now_stops_the_reply_keeps_its_text_and_asks_this_first(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first, (second, third) = await talk_with_queue(tab, "second", "third")
    answer = await send_now(tab, third["message"])
    assert (answer["message"], answer["position"]) == (third["message"], 1)

    stopped = await tab.hear_until("ended", generation=first["generation"])
    assert stopped["status"] == "stopped"
    assert (await assert_law(tab, first["generation"])).text()
    for waited in (third, second):
        turn = await tab.told("opened", id=waited["id"])
        ended = await tab.told("ended", generation=turn["generation"])
        assert ended["status"] == "done"
    assert await path_of(first["conversation"]) == [ENDLESS, "third", "second"]
    asked = standin.asked("third")[0]["body"]["messages"]
    assert [message["role"] for message in asked] == ["user", "assistant", "user"]


async def test_send_now_said_again_or_too_late_changes_nothing(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    _first, (second,) = await talk_with_queue(tab, "second")
    command = uuid4()
    await send_now(tab, second["message"], id=command)
    await send_now(tab, second["message"], id=command)
    turn = await tab.told("opened", id=second["id"])
    await tab.told("ended", generation=turn["generation"])
    late = await send_now(tab, second["message"], id=command)
    assert late["position"] == 0
    assert len(standin.asked("second")) == 1


async def test_send_now_of_the_last_of_many_keeps_the_others_in_order(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first, waiting = await talk_with_queue(tab, "one", "two", "three", "four")
    await send_now(tab, waiting[2]["message"])
    for place in (2, 0, 1, 3):
        turn = await tab.told("opened", id=waiting[place]["id"])
        await tab.told("ended", generation=turn["generation"])
    order = [ENDLESS, "three", "one", "two", "four"]
    assert await path_of(first["conversation"]) == order
    depths = Message.objects.filter(deleted_at=None).order_by("depth").values_list("depth")
    assert [depth async for (depth,) in depths] == list(range(10))


async def test_after_stop_nothing_starts_that_was_not_asked_for_just_then(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first, (second, _third) = await talk_with_queue(tab, "second", "third")
    await tab.say(do="stop", generation=first["generation"], hold=True)
    await tab.hear_until("ended", generation=first["generation"])
    new = await tab.send(f"{QUICK} new", conversation=first["conversation"])
    assert new["event"] == "opened"
    await tab.hear_until("ended", generation=new["generation"])

    assert standin.asked("second") == []
    waiting = Generation.objects.filter(status=Status.QUEUED)
    assert await waiting.acount() == 2
    assert await path_of(first["conversation"]) == [ENDLESS, "new"]

    answer = await send_now(tab, second["message"])
    assert answer["position"] == 0
    turn = await tab.told("opened", id=second["id"])
    await tab.told("ended", generation=turn["generation"])
    assert await path_of(first["conversation"]) == [ENDLESS, "new", "second"]
    assert await waiting.acount() == 1
    assert standin.asked("third") == []


async def test_what_is_held_can_be_taken_back_and_the_next_stays_held(
    alice: User, open_socket: OpenSocket, standin: StandIn
) -> None:
    tab = await open_socket(alice)
    first, (second, third) = await talk_with_queue(tab, "second", "third")
    await tab.say(do="stop", generation=first["generation"], hold=True)
    await tab.hear_until("ended", generation=first["generation"])
    await tab.say(do="unqueue", message=second["message"])
    await tab.hear_until("unqueued", message=second["message"])
    await tab.engine.sweep()
    assert standin.asked("third") == []

    await send_now(tab, third["message"])
    turn = await tab.told("opened", id=third["id"])
    await tab.told("ended", generation=turn["generation"])
    assert await path_of(first["conversation"]) == [ENDLESS, "third"]


async def test_a_question_beside_held_ones_is_no_version_of_them(
    alice: User, open_socket: OpenSocket
) -> None:
    tab = await open_socket(alice)
    first, _waiting = await talk_with_queue(tab, "second")
    await tab.say(do="stop", generation=first["generation"], hold=True)
    await tab.hear_until("ended", generation=first["generation"])
    new = await tab.send(f"{QUICK} new", conversation=first["conversation"])
    assert "1/2" not in new["html"]
    assert "2/2" not in new["html"]


async def test_another_tab_is_told_when_the_queue_changes(
    alice: User, open_socket: OpenSocket
) -> None:
    tab, other = await open_socket(alice), await open_socket(alice)
    first, (second,) = await talk_with_queue(tab, "second")
    await other.hear_until("hint", what="conversation", id=first["conversation"])
    other.frames.clear()
    await tab.say(do="unqueue", message=second["message"])
    await other.hear_until("hint", what="conversation", id=first["conversation"])


async def test_the_waiting_question_of_somebody_else_cannot_be_sent_now(
    alice: User, mallory: User, open_socket: OpenSocket
) -> None:
    tab, stranger = await open_socket(alice), await open_socket(mallory)
    first, (second,) = await talk_with_queue(tab, "second")
    await stranger.say(do="send_now", id=str(uuid4()), message=second["message"])
    assert (await stranger.hear_until("refused"))["code"] == "not_found"
    assert (await Generation.objects.aget(pk=first["generation"])).status == Status.RUNNING
