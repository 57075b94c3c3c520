"""The settings page: what a person may choose, and what only the owner may."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zaichat.accounts.models import Installation, User

pytestmark = pytest.mark.django_db

CHOICES = {
    "language": "zh-hans",
    "theme": "dark",
    "time_zone": "Asia/Shanghai",
    "default_model": "",
    "send_key": "ctrl_enter",
    "thinking_shown": "live",
}


def test_what_was_chosen_is_kept_and_said(at_alices: Client, alice: User) -> None:
    page = at_alices.post("/settings/", CHOICES, follow=True).content.decode()
    alice.refresh_from_db()
    assert (alice.language, alice.theme, alice.time_zone) == ("zh-hans", "dark", "Asia/Shanghai")
    assert '<html lang="zh-Hans"' in page
    assert 'data-theme="dark"' in page
    assert 'class="toast"' in page


def test_after_saving_the_keyboard_is_where_it_was(at_alices: Client) -> None:
    answer = at_alices.post("/settings/", CHOICES)
    _page, place = answer["Location"].split("#")
    form = at_alices.get("/settings/").content.decode()
    assert re.search(rf'<button type="submit"[^>]* id="{place}"', form)


def test_time_zones_have_chinese_names_on_a_chinese_page(at_alices: Client) -> None:
    page = at_alices.get("/settings/").content.decode()
    assert '<option value="Asia/Kolkata">Asia/Kolkata</option>' in page
    assert "Asia/Calcutta" not in page  # An old name of the same.
    page = at_alices.get("/settings/", headers={"Accept-Language": "zh-CN"}).content.decode()
    zones = re.findall(r'<option value="\w+/[^"]+">(\w+/[^<]+)</option>', page)
    for zone in ("亚洲/上海", "亚洲/加尔各答", "欧洲/基辅", "美洲/布宜诺斯艾利斯", "太平洋/奥克兰"):
        assert zone in zones
    assert not [zone for zone in zones if re.match("[A-Za-z]", zone)]


def test_a_time_zone_chosen_by_its_old_name_stays_chosen(at_alices: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(time_zone="Asia/Calcutta")
    page = at_alices.get("/settings/").content.decode()
    assert '<option value="Asia/Calcutta" selected>' in page


def test_every_page_tells_the_scripts_how_one_wants_to_write_and_read(at_alices: Client) -> None:
    page = at_alices.get("/").content.decode()
    assert 'data-send-key="enter" data-thinking-shown="closed" data-shortcuts="on"' in page
    page = at_alices.post("/settings/", CHOICES, follow=True).content.decode()
    assert 'data-send-key="ctrl_enter" data-thinking-shown="live" data-shortcuts="off"' in page
    page = at_alices.post("/settings/", CHOICES | {"shortcuts_on": "on"}, follow=True)
    assert 'data-shortcuts="on"' in page.content.decode()


def test_saving_writes_the_choices_and_nothing_else(at_alices: Client) -> None:
    with CaptureQueriesContext(connection) as seen:
        at_alices.post("/settings/", CHOICES)
    (written,) = (
        query["sql"] for query in seen if query["sql"].startswith('UPDATE "accounts_user"')
    )
    assert "password" not in written
    assert "is_active" not in written


@pytest.mark.parametrize("field", sorted(CHOICES))
def test_a_choice_that_is_not_offered_is_refused_beside_its_field(
    at_alices: Client, alice: User, field: str
) -> None:
    page = at_alices.post("/settings/", CHOICES | {field: "nonsense"}).content.decode()
    assert f'id="id_{field}_error"' in page
    alice.refresh_from_db()
    assert alice.language == ""


def test_an_unsaved_choice_does_not_change_the_page_it_is_refused_on(at_alices: Client) -> None:
    page = at_alices.post("/settings/", CHOICES | {"time_zone": "nonsense"}).content.decode()
    assert '<html lang="en"' in page
    assert 'data-theme="auto"' in page


def test_a_model_that_is_no_longer_offered_stays_chosen(at_alices: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(default_model="glm-of-old")
    assert '<option value="glm-of-old" selected>' in at_alices.get("/settings/").content.decode()


def test_nobody_raises_themselves_through_the_form(at_alices: Client, alice: User) -> None:
    greedy = {"is_superuser": "on", "is_staff": "on", "username": "root"}
    at_alices.post("/settings/", CHOICES | greedy)
    alice.refresh_from_db()
    assert (alice.is_superuser, alice.is_staff, alice.username) == (False, False, "alice")


def test_a_theme_is_switched_alone_and_from_any_page(at_alices: Client, alice: User) -> None:
    assert at_alices.post("/settings/theme/", {"theme": "dark"}).status_code == 204
    alice.refresh_from_db()
    assert alice.theme == "dark"
    page = at_alices.post(
        "/settings/theme/", {"theme": "light"}, follow=True, headers={"accept": "text/html"}
    ).content.decode()
    assert 'data-theme="light"' in page
    assert '<meta name="color-scheme" content="light">' in page
    assert at_alices.post("/settings/theme/", {"theme": "plaid"}).status_code == 404


def test_the_owner_opens_and_closes_sign_up(at_owners: Client) -> None:
    assert 'id="sign_up_open"' in at_owners.get("/settings/").content.decode()
    at_owners.post("/settings/server/", {"sign_up_open": "on"})
    assert Installation.current().sign_up_open
    at_owners.post("/settings/server/", {})
    assert not Installation.current().sign_up_open


def test_the_servers_switch_is_the_owners_alone(at_alices: Client) -> None:
    assert 'id="sign_up_open"' not in at_alices.get("/settings/").content.decode()
    assert at_alices.post("/settings/server/", {"sign_up_open": "on"}).status_code == 404
    assert not Installation.current().sign_up_open
