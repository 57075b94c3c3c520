"""Tokens signed with the key."""

import httpx
import jwt
import pytest

from zaichat.zai.jwt import JwtAuth, sign

KEY = "abc123.def456"


class Clock:
    """A clock that a test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 1_773_349_367.25

    def __call__(self) -> float:
        return self.now


def token_of(auth: JwtAuth) -> str:
    request = httpx.Request("POST", "http://127.0.0.1/")
    next(auth.auth_flow(request))
    return request.headers["authorization"].removeprefix("Bearer ")


def test_times_in_the_token_are_milliseconds() -> None:
    token = sign(KEY, 1_773_349_367_250)
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "sign_type": "SIGN", "typ": "JWT"}
    assert jwt.decode(token, "def456", algorithms=["HS256"]) == {
        "api_key": "abc123",
        "exp": 1_773_349_577_250,
        "timestamp": 1_773_349_367_250,
    }


def test_a_token_says_when_it_was_signed() -> None:
    token = token_of(JwtAuth(KEY, Clock()))
    claims = jwt.decode(token, "def456", algorithms=["HS256"])
    assert claims["timestamp"] == 1_773_349_367_250


def test_a_token_is_used_for_three_minutes_and_then_signed_anew() -> None:
    clock = Clock()
    auth = JwtAuth(KEY, clock)
    first = token_of(auth)
    clock.now += 179
    assert token_of(auth) == first
    clock.now += 2
    assert token_of(auth) != first


def test_a_clock_that_was_set_back_leaves_no_token_from_the_future() -> None:
    clock = Clock()
    auth = JwtAuth(KEY, clock)
    first = token_of(auth)
    clock.now -= 60
    assert token_of(auth) != first


def test_renewing_signs_anew() -> None:
    clock = Clock()
    auth = JwtAuth(KEY, clock)
    first = token_of(auth)
    clock.now += 1
    auth.renew()
    assert token_of(auth) != first


@pytest.mark.parametrize("key", ["", "abc", "a.b.c", ".secret", "id."])
def test_a_key_that_cannot_sign_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(ValueError, match=r"form id\.secret") as caught:
        JwtAuth(key)
    assert not key or key not in str(caught.value).split()
