"""Every address against people it is not for. A new route with an id needs a line in ROWS."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conversations.models import Conversation, Draft, Generation, Message
from media_gen.models import Album, Job
from tests import factories
from tests.architecture.routes import Route, every_route
from zaichat.accounts import welcome
from zaichat.accounts.models import User
from zaichat.files.models import Page, StoredFile

pytestmark = pytest.mark.django_db

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
BOOKKEEPING = ("django_session", "account_emailaddress")
WRITES = ("INSERT", "UPDATE", "DELETE")
NOT_ALLOWED = 405


@dataclass
class Belongings:
    """What is Alice's, and nobody else's."""

    person: User
    conversation: Conversation

    @cached_property
    def passkey(self) -> Authenticator:
        """Made when a route asks for one; it opens nothing."""
        data = {"name": "key", "credential": {}}
        return Authenticator.objects.create(user=self.person, type="webauthn", data=data)

    @cached_property
    def photo(self) -> StoredFile:
        fields = {"kind": "image", "name": "cat.png", "media_type": "image/png", "size": 1}
        return StoredFile.objects.create(owner=self.person, path="aa/cat.png", **fields)

    @cached_property
    def page(self) -> Page:
        return Page.objects.create(file=self.photo, number=1, label="1", text="hello")

    @cached_property
    def job(self) -> Job:
        fields = {"kind": "image", "model": "glm-image", "command_id": uuid4(), "state": "done"}
        return Job.objects.create(owner=self.person, result=self.photo, **fields)

    @cached_property
    def album(self) -> Album:
        return Album.objects.create(owner=self.person, name="Hers")


def branch(hers: Belongings, doing: str) -> str:
    return f"/c/{hers.conversation.pk}/branch/{hers.conversation.leaf_id}/{doing}"


ROWS: dict[str, Callable[[Belongings], str]] = {
    "c/<uuid:pk>/": lambda hers: f"/c/{hers.conversation.pk}/",
    "c/<uuid:pk>/setup/": lambda hers: f"/c/{hers.conversation.pk}/setup/",
    "c/<uuid:pk>/leaf/": lambda hers: f"/c/{hers.conversation.pk}/leaf/",
    "c/<uuid:pk>/fork/": lambda hers: f"/c/{hers.conversation.pk}/fork/",
    "c/<uuid:pk>/report/<uuid:message>/": lambda hers: (
        f"/c/{hers.conversation.pk}/report/{hers.conversation.leaf_id}/"
    ),
    "c/<uuid:pk>/branch/<uuid:message>/": lambda hers: branch(hers, ""),
    "c/<uuid:pk>/branch/<uuid:message>/delete/": lambda hers: branch(hers, "delete/"),
    "c/<uuid:pk>/branch/<uuid:message>/restore/": lambda hers: branch(hers, "restore/"),
    "c/<uuid:pk>/draft/": lambda hers: f"/c/{hers.conversation.pk}/draft/",
    "c/<uuid:pk>/rename/": lambda hers: f"/c/{hers.conversation.pk}/rename/",
    "c/<uuid:pk>/read/": lambda hers: f"/c/{hers.conversation.pk}/read/",
    "c/<uuid:pk>/delete/": lambda hers: f"/c/{hers.conversation.pk}/delete/",
    "studio/jobs/<uuid:pk>/cancel/": lambda hers: f"/studio/jobs/{hers.job.pk}/cancel/",
    "studio/jobs/<uuid:pk>/give-up/": lambda hers: f"/studio/jobs/{hers.job.pk}/give-up/",
    "studio/jobs/<uuid:pk>/fetch/": lambda hers: f"/studio/jobs/{hers.job.pk}/fetch/",
    "studio/jobs/<uuid:pk>/about/": lambda hers: f"/studio/jobs/{hers.job.pk}/about/",
    "studio/jobs/<uuid:pk>/again/": lambda hers: f"/studio/jobs/{hers.job.pk}/again/",
    "gallery/albums/<uuid:pk>/": lambda hers: f"/gallery/albums/{hers.album.pk}/",
    "gallery/<uuid:pk>/": lambda hers: f"/gallery/{hers.job.pk}/",
    "gallery/<uuid:pk>/star/": lambda hers: f"/gallery/{hers.job.pk}/star/",
    "gallery/<uuid:pk>/delete/": lambda hers: f"/gallery/{hers.job.pk}/delete/",
    "files/<uuid:pk>/": lambda hers: f"/files/{hers.photo.pk}/",
    "files/<uuid:pk>/pages/": lambda hers: f"/files/{hers.photo.pk}/pages/",
    "files/<uuid:pk>/pages/<int:number>/": lambda hers: hers.page.get_absolute_url(),
    "files/<uuid:pk>/<str:name>": lambda hers: f"/files/{hers.photo.pk}/cat.png",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": lambda hers: (
        f"/accounts/2fa/webauthn/keys/{hers.passkey.pk}/remove/"
    ),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": lambda hers: (
        f"/accounts/2fa/webauthn/keys/{hers.passkey.pk}/edit/"
    ),
}
"""Route with an id -> the address of Alice's own."""

SECRETS = {
    "welcome/<str:token>/": lambda: f"/welcome/{welcome.token()}/",
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": lambda: "/accounts/confirm-email/a:b:c/",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": lambda: (
        "/accounts/password/reset/key/1-abc/"
    ),
}
"""Route whose address is itself a secret -> an address with none that counts."""

PUBLIC = {
    "healthz",
    "accounts/login/",
    "accounts/logout/",
    "accounts/inactive/",
    "accounts/signup/",
    "accounts/confirm-email/",
    "accounts/password/reset/",
    "accounts/password/reset/done/",
    "accounts/password/reset/key/done/",
    "accounts/login/code/confirm/",
    "accounts/2fa/authenticate/",
    "accounts/2fa/webauthn/login/",
}
"""What somebody who is not signed in may open."""


def ids(routes: list[Route]) -> dict[str, object]:
    return {"argvalues": routes, "ids": [route.path for route in routes]}


ROUTES = [route for route in every_route() if not route.is_panel]
PANEL = [route for route in every_route() if route.is_panel]
WITH_ID = [route for route in ROUTES if route.names and route.path not in SECRETS]
PLAIN = [route for route in ROUTES if not route.names]


@pytest.fixture
def hers(db: None) -> Belongings:
    alice = factories.person("alice")
    return Belongings(alice, factories.conversation(alice, "hi", "hello"))


@pytest.fixture
def mallory(hers: Belongings) -> Client:
    """Signed in, and a moment ago asked for her password again."""
    client = signed_in(factories.person("mallory"))
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})
    return client


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(route: Route, hers: Belongings) -> str:
    """Where `route` leads for Alice; in the panel every id is her conversation's."""
    if route.path in SECRETS:
        return SECRETS[route.path]()
    if route.path in ROWS:
        return ROWS[route.path](hers)
    path = re.sub(r"(?<!P)<(\w+:)?\w+>", str(hers.conversation.pk), route.path)
    return "/" + re.sub(r"\^?\(\?P.*\$", "conversations/", path)


def everything_of(person: User) -> list[dict[str, object]]:
    mine = [
        User.objects.filter(pk=person.pk),
        Conversation.objects.filter(owner=person),
        Message.objects.filter(conversation__owner=person),
        Generation.objects.filter(owner=person),
        Draft.objects.filter(owner=person),
        Authenticator.objects.filter(user=person),
    ]
    return [model_to_dict(row) for rows in mine for row in rows.order_by("pk")]


def test_every_route_with_an_id_has_a_line_in_the_table() -> None:
    assert {route.path for route in WITH_ID} == set(ROWS)
    assert {route.path for route in ROUTES if route.path in SECRETS} == set(SECRETS)


@pytest.mark.parametrize("route", **ids(WITH_ID))
def test_somebody_elses_id_is_not_found(route: Route, hers: Belongings, mallory: Client) -> None:
    place = address(route, hers)
    before = everything_of(hers.person)
    answers = {method: mallory.generic(method, place).status_code for method in ("GET", *UNSAFE)}
    assert set(answers.values()) <= {404, NOT_ALLOWED}
    assert 404 in answers.values()
    assert everything_of(hers.person) == before


@pytest.mark.parametrize("route", **ids([route for route in ROUTES if route.path not in PUBLIC]))
def test_nobody_gets_in_without_signing_in(route: Route, hers: Belongings, client: Client) -> None:
    answer = client.get(address(route, hers))
    if route.path in SECRETS:
        assert answer.status_code in (200, 404)
        assert "alice" not in answer.content.decode()
    elif answer.status_code != NOT_ALLOWED:
        assert answer.status_code in (302, 404)
        assert answer.headers.get("Location", "/accounts/").startswith("/accounts/")


def test_the_panel_is_shut_to_everybody_but_staff(
    hers: Belongings, mallory: Client, client: Client
) -> None:
    for route in PANEL:
        place = address(route, hers)
        for answer in (client.get(place), mallory.get(place)):
            assert answer.status_code in (302, 403, 404, NOT_ALLOWED), place
            assert "hello" not in answer.content.decode(), place


def test_no_unsafe_request_counts_without_its_token(hers: Belongings) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(hers.person)
    for route in ROUTES + PANEL:
        assert not getattr(route.view, "csrf_exempt", False), route
        for method in UNSAFE:
            assert client.generic(method, address(route, hers)).status_code == 403, route


@pytest.mark.timeout(300)  # Every route there is, one after the other.
def test_looking_changes_nothing(hers: Belongings) -> None:
    """But for bookkeeping: a notice was shown, or a person's address is copied for allauth."""
    User.objects.filter(pk=hers.person.pk).update(is_staff=True, is_superuser=True)
    for route in ROUTES + PANEL:
        client, place = signed_in(hers.person), address(route, hers)
        with CaptureQueriesContext(connection) as seen:
            client.get(place, {"q": "x"})
        written = [query["sql"] for query in seen if query["sql"].startswith(WRITES)]
        assert [sql for sql in written if not any(table in sql for table in BOOKKEEPING)] == []
