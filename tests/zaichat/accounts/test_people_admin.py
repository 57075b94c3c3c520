"""The panel: complete, in both languages, behind our own door, and careful with money."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from zaichat.accounts import ledger
from zaichat.accounts.models import Installation, LedgerEntry, User

pytestmark = pytest.mark.django_db

OURS = ("zaichat", "accounts", "conversations", "media_gen")


def test_every_model_of_ours_is_in_the_panel() -> None:
    ours = {model for model in apps.get_models() if model._meta.app_label in OURS}
    assert ours
    assert [model for model in ours if not admin.site.is_registered(model)] == []


@pytest.mark.parametrize(("wish", "words"), {"en": "People", "zh-CN": "用户"}.items())
def test_the_panel_speaks_the_persons_language(at_owners: Client, wish: str, words: str) -> None:
    page = at_owners.get("/admin/", headers={"Accept-Language": wish})
    assert page.status_code == 200
    assert words in page.content.decode()


def test_the_panel_keeps_the_content_policy_but_for_trusted_types(at_owners: Client) -> None:
    for page in ("/admin/", "/admin/accounts/user/add/", "/admin/conversations/generation/"):
        policy = at_owners.get(page)["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for" not in policy


def test_people_who_are_not_staff_have_no_panel(at_alices: Client) -> None:
    assert at_alices.get("/admin/").status_code == 302
    assert at_alices.get("/admin/login/").status_code == 403


def test_strangers_enter_the_panel_through_the_login_page(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith("/accounts/login/")


def test_leaving_the_panel_signs_out_by_post_only(at_owners: Client) -> None:
    assert at_owners.get("/admin/logout/").status_code == 405
    assert at_owners.get("/admin/").status_code == 200
    assert at_owners.post("/admin/logout/")["Location"] == "/accounts/login/"
    assert at_owners.get("/admin/").status_code == 302


def test_a_password_is_changed_where_everybody_changes_theirs(at_owners: Client) -> None:
    assert at_owners.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def spent(person: User) -> LedgerEntry:
    call = ledger.Call(uuid4(), person.pk, "chat", None, "glm-4.6", "USD")
    ledger.reserve(call, 1_000_000)
    return LedgerEntry.objects.get(call=call.id)


def test_the_ledger_cannot_be_changed_or_shortened_by_hand(at_owners: Client, alice: User) -> None:
    line = spent(alice)
    place = f"/admin/accounts/ledgerentry/{line.pk}"
    assert at_owners.get(f"{place}/change/").status_code == 200
    for address in (f"{place}/change/", f"{place}/delete/", "/admin/accounts/ledgerentry/add/"):
        assert at_owners.post(address, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [str(line.pk)], "post": "yes"}
    at_owners.post("/admin/accounts/ledgerentry/", chosen)
    assert LedgerEntry.objects.filter(pk=line.pk).exists()


def test_a_person_with_a_ledger_is_not_deleted(at_owners: Client, alice: User) -> None:
    spent(alice)
    at_owners.post(f"/admin/accounts/user/{alice.pk}/delete/", {"post": "yes"})
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("kind", ["accounts/user", "accounts/ledgerentry", "zaichat/worker"])
def test_a_list_costs_the_same_for_one_row_and_for_many(
    at_owners: Client, alice: User, kind: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert at_owners.get(f"/admin/{kind}/").status_code == 200
        return len(seen)

    spent(alice)
    few = queries()
    for name in ("bob", "carol", "dave"):
        spent(factories.person(name))
    assert queries() == few


def test_the_owner_does_not_lock_themselves_out(at_owners: Client, owner: User) -> None:
    chosen = {"action": "deactivate", "_selected_action": [str(owner.pk)]}
    at_owners.post("/admin/accounts/user/", chosen)
    owner.refresh_from_db()
    assert owner.is_active


def test_there_is_one_installation(at_owners: Client) -> None:
    at_owners.post("/admin/accounts/installation/add/", {"sign_up_open": "on"})
    assert Installation.current().sign_up_open
    assert at_owners.get("/admin/accounts/installation/add/").status_code == 403
    assert at_owners.post("/admin/accounts/installation/1/delete/", {}).status_code == 403
