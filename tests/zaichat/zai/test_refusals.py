"""Business codes, statuses and bodies become errors."""

import json

import pytest

from zaichat.zai import errors, refusals


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1000", errors.Unauthorized),
        ("1003", errors.Unauthorized),
        ("1112", errors.Forbidden),
        ("1113", errors.NoBalance),
        ("1210", errors.BadRequest),
        ("1211", errors.ModelUnknown),
        ("1261", errors.PromptTooLong),
        ("1301", errors.ContentBlocked),
        ("1302", errors.RateLimited),
        ("1305", errors.Overloaded),
        ("1308", errors.QuotaReached),
        ("1321", errors.QuotaReached),
        ("1234", errors.ServerError),
        ("context_length_exceeded", errors.PromptTooLong),
    ],
)
def test_the_code_decides_whatever_the_status(code: str, kind: type[errors.Refused]) -> None:
    for status in (200, 400, 429, 500):
        error = refusals.refused(code, "words", status=status)
        assert type(error) is kind
        assert (error.vendor_code, error.status, error.detail) == (code, status, "words")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.Unauthorized),
        (402, errors.NoBalance),
        (403, errors.Forbidden),
        (404, errors.ModelUnknown),
        (413, errors.PromptTooLong),
        (418, errors.BadRequest),
        (429, errors.RateLimited),
        (434, errors.Forbidden),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.Overloaded),
        (304, errors.Refused),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>502</html>", b"[]", b'"no"', b"{}"])
def test_without_a_code_the_status_decides(
    status: int, kind: type[errors.Refused], body: bytes
) -> None:
    assert type(refusals.from_body(body, status=status)) is kind


@pytest.mark.parametrize(
    "payload",
    [
        {"error": {"code": "1214", "message": "top_p"}},
        {"error": {"code": 1214, "message": "top_p"}, "request_id": "x"},
        {"code": 1214, "message": "top_p"},
        {"code": 1214, "msg": "top_p", "success": False},
        {"contentFilter": [{"level": 1}], "error": {"code": "1214", "message": "top_p"}},
    ],
)
def test_every_envelope_is_read(payload: dict[str, object]) -> None:
    error = refusals.from_body(json.dumps(payload).encode(), status=400)
    assert (error.vendor_code, error.detail) == ("1214", "top_p")


def test_an_error_may_be_bare_prose() -> None:
    assert refusals.read({"error": "out of memory"}) == ("", "out of memory")


def test_an_answer_is_no_error() -> None:
    assert refusals.read({"choices": [], "code": 1, "message": "a field of another kind"}) is None


def test_the_body_names_the_request() -> None:
    body = b'{"error":{"code":"1302","message":""},"request_id":"r7"}'
    assert refusals.from_body(body, status=429).request_id == "r7"


def test_an_error_prints_what_is_known_and_nothing_else() -> None:
    error = refusals.refused("1302", "busy", status=429, request_id="r7")
    assert str(error) == "rate_limited (status 429, vendor_code 1302, request_id r7): busy"
    assert repr(errors.StreamCut()) == "<StreamCut stream_cut>"
