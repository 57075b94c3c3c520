"""What is known about the models."""

import re
from datetime import date
from pathlib import Path

import pytest

from zaichat.zai import Usage, catalog

DOCUMENTED = """
glm-5.3 glm-5.3-flash glm-5.3-flashx glm-5.2 glm-5.1 glm-5 glm-5-turbo glm-4.7 glm-4.7-flashx
glm-4.7-flash glm-4.6 glm-4.5 glm-4.5-x glm-4.5-air glm-4.5-airx glm-4.5-flash
glm-4-32b-0414-128k glm-4-flash-250414 glm-4-flashx-250414 glm-4-long glm-4-plus glm-4-air
glm-4-0520 charglm-4 emohaa codegeex-4 glm-5v-turbo glm-4.6v glm-4.6v-flashx glm-4.6v-flash
glm-4.5v glm-4.1v-thinking-flashx glm-4.1v-thinking-flash glm-4v-flash glm-4v-plus-0111 glm-4v
autoglm-phone autoglm-phone-multilingual glm-ocr glm-4-voice glm-image cogview-4-250304
cogview-3-flash cogvideox-flash cogvideox-3 cogvideox-2 viduq1-text viduq1-image viduq1-start-end
vidu2-image vidu2-start-end vidu2-reference glm-asr-2512 glm-tts embedding-3 embedding-2 rerank
moderation general_translation slides_glm_agent vidu_template_agent cogview-3 cogview-3-plus
local-demo
"""


@pytest.mark.parametrize("name", DOCUMENTED.split())
def test_every_documented_model_is_known(name: str) -> None:
    assert catalog.find(name).known


@pytest.mark.parametrize("model", catalog.models(), ids=lambda model: model.name)
def test_every_entry_is_whole(model: catalog.Model) -> None:
    assert model.title
    assert model.source
    assert isinstance(model.date, date)
    assert model.platforms
    assert set(model.platforms) <= {"zai", "bigmodel", "local"}
    assert model.thinking in {"none", "auto", "always", "forced"}
    assert set(model.modalities) <= {"text", "image", "video", "audio", "file"}
    if model.kind in {"text", "vision", "voice"}:
        assert 0 < model.default_output <= model.max_output <= model.context


@pytest.mark.parametrize("model", catalog.models(), ids=lambda model: model.name)
def test_money_is_whole_numbers(model: catalog.Model) -> None:
    for price in model.prices.values():
        assert all(type(part) is int and part >= 0 for part in (price.input, price.output))
        assert 0 <= price.cached <= price.input
    for unit in model.unit_prices.values():
        assert type(unit.nano) is int


def test_a_dollar_per_million_is_a_thousand_nano() -> None:
    model = catalog.find("glm-4.6")
    assert model.prices["USD"] == catalog.Price(input=600, cached=110, output=2200)
    assert (model.context, model.max_output, model.default_output) == (200_000, 131_072, 65_536)


def test_the_local_model_is_small_and_free() -> None:
    model = catalog.find("local-demo")
    assert (model.title, model.platforms, model.context) == ("Local demo", ("local",), 2048)
    assert (model.max_output, model.thinking) == (1024, "auto")
    assert model.modalities == ("text", "image")
    assert catalog.cost_nano(model, Usage(1000, 1000), "USD") == 0


def test_forced_thinkers_name_their_efforts() -> None:
    forced = [model for model in catalog.models() if model.thinking == "forced"]
    assert forced
    assert all(model.efforts == ("low", "high", "max") for model in forced)


def test_an_unknown_model_is_treated_with_caution() -> None:
    model = catalog.find("somebody/llama")
    assert (model.name, model.title, model.known) == ("somebody/llama", "somebody/llama", False)
    assert (model.context, model.modalities, model.thinking) == (16_000, ("text",), "none")
    assert catalog.cost_nano(model, Usage(1, 1), "USD") is None


def test_a_model_is_found_in_capitals() -> None:
    assert catalog.find("GLM-4.7").name == "glm-4.7"


def test_cached_tokens_cost_less() -> None:
    usage = Usage(prompt=1000, completion=10, reasoning=5, cached=400)
    assert catalog.cost_nano("glm-4.6", usage, "USD") == 600 * 600 + 400 * 110 + 10 * 2200
    assert catalog.cost_nano("glm-4.6", Usage(1000, 10), "USD") == 1000 * 600 + 10 * 2200


def test_an_undocumented_price_is_not_guessed() -> None:
    assert catalog.cost_nano("glm-4.6", Usage(1, 1), "CNY") is None


def test_another_file_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[mine]\ntitle = "Mine"\nkind = "text"\nplatforms = ["local"]\n', "utf-8")
    own = catalog.load(path)
    assert [model.title for model in own.models] == ["Mine"]
    assert own.find("mine").context == 16_000
    assert catalog.load(path) is own


def test_no_name_is_written_twice() -> None:
    names = re.findall(r'^\["(.+)"\]$', catalog.PATH.read_text("utf-8"), re.MULTILINE)
    assert len(names) == len({name.lower() for name in names}) == len(catalog.models())


@pytest.mark.parametrize(
    ("model", "size", "is_allowed"),
    [
        ("glm-image", "1280x1280", True),
        ("glm-image", "2048x2048", True),
        ("glm-image", "1030x1024", False),
        ("glm-image", "2080x1024", False),
        ("cogview-4-250304", "2048x1024", True),
        ("cogview-4-250304", "2048x1040", False),
        ("cogview-4-250304", "496x1024", False),
        ("cogview-3", "1024x1024", True),
        ("cogview-3", "512x512", False),
        ("cogvideox-3", "3840x2160", True),
        ("cogvideox-3", "x", False),
        ("cogvideox-3", "１２８０x720", False),
        ("glm-image", "-1280x1280", False),
    ],
)
def test_only_documented_sizes_may_be_asked_for(model: str, size: str, is_allowed: bool) -> None:
    making = catalog.find(model).making
    assert making is not None
    assert making.allows_size(size) is is_allowed


def test_whatever_makes_pictures_or_films_says_what_may_be_chosen() -> None:
    for model in catalog.models():
        assert (model.making is not None) == (model.kind in ("image", "video")), model.name
