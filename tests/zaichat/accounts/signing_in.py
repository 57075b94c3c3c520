"""Gets people through the login form."""

from django.test import Client

PASSWORD = "correct horse"
NEW_PASSWORD = {"password1": "seven tin whistles", "password2": "seven tin whistles"}


def signed_in(login: str) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert answer.status_code == 302, "could not sign in"
    return client
