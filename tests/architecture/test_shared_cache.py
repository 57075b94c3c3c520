"""What a cache between people and the house may keep: nothing that is meant for one of them."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.architecture.test_strangers import PANEL, ROUTES, Belongings, address, signed_in

pytestmark = pytest.mark.django_db

FORBIDS = ("no-store", "private")


class SharedCache:
    """Keeps all that no header forbids to keep, and knows nobody by a cookie: the worst that
    stands in front of servers and still obeys `Cache-Control`."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def get(self, client: Client, place: str) -> Any:
        if place not in self.kept:
            answer = client.get(place)
            if any(word in answer.headers.get("Cache-Control", "") for word in FORBIDS):
                return answer
            self.kept[place] = answer
        return self.kept[place]


def told(answer: Any) -> tuple[int, str | None, bytes]:
    return answer.status_code, answer.headers.get("Location"), answer.getvalue()


@pytest.fixture
def hers(db: None) -> Belongings:
    """Of somebody who may open the panel too."""
    alice = factories.person("alice")
    alice.is_staff = alice.is_superuser = True
    alice.save()
    return Belongings(alice, factories.conversation(alice, "her secret", "kept for her"))


def visited_by(client: Client, hers: Belongings) -> SharedCache:
    """A cache that stood before every page while `client` opened them all."""
    cache = SharedCache()
    for route in ROUTES + PANEL:
        cache.get(client, address(route, hers))
    return cache


@pytest.mark.timeout(300)  # Every route there is, one after the other.
def test_nobody_is_shown_what_a_cache_kept_of_somebody_else(hers: Belongings) -> None:
    cache = visited_by(signed_in(hers.person), hers)
    mallory, nobody = signed_in(factories.person("mallory")), Client()
    for place, kept in cache.kept.items():
        for other in (mallory, nobody):
            assert told(cache.get(other, place)) == told(other.get(place)), place
        assert not kept.cookies, place


@pytest.mark.timeout(300)  # Every route there is, one after the other.
def test_a_cache_hands_out_no_cookie_that_was_set_for_somebody(hers: Belongings) -> None:
    cache = visited_by(Client(), hers)
    assert not [place for place, kept in cache.kept.items() if kept.cookies]
