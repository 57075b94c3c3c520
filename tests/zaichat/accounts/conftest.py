"""Alice has an account; the owner runs the server. Nobody has tried to sign in yet."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.zaichat.accounts.signing_in import PASSWORD, signed_in
from zaichat.accounts.models import User


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def alice(db: None) -> User:
    return factories.person("alice")


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_superuser("owner", "owner@example.org", PASSWORD)


@pytest.fixture
def at_alices(alice: User) -> Client:
    """Alice's browser, signed in through the form."""
    return signed_in(alice.username)


@pytest.fixture
def at_owners(owner: User) -> Client:
    return signed_in(owner.username)
