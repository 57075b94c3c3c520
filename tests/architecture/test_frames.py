"""Frames that show what a model made: closed to everything, each in its own way."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.architecture.test_headers import policy
from zaichat.frames import MAX_ADDRESS, safe_address

pytestmark = pytest.mark.django_db

PICTURE = "https://pictures.example/a%20b.png"
PLACES = ["mermaid/", "artifact/", f"picture/?address={PICTURE}?size=2"]


@pytest.fixture
def alices() -> Client:
    client = Client()
    client.force_login(factories.person("alice"))
    return client


@pytest.mark.parametrize("place", PLACES)
def test_a_frame_has_no_origin_and_no_network(alices: Client, place: str) -> None:
    answer = alices.get(f"/frames/{place}")
    rules = policy(answer.headers["Content-Security-Policy"])
    assert answer.status_code == 200
    assert rules["sandbox"] == {"allow-scripts"}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == {"'none'"}
    assert rules["frame-ancestors"] == {"'self'"}
    assert not {"connect-src", "frame-src", "child-src", "worker-src"} & set(rules)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_an_artifact_runs_what_it_brings_and_loads_one_script_of_ours(alices: Client) -> None:
    rules = {
        place: policy(alices.get(f"/frames/{place}").headers["Content-Security-Policy"])
        for place in PLACES
    }
    scripts = [rule["script-src"] for rule in rules.values()]
    assert scripts[0] == scripts[2] == {"'self'"}
    assert "'unsafe-inline'" in scripts[1]
    assert [one for one in scripts[1] if "/static/frames/artifact" in one]
    assert len(scripts[1]) == 2


def test_a_picture_frame_may_load_that_picture_and_no_other(alices: Client) -> None:
    answer = alices.get("/frames/picture/", {"address": f"{PICTURE}?size=2&x=1;2"})
    rules = policy(answer.headers["Content-Security-Policy"])
    assert rules["img-src"] == {PICTURE}
    assert f'src="{PICTURE}?size=2&amp;x=1%3B2"' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "data:image/png;base64,AA", "//a.example/x", "http://", "/local",
     "https://a@b.example/", "https://a.example:99999/", f"https://a.example/{'a' * MAX_ADDRESS}"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_in_a_sentence(alices: Client, address: str) -> None:
    answer = alices.get("/frames/picture/", {"address": address})
    assert answer.status_code == 400
    assert (
        answer.content.decode() == "Address: a web address of a picture, at most 2000 characters."
    )


@pytest.mark.parametrize("sign", [";", ",", " ", "'", '"', "\n", "\r", "<", "\\", "\u2028"])
def test_no_address_can_write_into_the_policy(sign: str) -> None:
    found = safe_address(f"https://a.example/x{sign}script-src{sign}*?q{sign}")
    assert found is None or re.fullmatch(r"[\w:/.%*?-]+", found)
    hostile = safe_address(f"https://a.example{sign}script-src/x")
    assert hostile is None or re.fullmatch(r"[\w:/.%*?-]+", hostile)
