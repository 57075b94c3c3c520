"""What reaches a person's sockets, and when."""

import logging
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from django.test import Client

from tests.zaichat.accounts.signing_in import NEW_PASSWORD, PASSWORD, signed_in
from zaichat.accounts import hints
from zaichat.accounts.models import User

ALICE = UUID(int=1)
SUBJECT = UUID(int=2)


class Broken:
    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        raise ConnectionError("the layer is down")


class Listening:
    """A channel layer that only keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self.sent.append((group, message))

    def kicked(self, user: User) -> bool:
        return (f"user.{user.pk.hex}", {"type": "kick"}) in self.sent


@pytest.fixture
def layer(monkeypatch: pytest.MonkeyPatch) -> Listening:
    listening = Listening()
    monkeypatch.setattr(hints, "get_channel_layer", lambda: listening)
    return listening


async def test_a_hint_reaches_a_socket_in_the_persons_group() -> None:
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(hints.group(ALICE), channel)
    await hints.ahint(ALICE, "title", SUBJECT)
    assert await layer.receive(channel) == {"type": "hint", "what": "title", "id": str(SUBJECT)}
    await sync_to_async(hints.kick)(ALICE)
    assert await layer.receive(channel) == {"type": "kick"}


def test_views_and_the_event_loop_say_the_same(layer: Listening) -> None:
    hints.hint(ALICE, "job", SUBJECT)
    async_to_sync(hints.ahint)(ALICE, "job", SUBJECT)
    hints.kick(ALICE)
    async_to_sync(hints.akick)(ALICE)
    assert layer.sent[0] == layer.sent[1]
    assert layer.sent[2] == layer.sent[3]


def test_a_broken_layer_is_logged_and_nobody_elses_trouble(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hints, "get_channel_layer", Broken)
    with caplog.at_level(logging.ERROR):
        hints.kick(ALICE)
        hints.hint(ALICE, "title", SUBJECT)
    assert len(caplog.records) == 2


async def test_a_hint_from_the_wrong_kind_of_code_is_logged(
    layer: Listening, caplog: pytest.LogCaptureFixture
) -> None:
    hints.kick(ALICE)
    assert "on an event loop" in caplog.text


@pytest.mark.django_db(transaction=True)
class TestEndings:
    def test_logging_out_kicks(self, layer: Listening, alice: User, at_alices: Client) -> None:
        at_alices.post("/accounts/logout/")
        assert layer.kicked(alice)

    def test_signing_in_kicks_nobody(
        self, layer: Listening, alice: User, at_alices: Client
    ) -> None:
        assert layer.sent == []

    def test_a_new_password_kicks(self, layer: Listening, alice: User, at_alices: Client) -> None:
        at_alices.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW_PASSWORD})
        assert layer.kicked(alice)

    def test_signing_out_everywhere_else_kicks(
        self, layer: Listening, alice: User, at_alices: Client
    ) -> None:
        signed_in("alice")
        at_alices.post("/accounts/sessions/")
        assert layer.kicked(alice)

    def test_deactivating_in_the_panel_kicks(
        self, layer: Listening, alice: User, at_owners: Client
    ) -> None:
        chosen = {"action": "deactivate", "_selected_action": [str(alice.pk)]}
        at_owners.post("/admin/accounts/user/", chosen)
        alice.refresh_from_db()
        assert not alice.is_active
        assert layer.kicked(alice)

    def test_a_password_set_in_the_panel_kicks(
        self, layer: Listening, alice: User, at_owners: Client
    ) -> None:
        new = {"usable_password": "true", **NEW_PASSWORD}
        at_owners.post(f"/admin/accounts/user/{alice.pk}/password/", new)
        alice.refresh_from_db()
        assert alice.check_password("seven tin whistles")
        assert layer.kicked(alice)

    def test_deleting_a_person_kicks(
        self, layer: Listening, alice: User, at_owners: Client
    ) -> None:
        at_owners.post(f"/admin/accounts/user/{alice.pk}/delete/", {"post": "yes"})
        assert not User.objects.filter(pk=alice.pk).exists()
        assert layer.kicked(alice)
