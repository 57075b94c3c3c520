"""Whether a session still counts, for sockets that outlive their request."""

from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.zaichat.accounts.signing_in import signed_in
from zaichat.accounts.models import User
from zaichat.accounts.sessions import is_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(at_alices: Client) -> str:
    found = at_alices.session.session_key
    assert found
    return found


def test_a_signed_in_session_lives(alice: User, key: str) -> None:
    assert is_live(key, alice.pk)


def test_a_session_belongs_to_one_person(key: str) -> None:
    assert not is_live(key, uuid4())


@pytest.mark.parametrize("key", ["", "never-made", "\x00"])
def test_a_made_up_session_is_dead(alice: User, key: str) -> None:
    assert not is_live(key, alice.pk)


def test_logging_out_ends_the_session(alice: User, at_alices: Client, key: str) -> None:
    at_alices.post("/accounts/logout/")
    assert not is_live(key, alice.pk)


def test_a_deactivated_persons_session_is_dead(alice: User, key: str) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert not is_live(key, alice.pk)


def test_a_new_password_ends_sessions_elsewhere(alice: User, key: str) -> None:
    alice.set_password("seven tin whistles")
    alice.save()
    assert not is_live(key, alice.pk)


def test_a_deleted_persons_session_is_dead(alice: User, key: str) -> None:
    gone = alice.pk
    alice.delete()
    assert not is_live(key, gone)


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


def test_signing_out_everywhere_else_spares_this_device(
    alice: User, at_alices: Client, key: str
) -> None:
    elsewhere = signed_in("alice").session.session_key
    at_alices.post("/accounts/sessions/")
    assert is_live(key, alice.pk)
    assert not is_live(elsewhere, alice.pk)
