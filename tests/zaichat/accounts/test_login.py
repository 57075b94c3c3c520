"""Signing in and out, signing up, and passwords."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.zaichat.accounts.signing_in import NEW_PASSWORD, PASSWORD, signed_in
from zaichat.accounts.models import Installation, User

pytestmark = pytest.mark.django_db


def login(name: str, password: str = PASSWORD, **more: str) -> object:
    return Client().post("/accounts/login/", {"login": name, "password": password, **more})


def test_the_login_page_has_the_promised_names_and_one_submit_button(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert re.search(r'<input[^>]*name="login"', page)
    assert re.search(r'<input[^>]*name="password"', page)
    assert len(re.findall(r'<button[^>]*type="submit"', page)) == 1


@pytest.mark.parametrize("name", ["alice", "ALICE", "alice@example.org", "Alice@Example.org"])
def test_a_person_signs_in_by_user_name_or_e_mail(alice: User, name: str) -> None:
    answer = login(name)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_wrong_password_is_answered_by_a_sentence(alice: User) -> None:
    answer = login("alice", "wrong")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_after_a_wrong_password_both_fields_say_what_is_wrong(alice: User, client: Client) -> None:
    page = client.post("/accounts/login/", {"login": "alice", "password": "wrong"})
    fields = re.findall(r'<input[^>]*name="(?:login|password)"[^>]*>', page.content.decode())
    assert len(fields) == 2
    for field in fields:
        assert 'aria-invalid="true"' in field
        assert re.search(r'aria-describedby="[^"]*\bform-error\b', field)
    assert 'id="form-error"' in page.content.decode()
    assert "form-error" not in client.get("/accounts/login/").content.decode()


def test_the_first_empty_field_has_the_focus(alice: User, client: Client) -> None:
    def focused(page: str) -> list[str]:
        return re.findall(r'<input[^>]*name="(\w+)"[^>]*autofocus', page)

    assert focused(client.get("/accounts/login/").content.decode()) == ["login"]
    again = client.post("/accounts/login/", {"login": "alice", "password": "wrong"})
    assert focused(again.content.decode()) == ["password"]


def test_the_page_says_where_the_first_account_is_made(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Nobody has an account here yet." in page
    assert "No account yet?" not in page
    assert "Forgot it?" not in page, "nobody has a password to forget"


def test_the_first_account_is_not_spoken_of_once_it_is_there(alice: User, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Nobody has an account" not in page
    assert "No account yet?" in page
    assert "Forgot it?" in page


def test_an_empty_form_names_both_fields(client: Client) -> None:
    page = client.post("/accounts/login/", {}).content.decode()
    assert "Type your user name or e-mail address." in page
    assert "Type your password." in page


@pytest.mark.parametrize("elsewhere", ["//canary.test", "https:canary.test", "/\\canary.test"])
def test_signing_in_never_leads_to_another_site(alice: User, elsewhere: str) -> None:
    assert login("alice", next=elsewhere)["Location"] == "/"


def test_guessing_one_persons_password_is_stopped(alice: User) -> None:
    for _ in range(5):
        login("alice", "wrong")
    assert "Too many failed" in login("alice").content.decode()


def test_a_superuser_made_on_the_command_line_signs_in_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"USERNAME": "root", "EMAIL": "r@example.org", "PASSWORD": PASSWORD}.items():
        monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)
    call_command("createsuperuser", "--noinput", verbosity=0)
    assert login("root")["Location"] == "/"
    assert login("r@example.org")["Location"] == "/"
    assert mail.outbox == []


def test_a_deactivated_person_does_not_get_in(alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert login("alice")["Location"] == "/accounts/inactive/"


def test_looking_at_the_logout_page_signs_nobody_out(at_alices: Client) -> None:
    at_alices.get("/accounts/logout/")
    assert at_alices.get("/settings/").status_code == 200


def test_logging_out_by_post_leads_to_the_login_page(at_alices: Client) -> None:
    assert at_alices.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert at_alices.get("/settings/").status_code == 302


def test_sign_up_is_closed_until_the_owner_opens_it(client: Client) -> None:
    form = {"username": "bob", "password1": PASSWORD}
    assert "Sign-up is closed" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", form)
    assert not User.objects.exists()
    Installation.objects.create(pk=1, sign_up_open=True)
    assert client.post("/accounts/signup/", form)["Location"] == "/"
    assert User.objects.get().username == "bob"


def test_nobody_signs_up_as_staff(client: Client) -> None:
    Installation.objects.create(pk=1, sign_up_open=True)
    greedy = {"username": "bob", "password1": PASSWORD, "is_staff": "on", "is_superuser": "on"}
    client.post("/accounts/signup/", greedy)
    bob = User.objects.get()
    assert (bob.is_staff, bob.is_superuser) == (False, False)


def test_a_forgotten_password_is_reset_through_a_letter(alice: User, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "alice@example.org"})
    link = re.search(r"https?://\S+", mail.outbox[0].body)
    assert link
    form = client.get(link[0].split("testserver", 1)[-1], follow=True)
    client.post(form.request["PATH_INFO"], NEW_PASSWORD)
    assert login("alice", "seven tin whistles").status_code == 302


def test_a_new_password_keeps_this_device_and_ends_the_others(
    alice: User, at_alices: Client
) -> None:
    elsewhere = signed_in("alice")
    answer = at_alices.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW_PASSWORD})
    assert answer["Location"] == "/settings/"
    assert at_alices.get("/settings/").status_code == 200
    assert elsewhere.get("/settings/").status_code == 302


@pytest.mark.parametrize("path", ["login", "signup", "password/reset"])
def test_the_way_back_to_a_form_brings_one_that_can_be_sent(client: Client, path: str) -> None:
    """What a browser kept would send a token that is out of date."""
    assert "no-store" in client.get(f"/accounts/{path}/")["Cache-Control"]


def test_tab_leads_from_the_name_to_the_password(alice: User, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert page.index('name="password"') < page.index("/accounts/password/reset/")
