"""Signed-in devices: what they are called, and how they are signed out."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.zaichat.accounts.signing_in import signed_in
from zaichat.accounts.models import User

pytestmark = pytest.mark.django_db


def is_in(browser: Client) -> bool:
    return browser.get("/settings/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("", "Unknown browser"),
        ("<script>", "Unknown browser"),
    ],
)
def test_a_device_is_called_what_people_call_it(
    alice: User, at_alices: Client, user_agent: str, words: str
) -> None:
    UserSession.objects.update(user_agent=user_agent)
    assert words in at_alices.get("/accounts/sessions/").content.decode()


def test_signing_out_everywhere_else_spares_this_device(alice: User, at_alices: Client) -> None:
    elsewhere = signed_in("alice")
    at_alices.post("/accounts/sessions/")
    assert is_in(at_alices)
    assert not is_in(elsewhere)


def test_signing_out_here_leaves_other_devices_alone(alice: User, at_alices: Client) -> None:
    elsewhere = signed_in("alice")
    at_alices.post("/accounts/logout/")
    assert not is_in(at_alices)
    assert is_in(elsewhere)


def test_a_deactivated_person_is_out_everywhere(alice: User, at_alices: Client) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert not is_in(at_alices)


def test_people_see_only_their_own_devices(alice: User, owner: User, at_alices: Client) -> None:
    signed_in("owner")
    UserSession.objects.filter(user=owner).update(user_agent="Firefox/130.0 Windows")
    assert "Firefox" not in at_alices.get("/accounts/sessions/").content.decode()
