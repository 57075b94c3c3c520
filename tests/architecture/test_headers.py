"""What every answer tells the browser to forbid, whatever the address and the status."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import LazySettings
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/accounts/login/", "/settings/", "/healthz", "/admin/", "/nowhere/"]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SAME = "'self'"
POLICY = {
    "default-src": {"'none'"},
    "script-src": {SAME},
    "style-src": {SAME},
    "connect-src": {SAME},
    "font-src": {SAME},
    "img-src": {SAME, "data:", "blob:"},
    "media-src": {SAME, "blob:"},
    "base-uri": {"'none'"},
    "form-action": {SAME},
    "frame-ancestors": {"'none'"},
    "require-trusted-types-for": {"'script'"},
}

ASKED = """
import json, django
django.setup()
from django.conf import settings
names = (
    "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE "
    "SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH CSRF_COOKIE_NAME CSRF_COOKIE_SECURE "
    "CSRF_COOKIE_SAMESITE CSRF_COOKIE_DOMAIN CSRF_COOKIE_PATH SECURE_SSL_REDIRECT"
)
print(json.dumps({name: getattr(settings, name) for name in names.split()}))
"""


def policy(header: str) -> dict[str, set[str]]:
    rules = (rule.split() for rule in header.split(";"))
    return {name: set(sources) for name, *sources in rules}


@pytest.fixture(params=["signed out", "signed in"])
def browser(request: pytest.FixtureRequest, db: None) -> Client:
    client = Client()
    if request.param == "signed in":
        client.force_login(factories.person("alice"))
    return client


@pytest.mark.parametrize("place", ADDRESSES)
def test_every_answer_carries_the_protecting_headers(browser: Client, place: str) -> None:
    headers = browser.get(place).headers
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("place", [place for place in ADDRESSES if place != "/admin/"])
def test_the_content_policy_is_exactly_this(browser: Client, place: str) -> None:
    rules = policy(browser.get(place).headers["Content-Security-Policy"])
    assert rules | POLICY == rules
    assert not any("unsafe" in source for sources in rules.values() for source in sources)
    assert not any(
        "http" in source or source == "*" for value in rules.values() for source in value
    )


def test_errors_of_the_application_carry_the_headers_too(browser: Client) -> None:
    refused = Client(enforce_csrf_checks=True).post("/accounts/login/")
    assert refused.status_code == 403
    assert {name: refused.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    factories.person("alice")
    client.post("/accounts/login/", {"login": "alice", "password": "correct horse"})
    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert (session["httponly"], session["samesite"], session["domain"]) == (True, "Lax", "")
    assert (token["samesite"], token["domain"]) == ("Lax", "")


def test_a_public_address_over_https_hardens_the_cookies() -> None:
    setting = {
        "PUBLIC_URL": "https://chat.example.org",
        "DJANGO_SETTINGS_MODULE": "zaichat.settings",
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASKED],
        env=os.environ | setting,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(asked.stdout)
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_PATH": "/",
        "SECURE_SSL_REDIRECT": True,
    }


def test_pages_over_https_insist_on_it(client: Client, settings: LazySettings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = client.get("/accounts/login/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-For": "10.0.0.1"},
        {"X-Forwarded-Host": "canary.test"},
        {"X-Forwarded-Proto": "https"},
        {"Remote-User": "owner"},
        {"X-Remote-User": "owner"},
    ],
)
def test_headers_a_stranger_may_write_change_nothing(
    client: Client, forged: dict[str, str]
) -> None:
    answer = client.get("/settings/", headers=forged)
    assert answer.headers["Location"] == "/accounts/login/?next=/settings/"
    assert "canary" not in client.get("/accounts/login/", headers=forged).content.decode()


@pytest.mark.parametrize("place", ["/", "/settings/", "/sidebar/", "/nowhere/"])
def test_what_is_written_for_one_person_is_kept_by_no_cache(place: str) -> None:
    client = Client()
    client.force_login(factories.person("alice"))
    assert "no-store" in client.get(place).headers["Cache-Control"]


def test_the_answer_to_signing_in_and_out_is_kept_by_no_cache_either(client: Client) -> None:
    client.force_login(factories.person("alice"))
    assert "no-store" in client.post("/accounts/logout/").headers["Cache-Control"]
