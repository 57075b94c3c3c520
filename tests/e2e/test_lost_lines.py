"""A network that goes away, comes back, and loses the one frame that mattered."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.contract.client import sign_in
from tests.contract.rig import PASSWORD
from tests.e2e.chat import Chat, numbers
from tests.e2e.conftest import Watch, parsed
from tests.e2e.line import AWAY, Frame, Line, first
from tests.e2e.patience import eventually
from tests.e2e.rig import House
from tests.standin import StandIn

OpenPage = Callable[[], Page]
IN_THE_TUNNEL = ("first in the tunnel", "second in the tunnel")
ADOPTED = "document.addEventListener('conversation-adopted', (e) => adopted(e.detail.conversation))"


@pytest.fixture
def page_of_ada(visit: Callable[..., Page], house: House, cookies: dict[str, str]) -> OpenPage:
    return lambda: visit(house.origin, cookies)


def test_what_is_sent_offline_waits_in_sight_and_is_sent_once(
    page_of_ada: OpenPage, watch: Watch, standin_process: StandIn
) -> None:
    watch.expects(*AWAY)
    page = page_of_ada()
    line = Line(page)
    chat = Chat(page).open()
    with away(chat, line):
        chat.say("written on a train")
        expect(chat.chips).to_contain_text("written on a train")
    chat.expect_end()
    expect(chat.banner).to_be_hidden()
    expect(chat.chips).to_have_count(0)
    assert len(standin_process.asked("written on a train")) == 1


def test_two_messages_written_offline_are_answered_one_under_the_other(
    page_of_ada: OpenPage, watch: Watch, standin_process: StandIn
) -> None:
    watch.expects(*AWAY)
    page = page_of_ada()
    line = Line(page)
    chat = Chat(page).open()
    chat.ask("before the tunnel")
    with away(chat, line):
        chat.say("first in the tunnel")
        chat.say("second in the tunnel")
        expect(chat.chips).to_have_count(2)
    expect_in_order(chat, standin_process, "before the tunnel", *IN_THE_TUNNEL)


def test_two_messages_written_offline_begin_one_conversation(
    page_of_ada: OpenPage, watch: Watch, standin_process: StandIn
) -> None:
    watch.expects(*AWAY)
    page = page_of_ada()
    line = Line(page)
    chat = Chat(page).open()
    with away(chat, line):
        chat.say("first underground")
        chat.say("second underground")
        expect(chat.chips).to_have_count(2)
    expect_in_order(chat, standin_process, "first underground", "second underground")


def test_what_was_sent_while_the_server_was_away_survives_a_reload(
    start_house: Callable[..., House],
    visit: Callable[..., Page],
    watch: Watch,
    standin_process: StandIn,
) -> None:
    watch.expects(*AWAY)
    house = start_house()
    page = visit(house.origin, parsed(sign_in(house.origin, "ada", PASSWORD)))
    chat = Chat(page).open()
    house.server.kill()
    expect(chat.banner).to_be_visible()
    chat.say("said to nobody")
    expect(chat.chips).to_contain_text("said to nobody")
    house.server.start()
    house.server.wait_until_ready()
    page.reload()
    chat.expect_end()
    expect(chat.questions).to_have_count(1)
    assert len(standin_process.asked("said to nobody")) == 1


def test_a_reload_that_crosses_the_first_answer_lands_in_the_conversation(
    page_of_ada: OpenPage, house: House, standin_process: StandIn
) -> None:
    page = page_of_ada()
    # Playwright marks the functions it is given, which built-in ones do not bear.
    held: list[Route] = []
    adopted: list[str] = []
    page.expose_function("adopted", lambda name: adopted.append(name))  # noqa: PLW0108
    page.add_init_script(ADOPTED)
    chat = Chat(page).open()
    chat.box.fill("sent while the page was leaving")
    page.route(f"{house.origin}/", lambda route: held.append(route))  # noqa: PLW0108
    chat.send_button.evaluate("button => { button.click(); location.reload() }")
    eventually(page, lambda: held and adopted, "no conversation was begun")
    held[0].continue_()
    page.wait_for_url(f"**/c/{adopted[0]}/", wait_until="load")
    chat.expect_end()
    expect(chat.questions).to_have_count(1)
    assert len(standin_process.asked("sent while the page was leaving")) == 1


def test_a_lost_answer_to_a_command_opens_no_second_turn(
    page_of_ada: OpenPage, watch: Watch, standin_process: StandIn
) -> None:
    watch.expects("WebSocket connection to")
    page = page_of_ada()
    line = Line(page)
    chat = Chat(page).open()
    line.loses = line.breaks_after = lambda frame: frame["event"] == "opened"
    chat.say("was I heard?")
    expect(chat.chips).to_be_visible()
    eventually(page, lambda: line.opened >= 2, "the line was not opened again")
    line.loses = line.breaks_after = lambda frame: False
    line.drop()
    chat.expect_end()
    expect(chat.questions).to_have_count(1)
    assert len(standin_process.asked("was I heard?")) == 1
    assert line.lost
    assert {frame["id"] for frame in line.lost} == {line.lost[0]["id"]}


def test_a_lost_end_settles_by_itself(page_of_ada: OpenPage) -> None:
    page = page_of_ada()
    line = Line(page)
    line.loses = first(lambda frame: frame["event"] == "ended")
    chat = Chat(page).open()
    chat.say("[[script:count n=10 every_ms=10]]")
    expect(chat.answer).to_have_attribute("data-status", "done", timeout=25_000)
    chat.expect_read(numbers(10))
    assert line.opened == 1
    assert len(line.lost) == 1


def test_a_line_that_breaks_twenty_times_in_one_answer_loses_and_repeats_nothing(
    page_of_ada: OpenPage, house: House
) -> None:
    page = page_of_ada()
    # The page's pauses before it tries again are kept short: chance is at its least.
    page.add_init_script("Math.random = () => 0")
    line = Line(page)
    chat = Chat(page).open()
    line.breaks_after = lambda frame: is_text(frame) and line.opened <= 20
    chat.say("[[script:count n=320 every_ms=40]]")
    expect(chat.answer).to_have_attribute("data-status", "done", timeout=50_000)
    chat.expect_read(numbers(320))
    assert line.opened == 21
    assert len(house.upstream.asked("n=320")) == 1


@contextmanager
def away(chat: Chat, line: Line) -> Iterator[None]:
    """No network meanwhile."""
    chat.page.context.set_offline(True)
    line.cut()
    expect(chat.banner).to_be_visible()
    yield
    chat.page.context.set_offline(False)
    line.mend()


def expect_in_order(chat: Chat, standin: StandIn, *questions: str) -> None:
    """Every question is answered, below the one before it, and was asked once."""
    for _ in ("as it came", "as it is kept"):
        chat.expect_end(answers=len(questions))
        expect(chat.questions).to_have_count(len(questions))
        for place, question in enumerate(questions):
            expect(chat.questions.nth(place)).to_contain_text(question)
        expect(chat.chips).to_have_count(0)
        chat.page.reload()
    (request,) = standin.asked(questions[-1])
    assert all(question in str(request["body"]["messages"]) for question in questions)


def is_text(frame: Frame) -> bool:
    return frame["event"] in ("events", "snapshot")
