"""The list of models and the gauge: what is said of a model, and of a conversation's weight."""

import re
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from conversations.models import Generation
from conversations.templatetags import models as words
from tests import factories
from tests.conversations.test_views import page, queries, signed_in
from zaichat import vendor
from zaichat.accounts.models import User
from zaichat.zai import catalog

CHINA = "https://open.bigmodel.cn/api/paas/v4"


@pytest.fixture
def visitor(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def zai(settings: LazySettings) -> LazySettings:
    settings.LOCAL_DEMO = False
    settings.ZAI_BASE_URL = "https://api.z.ai/api/paas/v4"
    return settings


def facts(name: str) -> str:
    return words.model_facts(catalog.find(name))


def test_prices_are_those_of_the_platform(zai: LazySettings) -> None:
    assert facts("glm-4.5-air") == "128k tokens · $0.20 in, $1.10 out per million"
    assert facts("glm-4.6v-flashx") == "128k tokens · $0.04 in, $0.40 out per million"
    assert facts("glm-5.3") == "1M tokens · $1.40 in, $4.40 out per million"
    assert facts("glm-4.7-flash") == "200k tokens · free"
    zai.ZAI_BASE_URL = CHINA
    assert facts("glm-4.5-air") == "128k tokens · ¥0.80 in, ¥2 out per million"
    assert facts("glm-4.6") == "200k tokens"  # its price there is not documented


def test_a_line_says_what_a_model_is_good_at_and_whether_it_thinks(zai: LazySettings) -> None:
    strengths = {
        "glm-5.3": "Reads very long texts · always thinks",
        "glm-4.7": "For hard questions · thinks before every answer",
        "glm-4.6v": "Sees pictures and films · thinks when it helps",
        "glm-5.3-flash": "Sees pictures · always thinks",
        "glm-4-32b-0414-128k": "For everyday questions · answers at once",
    }
    for name, said in strengths.items():
        assert words.model_strengths(catalog.find(name)) == said
    with translation.override("zh-hans"):
        assert words.model_facts(catalog.find("glm-5.3")).startswith("100 万词元")


@pytest.mark.parametrize(
    ("context", "english", "chinese"),
    [
        (1_000_000, "1M tokens", "100 万词元"),
        (200_000, "200k tokens", "20 万词元"),
        (128_000, "128k tokens", "12.8 万词元"),
        (8_000, "8,000 tokens", "8,000 个词元"),
        (512, "512 tokens", "512 个词元"),
    ],
)
def test_chinese_counts_a_models_window_in_ten_thousands(
    zai: LazySettings, context: int, english: str, chinese: str
) -> None:
    model = replace(catalog.find("glm-4.6"), context=context)
    assert words.model_facts(model).startswith(english)
    with translation.override("zh-hans"):
        assert words.model_facts(model).startswith(chinese)


def test_models_stand_in_groups_newest_first(zai: LazySettings) -> None:
    groups = dict(words.model_groups(vendor.chat_models()))
    assert list(groups) == ["Newest first", "Sees pictures", "Quick and cheap"]
    assert [model.name for model in groups["Newest first"]][:2] == ["glm-5.3", "glm-5.2"]
    assert all("image" in model.modalities for model in groups["Sees pictures"])
    assert catalog.find("glm-4.5-air") in groups["Quick and cheap"]


def test_the_list_finds_by_name_and_takes_one_it_does_not_hold(
    zai: LazySettings, visitor: Client
) -> None:
    html = page(visitor, "/")
    assert 'aria-label="Find a model, or type its name"' in html
    assert "data-own hidden" in html
    assert html.count('aria-selected="true"') == 1
    assert re.search(r'aria-selected="true" data-model="glm-4.6"', html)


def test_a_closed_list_offers_its_models_alone(zai: LazySettings, visitor: Client) -> None:
    zai.MODELS = ("glm-4.5-air", "glm-4.6v", "glm-image")
    html = page(visitor, "/")
    assert re.findall(r'data-model="([^"]+)"', html) == ["glm-4.5-air", "glm-4.6v"]
    assert "data-own" not in html
    assert re.search(r'aria-selected="true" data-model="glm-4.5-air"', html)


def test_without_a_key_one_model_is_shown_and_how_to_get_more(
    settings: LazySettings, visitor: Client
) -> None:
    settings.LOCAL_DEMO = True
    html = page(visitor, "/")
    assert re.findall(r'data-model="([^"]+)"', html) == ["local-demo"]
    assert "models__field" not in html
    assert "<code>ZAI_API_KEY</code>" in html


def test_an_answer_tells_what_the_talk_weighs_and_the_page_what_it_cost(
    zai: LazySettings, visitor: Client, alice: User
) -> None:
    talk = factories.conversation(alice, "hi", "hello", "more", "done")
    empty = queries(visitor, f"/c/{talk.pk}/")
    told = {"options": {"context": 321}, "usage": {"cost_nano": 1_500, "currency": "USD"}}
    Generation.objects.filter(owner=alice).update(**told)
    html = page(visitor, f"/c/{talk.pk}/")
    assert html.count('data-context="321" data-cost="1500"') == 2
    assert 'data-spent="3000" data-currency="USD"' in html
    assert queries(visitor, f"/c/{talk.pk}/") == empty


def test_what_was_billed_elsewhere_is_not_added_up(
    zai: LazySettings, visitor: Client, alice: User
) -> None:
    talk = factories.conversation(alice, "hi", "hello")
    told = {"cost_nano": 1_500, "currency": "CNY"}
    Generation.objects.filter(owner=alice).update(usage=told)
    assert 'data-spent="0" data-currency="USD"' in page(visitor, f"/c/{talk.pk}/")


def test_trying_an_answer_another_way_changes_nothing_for_the_next_question(
    alice: User, visitor: Client, zai: LazySettings
) -> None:
    talk = factories.conversation(alice, "hi", "hello")
    answer = talk.leaf
    assert answer
    factories.generation(
        answer, "again", model="glm-4.5", command="regenerate", options={"thinking": "off"}
    )
    html = page(visitor, f"/c/{talk.pk}/")
    assert "Model: GLM-4.6" in html
    assert "&quot;off&quot;" not in html


def test_that_a_local_model_cannot_search_the_web_is_said_to_everybody(
    settings: LazySettings, visitor: Client
) -> None:
    """Not only to a mouse that rests on the button."""
    settings.LOCAL_DEMO = True
    html = page(visitor, "/")
    button = re.search(r'<button[^>]*data-option="web_search"[^>]*>', html)
    assert button
    assert " disabled" not in button[0]
    assert 'aria-disabled="true" aria-describedby="search-why"' in button[0]
    assert re.search(r'<span[^>]* id="search-why">[^<]+</span>', html)
