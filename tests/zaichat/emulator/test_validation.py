"""What a chat request may not be, with the documented codes."""

from typing import Any

import pytest

from tests.zaichat.emulator.running import Running, question

USER = {"role": "user", "content": "hi"}
PICTURE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
FILE = {"type": "file_url", "file_url": {"url": "https://example.com/a.pdf"}}


def with_parts(*parts: dict[str, Any], model: str = "glm-4.6v") -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": list(parts)}]}


REFUSED = [
    ({"messages": [USER]}, 400, "1213"),
    ({"model": "glm-4.6"}, 400, "1213"),
    ({"model": None, "messages": [USER]}, 400, "1213"),
    ({"model": "no-such-model", "messages": [USER]}, 400, "1211"),
    ({"model": "cogview-4-250304", "messages": [USER]}, 400, "1212"),
    ({"model": "mock-no-such-script", "messages": [USER]}, 400, "1211"),
    ({"model": "glm-4.6", "messages": []}, 400, "1214"),
    ({"model": "glm-4.6", "messages": [{"role": "system", "content": "x"}]}, 400, "1214"),
    ({"model": "glm-4.6", "messages": [{"role": "robot", "content": "x"}]}, 400, "1214"),
    ({"model": "glm-4.6", "messages": [{"role": "user", "content": " "}]}, 400, "1214"),
    (question("hi", temperature=1.5), 400, "1214"),
    (question("hi", top_p=0), 400, "1214"),
    (question("hi", max_tokens=0), 400, "1214"),
    (question("hi", max_tokens=200_000), 400, "1214"),
    (question("hi", request_id="short"), 400, "1214"),
    (question("hi", user_id="short"), 400, "1214"),
    (question("hi", stream="yes"), 400, "1214"),
    (question("hi", thinking={"type": "sometimes"}), 400, "1214"),
    (question("hi", reasoning_effort="huge"), 400, "1214"),
    (question("hi", response_format={"type": "xml"}), 400, "1214"),
    (question("hi", stop=["a", "b", "c", "d", "e"]), 400, "1214"),
    (question("hi", tools=[{"type": "magic"}]), 400, "1214"),
    (question("hi", tools=[{"type": "function", "function": {}}]), 400, "1214"),
    (question("hi", model="glm-5.3", thinking={"type": "disabled"}), 400, "1210"),
    (with_parts(PICTURE, model="glm-4.6"), 400, "1210"),
    (with_parts(PICTURE, FILE), 400, "1215"),
    (with_parts({"type": "image_url"}), 400, "1214"),
    (question("x" * 4_000_100), 400, "1261"),
]


@pytest.mark.parametrize(("body", "status", "code"), REFUSED)
def test_a_bad_request_is_refused_by_its_code(
    stand_in: Running, body: dict[str, Any], status: int, code: str
) -> None:
    answer = stand_in.post(body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.headers["content-type"].startswith("application/json")


def test_a_body_that_is_not_json_is_refused(stand_in: Running) -> None:
    answer = stand_in.http.post(
        "/api/paas/v4/chat/completions", content=b"{oops", headers={"Authorization": "Bearer a.b"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "1210")


def test_null_stands_for_absent_and_unknown_fields_pass(stand_in: Running) -> None:
    body = question("hi", thinking=None, tools=None, response_format=None, novelty={"a": 1})
    assert stand_in.post(body).status_code == 200


def test_the_refused_field_is_named_in_the_callers_language(stand_in: Running) -> None:
    body = question("hi", temperature=7)
    english = stand_in.post(body, headers={"Accept-Language": "en-US,en"})
    assert english.json()["error"]["message"] == "The temperature parameter is invalid."
    assert "temperature参数非法" in stand_in.post(body).json()["error"]["message"]


def test_an_unknown_path_is_code_1222(stand_in: Running) -> None:
    answer = stand_in.http.get("/api/paas/v4/nothing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "1222")


def test_a_request_id_may_come_once_where_that_is_asked_for(stand_in: Running) -> None:
    stand_in.control("PUT", "unique_request_ids")
    assert stand_in.post(question("hi", request_id="abcdefgh")).status_code == 200
    assert stand_in.post(question("hi", request_id="abcdefgh")).json()["error"]["code"] == "1231"
