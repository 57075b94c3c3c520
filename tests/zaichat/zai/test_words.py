"""What a person reads when something fails."""

import re

import pytest

from zaichat.zai import errors, refusals, words

OWN = {
    "connection_failed", "connection_lost", "timed_out", "stalled", "stream_cut", "bad_answer",
    "rate_limited", "overloaded", "unauthorized", "no_balance", "content_blocked",
    "prompt_too_long", "model_unknown", "bad_request", "server_error", "interrupted",
    "too_long_answer", "network_error", "context_exceeded", "quota_reached", "forbidden",
    "refused", "failed", "files_away",
}  # fmt: skip

DOCUMENTED = {
    *map(str, (*range(1000, 1006), 1100, *range(1110, 1114), 1120, 1121, 1200)),
    *map(str, (*range(1210, 1216), *range(1220, 1223), *range(1230, 1236), 1260, 1261)),
    *map(str, (*range(1300, 1306), *range(1308, 1322))),
}

HAN = re.compile(r"[\u4e00-\u9fff]")


def tree(kind: type[errors.ZaiError]) -> set[str]:
    return {kind.code}.union(*(tree(child) for child in kind.__subclasses__()))


def test_every_error_of_ours_has_words() -> None:
    assert OWN | tree(errors.ZaiError) <= set(words.load())


def test_every_business_code_has_words_and_a_kind() -> None:
    assert set(words.load()) >= DOCUMENTED
    assert set(refusals.codes()) == DOCUMENTED


@pytest.mark.parametrize("code", sorted(words.load()))
def test_both_languages_speak_in_whole_sentences(code: str) -> None:
    english = words.explain(code, language="en")
    chinese = words.explain(code, language="zh-hans")
    assert english[0].isupper()
    assert english.endswith(".")
    assert not HAN.search(english)
    assert len(HAN.findall(chinese)) >= 5
    assert chinese.endswith("。")


@pytest.mark.parametrize("code", sorted(words.load()))
def test_no_sentence_shows_a_code(code: str) -> None:
    for sentence in words.load()[code]:
        assert not re.search(r"\d{3,}|_|\{|\$", sentence)


def test_the_vendors_code_says_more_than_ours() -> None:
    assert words.explain("rate_limited", "1303") == words.load()["1303"].en
    assert words.explain("rate_limited", "9999", "zh-CN") == words.load()["rate_limited"].zh


def test_a_code_nobody_knows_still_gets_a_sentence() -> None:
    assert words.explain("brand_new", "9999") == words.load()["failed"].en
