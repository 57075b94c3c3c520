"""What pages promise to people who hold on to names: roles, data attributes, addresses."""

from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.contract.client import Tab
from tests.contract.conftest import OpenTab, StartRig
from tests.contract.page import Element, articles, read
from tests.contract.rig import Rig


@pytest.fixture(scope="module")
def rig(start_rig: StartRig) -> Rig:
    return start_rig()


async def asked(open_tab: OpenTab, rig: Rig, text: str) -> dict[str, str]:
    """What was opened by a question that has been answered."""
    tab = await open_tab(rig)
    opened = await tab.send(text)
    await tab.until_ended(opened["generation"])
    return opened


def test_health_is_told_as_json(rig: Rig) -> None:
    answer = rig.get("/healthz", person="")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["content-type"].startswith("application/json")
    health = answer.json()
    assert health["database"]["ok"]
    assert health["storage"]["ok"]
    assert health["api"]["ok"]
    assert not health["workers"]["ok"]  # none was started, and that alone is no failure


@pytest.mark.parametrize("path", ["/", "/settings/", f"/c/{uuid4()}/"])
def test_pages_send_somebody_signed_out_to_the_login(rig: Rig, path: str) -> None:
    answer = rig.get(path, person="")
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["location"].startswith("/accounts/login/")


def test_the_login_form_has_the_promised_fields(rig: Rig) -> None:
    form = read(rig.get("/accounts/login/", person="").text)
    assert form.one("input", name="login")
    assert form.one("input", name="password")["type"] == "password"
    assert form.all("button", type="submit")


def test_a_wrong_password_signs_nobody_in(rig: Rig) -> None:
    with httpx.Client(base_url=rig.origin, trust_env=False) as browser:
        form = read(browser.get("/accounts/login/").text)
        token = form.all("input", name="csrfmiddlewaretoken")[0]["value"]
        said = {"login": "ada", "password": "wrong", "csrfmiddlewaretoken": token}
        answer = browser.post("/accounts/login/", data=said, headers={"Origin": rig.origin})
    assert answer.status_code == HTTPStatus.OK
    assert "sessionid" not in browser.cookies


async def test_a_strangers_conversation_does_not_exist(rig: Rig, open_tab: OpenTab) -> None:
    opened = await asked(open_tab, rig, "[[script:count n=3 every_ms=0]]")
    path = f"/c/{opened['conversation']}/"
    assert rig.get(path).status_code == HTTPStatus.OK
    theirs, nobodys = rig.get(path, person="mallory"), rig.get(f"/c/{uuid4()}/")
    assert theirs.status_code == nobodys.status_code == HTTPStatus.NOT_FOUND
    assert opened["message"] not in theirs.text


def test_a_new_conversation_names_its_controls(rig: Rig) -> None:
    page = read(rig.get("/").text)
    assert page.one("html")["lang"] == "en"
    labelled(page, "textarea", "Message")
    for name in ("Send", "Attach files", "Deep thinking", "Web search"):
        assert labelled(page, "button", name), name
    for name in ("Deep thinking", "Web search"):
        assert labelled(page, "button", name)[0]["aria-pressed"] in ("true", "false")
    assert any("Model" in accessible_name(page, one) for one in page.all("button"))
    assert page.all("input", type="file")
    assert any("New chat" in accessible_name(page, link) for link in page.all("a"))
    transcript = page.one(role="log")
    assert transcript["aria-live"] == "off"
    assert transcript["aria-label"] == "Conversation"
    assert len(page.all(role="status")) == 1


async def test_a_conversation_shows_each_message_as_an_article(rig: Rig, open_tab: OpenTab) -> None:
    words = f"[[script:think n=3 then=4 every_ms=0]] <b>{uuid4()}</b>"
    opened = await asked(open_tab, rig, words)
    html = rig.get(f"/c/{opened['conversation']}/").text
    question, answer = articles(html)

    assert (question.role, question.message) == ("user", opened["user_message"])
    assert question.text.strip() == words
    assert (answer.role, answer.message) == ("assistant", opened["message"])
    assert (answer.status, answer.generation) == ("done", opened["generation"])
    assert answer.texts == ("1 2 3 4 ",)
    assert "t1 t2 t3" in answer.reasoning[0]
    assert "Thought for" in answer.reasoning[0]
    assert read(html).one(role="log").all("article")
    for name in ("Copy", "Edit", "Regenerate"):
        assert labelled(read(html), "button", name), name


async def test_the_page_of_a_streaming_answer_says_how_far_it_is(
    rig: Rig, open_tab: OpenTab
) -> None:
    tab = await open_tab(rig)
    opened = await tab.send("[[script:endless every_ms=10]]")
    await tab.until_seen(opened["generation"], 5)
    article = articles(rig.get(f"/c/{opened['conversation']}/").text)[-1]
    assert article.status == "streaming"
    assert article.text == "".join(f"{number} " for number in range(1, article.seq + 1))
    await tab.leave()
    assert articles(rig.get(f"/c/{opened['conversation']}/").text)[-1].status == "stopped"


def test_pages_speak_chinese_to_a_browser_that_asks_for_it(rig: Rig) -> None:
    headers = {"Cookie": rig.cookie(), "Accept-Language": "zh-CN,zh;q=0.9"}
    answer = httpx.get(f"{rig.origin}/", headers=headers, trust_env=False)
    assert read(answer.text).one("html")["lang"] == "zh-Hans"


async def test_nobody_opens_a_socket_without_a_session_or_from_elsewhere(rig: Rig) -> None:
    foreign = Tab(rig.origin, rig.cookie())
    foreign.says_it_is_from = "http://evil.example"
    for tab in (Tab(rig.origin, ""), foreign):
        with pytest.raises(InvalidStatus) as denied:
            await tab.open()
        assert denied.value.response.status_code == HTTPStatus.FORBIDDEN


def labelled(page: Element, tag: str, name: str) -> list[Element]:
    return [one for one in page.all(tag) if accessible_name(page, one) == name]


def accessible_name(page: Element, element: Element) -> str:
    """As far as our pages need it: aria-label, else the label for it, else its text."""
    if element["aria-label"]:
        return element["aria-label"]
    labels = [
        label for label in page.all("label") if label["for"] and label["for"] == element["id"]
    ]
    return " ".join((labels[0] if labels else element).text.split())
