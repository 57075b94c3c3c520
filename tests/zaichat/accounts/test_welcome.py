"""The link of the first start: one owner, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from tests.zaichat.accounts.signing_in import PASSWORD
from zaichat.accounts import welcome
from zaichat.accounts.models import Installation, User

FORM = {"username": "owner", "email": "", "password": PASSWORD}


def path() -> str:
    return f"/welcome/{welcome.token()}/"


@pytest.mark.django_db
class TestWelcome:
    def test_the_link_leads_to_a_form_while_there_is_no_account(self, client: Client) -> None:
        link = welcome.link()
        assert link
        assert link.endswith(path())
        assert link.startswith("http://127.0.0.1:")
        assert client.get(path()).status_code == 200

    def test_one_can_type_at_once(self, client: Client) -> None:
        def focused(page: str) -> list[str]:
            return re.findall(r'<input[^>]*name="(\w+)"[^>]*autofocus', page)

        assert focused(client.get(path()).content.decode()) == ["username"]
        again = client.post(path(), FORM | {"password": "1234"})
        assert focused(again.content.decode()) == ["password"]

    def test_the_owner_is_made_signed_in_and_sent_to_the_chat(self, client: Client) -> None:
        answer = client.post(path(), FORM)
        owner = User.objects.get()
        assert answer["Location"] == "/"
        assert (owner.is_superuser, owner.is_staff, owner.is_active) == (True, True, True)
        assert client.get("/settings/").status_code == 200

    def test_the_link_is_dead_once_there_is_an_account(self, client: Client, alice: User) -> None:
        assert welcome.link() is None
        assert client.get(path()).status_code == 404
        assert client.post(path(), FORM).status_code == 404

    def test_the_link_stays_dead_when_every_account_is_gone(self, client: Client) -> None:
        client.post(path(), FORM)
        User.objects.all().delete()
        assert welcome.link() is None
        assert Client().get(path()).status_code == 404

    @pytest.mark.parametrize("token", ["x", "é", "A" * 43])
    def test_a_wrong_token_is_not_found(self, client: Client, token: str) -> None:
        assert client.get(f"/welcome/{token}/").status_code == 404
        assert client.post(f"/welcome/{token}/", FORM).status_code == 404
        assert not User.objects.exists()

    def test_looking_at_the_form_makes_nothing(self, client: Client) -> None:
        client.get(path(), FORM)
        assert not User.objects.exists()
        assert not Installation.objects.exists()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"username": ""}, "Choose a user name."),
            ({"username": "a" * 151}, "A user name has at most 150 characters."),
            ({"email": "nonsense"}, "The e-mail address needs a form like name@example.org."),
            ({"password": ""}, "Choose a password."),
            ({"password": "short"}, "This password is too short."),
            ({"password": "owner"}, "too similar to the username"),
        ],
    )
    def test_bad_input_is_answered_beside_its_field(
        self, client: Client, change: dict[str, str], sentence: str
    ) -> None:
        page = client.post(path(), FORM | change).content.decode()
        field = next(iter(change))
        error = page.partition(f'id="id_{field}_error"')[2].partition("</div>")[0]
        assert sentence in error
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("password", "sentence"),
        [("12345", "too short"), ("12345678", "entirely numeric"), ("password", "too common")],
    )
    def test_a_password_that_is_weak_in_several_ways_is_told_one(
        self, client: Client, password: str, sentence: str
    ) -> None:
        page = client.post(path(), FORM | {"password": password}).content.decode()
        assert page.count("This password is") == 1
        assert sentence in page


@pytest.mark.django_db(transaction=True)
def test_two_people_opening_the_link_at_once_make_one_owner() -> None:
    start = Barrier(4)

    def arrive(number: int) -> int:
        try:
            client = Client()
            client.get(path())
            start.wait(timeout=20)
            return client.post(path(), FORM | {"username": f"owner{number}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(arrive, range(4)))
    assert statuses == [302, 404, 404, 404]
    assert User.objects.count() == 1
