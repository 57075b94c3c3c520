"""Authenticator apps, recovery codes and passkeys, through django-allauth's pages."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from tests.zaichat.accounts.signing_in import PASSWORD
from zaichat.accounts.models import User

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def trusted(at_alices: Client) -> Client:
    """Alice's browser, a moment after she typed her password again."""
    at_alices.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return at_alices


@pytest.fixture
def secret(trusted: Client) -> str:
    """Alice's authenticator app is set up; what it computes codes from."""
    shown: str = trusted.get("/accounts/2fa/totp/activate/").context["form"].secret
    trusted.post("/accounts/2fa/totp/activate/", {"code": code_of(shown)})
    return shown


def test_the_apps_secret_rests_encrypted(alice: User, secret: str) -> None:
    kept = Authenticator.objects.get(user=alice, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)


def test_signing_in_asks_for_the_second_factor(alice: User, secret: str) -> None:
    client = Client()
    form = {"login": "alice", "password": PASSWORD}
    assert client.post("/accounts/login/", form)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/settings/").status_code == 302


def test_setting_up_a_second_factor_asks_for_the_password_again(at_alices: Client) -> None:
    answer = at_alices.get("/accounts/2fa/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_recovery_codes_come_with_the_first_second_factor(trusted: Client, secret: str) -> None:
    page = trusted.get("/accounts/2fa/recovery-codes/").content.decode()
    assert 'id="recovery_codes"' in page


def test_the_panel_has_no_door_past_the_second_factor(owner: User) -> None:
    client = Client()
    assert client.get("/admin/login/").status_code == 302
    client.post("/admin/login/", {"username": "owner", "password": PASSWORD})
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/sessions/",
        "/accounts/logout/",
    ],
)
def test_every_page_about_ones_account_wears_our_clothes(trusted: Client, page: str) -> None:
    html = trusted.get(page).content.decode()
    assert 'class="app"' in html
    assert "style=" not in html, "the content policy allows no inline style"
    assert "<script>" not in html, "the content policy allows no inline script"


def test_a_passkey_is_offered_where_browsers_allow_one() -> None:
    for host, offered in {
        "localhost:8000": True,
        "127.0.0.1:8000": False,
        "[::1]:8000": False,
    }.items():
        page = Client(headers={"host": host}).get("/accounts/login/").content.decode()
        assert ("passkey_login" in page) is offered
