"""Answers that are no stream at all: refusals, gateways' pages, wrong bodies."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.zaichat.emulator.running import Running, question


def ask(stand_in: Running, script: str):
    return stand_in.post(question(f"go [[script:{script}]]", stream=True))


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("1302", 429), ("1305", 429), ("1113", 429), ("1112", 429), ("1308", 429),
        ("1234", 500), ("1200", 500), ("1230", 500),
        ("1301", 400), ("1210", 400), ("1261", 400), ("1220", 403), ("1003", 401),
    ],
)  # fmt: skip
def test_every_code_comes_with_its_documented_status(
    stand_in: Running, code: str, status: int
) -> None:
    answer = ask(stand_in, f"refuse code={code}")
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"


def test_a_status_can_be_forced(stand_in: Running) -> None:
    assert ask(stand_in, "refuse code=1234 status=503").status_code == 503


def test_moderation_of_the_question_has_its_sibling_field(stand_in: Running) -> None:
    assert ask(stand_in, "refuse code=1301").json()["contentFilter"] == [
        {"level": 1, "role": "user"}
    ]


@pytest.mark.parametrize("value", ["2", "86400", "soon"])
def test_retry_after_can_be_anything(stand_in: Running, value: str) -> None:
    assert ask(stand_in, f"refuse retry_after={value}").headers["retry-after"] == value


def test_retry_after_can_be_a_date(stand_in: Running) -> None:
    answer = ask(stand_in, "refuse retry_date=60")
    when = parsedate_to_datetime(answer.headers["retry-after"])
    assert timedelta(seconds=50) < when - datetime.now(UTC) <= timedelta(seconds=60)


def test_retry_after_is_absent_unless_asked_for(stand_in: Running) -> None:
    assert "retry-after" not in ask(stand_in, "refuse code=1302").headers


def test_a_refusal_can_last_so_many_times(stand_in: Running) -> None:
    script = "refuse code=1302 times=2"
    assert [ask(stand_in, script).status_code for _ in range(4)] == [429, 429, 200, 429]


def test_a_page_of_a_gateway_can_come_with_any_status(stand_in: Running) -> None:
    assert ask(stand_in, "html").status_code == 502
    answer = ask(stand_in, "html status=200")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_plain_words_can_come_instead_of_json(stand_in: Running) -> None:
    answer = ask(stand_in, "plain")
    assert (answer.status_code, answer.text) == (503, "upstream connect error")


def test_an_error_can_hide_behind_200(stand_in: Running) -> None:
    answer = ask(stand_in, "error200 code=1302")
    assert answer.status_code == 200
    assert answer.json()["error"]["code"] == "1302"


def test_the_older_flat_error_can_be_had(stand_in: Running) -> None:
    assert ask(stand_in, "flat").json()["success"] is False
    assert ask(stand_in, "json200").status_code == 200


def test_a_brain_that_refuses_gives_an_ordinary_refusal(stand_in: Running) -> None:
    assert ask(stand_in, "mid_refusal code=1305").status_code == 429


def test_json_is_compact_and_leaves_chinese_as_it_is(stand_in: Running) -> None:
    raw = ask(stand_in, "refuse code=1302").content
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, separators=(",", ":")).encode()
    assert "速率限制".encode() in raw
