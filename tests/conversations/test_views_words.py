"""What pages say: the list by date, the two languages, models, usage, and pages for errors."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.timezone import now

from conversations.models import Conversation, Message, Status
from conversations.templatetags.conversation import safe_link, thought_for
from conversations.templatetags.person import initials
from conversations.templatetags.usage import details
from tests import factories
from zaichat.accounts.models import User


@pytest.fixture
def visitor(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def page(client: Client, address: str) -> str:
    return str(client.get(address).content, "utf-8")


def aged(owner: User, days: int) -> Conversation:
    made = factories.conversation(owner, f"{days} days old", "yes")
    when = now() - timedelta(days=days)
    Conversation.objects.filter(pk=made.pk).update(last_active_at=when)
    return made


def test_the_list_is_grouped_by_date_newest_first(alice: User, visitor: Client) -> None:
    for days in (0, 400, 1, 5, 20):
        aged(alice, days)
    html = page(visitor, "/sidebar/")
    order = ["Today", "0 days", "Yesterday", "1 days", "Previous 7 days", "5 days"]
    order += ["Previous 30 days", "20 days", "Older", "400 days"]
    places = [html.index(words) for words in order]
    assert places == sorted(places)


def test_the_list_shows_thirty_and_the_way_to_more(alice: User, visitor: Client) -> None:
    for _ in range(33):
        aged(alice, 1)
    assert page(visitor, "/sidebar/").count('class="entry"') == 30
    assert "?shown=60" in page(visitor, "/sidebar/")
    assert page(visitor, "/sidebar/?shown=60").count('class="entry"') == 33
    assert "?shown=" not in page(visitor, "/sidebar/?shown=60")


@pytest.mark.parametrize("shown", ["-1", "x", "9999999999", "٣"])
def test_a_list_of_nonsense_length_is_an_ordinary_list(visitor: Client, shown: str) -> None:
    assert visitor.get("/sidebar/", {"shown": shown}).status_code == 200


def test_a_conversation_that_is_being_answered_is_marked(alice: User, visitor: Client) -> None:
    running = aged(alice, 0)
    aged(alice, 1)
    factories.generation(running.leaf, "so far", Status.RUNNING)
    assert page(visitor, "/sidebar/").count('aria-label="running"') == 1


def test_a_chinese_page_says_everything_in_chinese(alice: User, visitor: Client) -> None:
    conversation = factories.conversation(alice, "你好", "hello")
    User.objects.filter(pk=alice.pk).update(language="zh-hans")
    html = page(visitor, f"/c/{conversation.pk}/")
    assert '<html lang="zh-Hans"' in html
    for words in ("新对话", "深度思考", "联网搜索", "停止生成", "发送", "你说"):
        assert words in html
    seen, _found, _words_for_scripts = html.partition('<script id="words"')
    for words in (">New chat<", "Deep thinking", "Stop generating", "You said"):
        assert words not in seen


def test_scripts_get_their_words_in_the_language_of_the_page(alice: User, visitor: Client) -> None:
    assert '<script id="words" type="application/json">{}</script>' in page(visitor, "/")
    User.objects.filter(pk=alice.pk).update(language="zh-hans")
    html = page(visitor, "/")
    assert '"Copied":' in html
    assert "Choose a Date" not in html, "the panel's words are the panel's"


def test_without_a_key_the_page_says_who_answers_and_how_to_change_it(
    visitor: Client, settings: LazySettings
) -> None:
    settings.LOCAL_DEMO = True
    html = page(visitor, "/")
    assert "Model: Local demo" in html
    assert "ZAI_API_KEY" in html
    assert html.count('class="choice" role="option"') == 1


def test_with_a_key_the_models_of_the_platform_are_offered(
    visitor: Client, settings: LazySettings
) -> None:
    settings.LOCAL_DEMO = False
    settings.ZAI_BASE_URL = "https://api.z.ai/api/paas/v4"
    html = page(visitor, "/")
    assert "Model: GLM-4.6" in html
    assert 'value="local-demo"' not in html
    assert "ZAI_API_KEY" not in html


def test_a_model_outside_the_list_stays_chosen_where_it_was_used(
    alice: User, visitor: Client, settings: LazySettings
) -> None:
    settings.LOCAL_DEMO = False
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    factories.generation(answer, "hello", model="my-own-model")
    assert "Model: my-own-model" in page(visitor, f"/c/{conversation.pk}/")


@pytest.mark.parametrize("status", [404, 403, 500])
def test_pages_for_errors_need_neither_request_nor_person(status: int) -> None:
    html = render_to_string(f"{status}.html")
    assert "<h1>" in html
    assert 'data-theme="auto"' in html


def rendered(answer: Message) -> str:
    fetched = Message.objects.with_generations().get(pk=answer.pk)
    return render_to_string("conversations/_message.html", {"message": fetched})


@pytest.mark.parametrize(
    ("status", "words", "buttons"),
    [
        (Status.STOPPED, "Stopped", {"continue", "regenerate"}),
        (Status.INTERRUPTED, "the server restarted", {"continue", "regenerate"}),
        (Status.FAILED, "Nothing is lost", {"continue", "regenerate"}),
        (Status.BLOCKED, "withdrawn", {"edit-question", "regenerate"}),
        (Status.DONE, "", {"regenerate"}),
    ],
)
def test_an_answer_says_how_it_ended_and_what_to_do_next(
    alice: User, status: Status, words: str, buttons: set[str]
) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    factories.generation(answer, "so far", status, error_code="stalled")
    html = rendered(answer)
    assert f'data-status="{status}"' in html
    assert words in html
    actions = {part.split('"')[0] for part in html.split('data-action="')[1:]}
    assert actions & {"continue", "regenerate", "edit-question"} == buttons


@pytest.mark.parametrize(("language", "words"), [("en", "was withdrawn"), ("zh-hans", "撤回")])
def test_a_withdrawn_answer_says_so_once(alice: User, language: str, words: str) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    parts = [{"kind": "text", "text": ""}, {"kind": "notice", "code": "withdrawn"}]
    factories.generation(answer, "", Status.BLOCKED, parts=parts)
    with translation.override(language):
        assert rendered(answer).count(words) == 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_notice_without_words_shows_nothing_and_keeps_its_place(
    alice: User, language: str
) -> None:
    """How an answer was interrupted is said below it."""
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    parts = [{"kind": "notice", "code": code} for code in ("answered_now", "interrupted")]
    factories.generation(answer, "x", Status.INTERRUPTED, parts=parts)
    with translation.override(language):
        notices = rendered(answer).split('<p class="notice"')[1:]
    assert [" hidden" in notice.split(">")[0] for notice in notices] == [False, True]


def test_an_answer_cut_at_its_limit_can_go_on(alice: User) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    factories.generation(answer, "so far", finish_reason="length")
    assert 'data-action="continue"' in rendered(answer)


def test_parts_stand_in_their_true_order_and_unknown_ones_keep_their_place(alice: User) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    kinds = ["reasoning", "text", "tool", "text", "sources", "hologram", "notice"]
    parts = [{"kind": kind, "text": "t", "code": "length", "sources": []} for kind in kinds]
    factories.generation(answer, "x", parts=parts)
    html = rendered(answer)
    shown = [part.split('"')[0] for part in html.split('data-kind="')[1:]]
    assert shown == [kind if kind != "hologram" else "unknown" for kind in kinds]


def test_the_tokens_under_an_answer_are_its_own_and_nothing_unknown_is_said(alice: User) -> None:
    conversation = factories.conversation(alice, "hi")
    answer = factories.message(conversation, conversation.leaf, "assistant", "")
    usage = {"prompt": 1000, "completion": 284, "cost_nano": 5_600_000, "currency": "USD"}
    factories.generation(answer, "x", usage=usage, duration_ms=4000)
    factories.generation(answer, "y", usage=usage, duration_ms=5400)
    assert details(answer) == "GLM-4.6 · 568 tokens · 9.4 s · $0.01"
    factories.generation(answer, "z", usage=None)
    assert details(answer) == "GLM-4.6 · 9.4 s"


def test_thinking_is_measured_by_the_servers_clock() -> None:
    with translation.override("en"):
        assert thought_for({"started": 10.0, "ended": 22.2}) == "Thought for 12 s"
        assert thought_for({"started": 10.0, "ended": 10.1}) == "Thought for 1 s"
        assert thought_for({"started": 10.0, "ended": 82.0}) == "Thought for 1 min 12 s"
        assert thought_for({"started": 10.0}) == "Thought"


def test_sources_lead_to_web_pages_only() -> None:
    assert safe_link("https://example.org/") == "https://example.org/"
    assert safe_link("javascript:alert(1)") == ""
    assert safe_link(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"), [("Lin Wei", "LW"), ("lin.wei", "LW"), ("林薇", "薇"), ("ada", "A")]
)
def test_people_are_shown_by_their_initials(name: str, letters: str) -> None:
    assert initials(User(username="x", first_name=name)) == letters
