"""Who may ask: raw keys and signed tokens, and the codes of refusals."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest

from tests.zaichat.emulator.running import Running, question

SECRET = "def"


def encoded(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def token(*, id: str = "abc", secret: str = SECRET, lives: int = 210_000, **header: str) -> str:
    """A token as documented; `lives` in milliseconds."""
    now = int(time.time() * 1000)
    head = {"alg": "HS256", "sign_type": "SIGN", "typ": "JWT", **header}
    signed = f"{encoded(head)}.{encoded({'api_key': id, 'exp': now + lives, 'timestamp': now})}"
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{encoded(digest)}"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "1001"),
        ("nodot", "1000"),
        ("too.many.dots.here", "1000"),
        (".secret", "1000"),
        ("a.b.c", "1000"),
        ("unknown.x", "1000"),
        ("invalid.x", "1002"),
        ("expired.x", "1003"),
    ],
)
def test_a_missing_or_bad_key_is_refused_with_401(stand_in: Running, key: str, code: str) -> None:
    answer = stand_in.post(question("hi"), key=key)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == code
    assert isinstance(answer.json()["error"]["message"], str)


def test_a_key_is_asked_for_before_the_body_is_looked_at(stand_in: Running) -> None:
    assert stand_in.post({}, key="").json()["error"]["code"] == "1001"


def test_any_well_formed_key_is_taken(stand_in: Running) -> None:
    assert stand_in.post(question("hi"), key="my.key").status_code == 200


def test_a_fresh_token_is_taken(stand_in: Running) -> None:
    assert stand_in.post(question("hi"), key=token()).status_code == 200
    assert stand_in.control("GET", "requests")[0]["auth"] == "jwt"


def test_expiry_of_a_token_counts_in_milliseconds(stand_in: Running) -> None:
    answer = stand_in.post(question("hi"), key=token(lives=-1))
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "1003")


def test_a_token_without_the_documented_header_is_refused(stand_in: Running) -> None:
    answer = stand_in.post(question("hi"), key=token(sign_type="OTHER"))
    assert answer.json()["error"]["code"] == "1000"


def test_a_known_secret_is_checked_in_tokens_and_keys(stand_in: Running) -> None:
    stand_in.control("PUT", "keys/abc", {"secret": "def"})
    assert stand_in.post(question("hi"), key=token(secret="def")).status_code == 200
    assert stand_in.post(question("hi"), key="abc.def").status_code == 200
    assert stand_in.post(question("hi"), key=token(secret="wrong")).status_code == 401
    assert stand_in.post(question("hi"), key="abc.wrong").status_code == 401


def test_an_empty_account_answers_429_with_its_own_code(stand_in: Running) -> None:
    answer = stand_in.post(question("hi"), key="broke.x")
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "1113")


def test_no_secret_enters_the_record(stand_in: Running) -> None:
    stand_in.post(question("hi"), key="canary.verysecret")
    assert "verysecret" not in json.dumps(stand_in.control("GET", "requests"))
