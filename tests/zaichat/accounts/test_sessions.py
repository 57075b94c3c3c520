"""Whether a session still counts, for sockets that outlive their request."""

from uuid import uuid4

import pytest
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


def test_signing_out_everywhere_else_spares_this_device(
    alice: User, at_alices: Client, key: str
) -> None:
    elsewhere = signed_in("alice").session.session_key
    at_alices.post("/accounts/sessions/")
    assert is_live(key, alice.pk)
    assert not is_live(elsewhere, alice.pk)
