"""The panel's view of talk: readable, searchable, unchangeable, and of constant cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conversations.models import Conversation, Generation, Message, Status
from tests import factories
from zaichat.accounts.models import User

pytestmark = pytest.mark.django_db

KINDS = ["conversation", "message", "generation"]


@pytest.fixture
def alice(db: None) -> User:
    return factories.person("alice")


@pytest.fixture
def panel(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("owner"))
    return client


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_costs_the_same_for_one_row_and_for_many(
    panel: Client, alice: User, kind: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert panel.get(f"/admin/conversations/{kind}/").status_code == 200
        return len(seen)

    factories.conversation(alice, "hi", "hello")
    few = queries()
    for name in ("bob", "carol", "dave"):
        factories.conversation(factories.person(name), "hi", "hello", "more", "of it")
    assert queries() == few


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_can_be_looked_at_and_none_changed(panel: Client, alice: User, kind: str) -> None:
    factories.conversation(alice, "hi", "hello")
    model = {"conversation": Conversation, "message": Message, "generation": Generation}[kind]
    row = model.objects.first()
    page = panel.get(f"/admin/conversations/{kind}/{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert panel.post(f"/admin/conversations/{kind}/{row.pk}/change/", {}).status_code == 403
    assert panel.post(f"/admin/conversations/{kind}/add/", {}).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "words", ["alice", "hi", "not-a-uuid", "01a206c7-d4f1-712b-9a8c-f71955e9793e"]
)
def test_searching_takes_whatever_is_typed(
    panel: Client, alice: User, kind: str, words: str
) -> None:
    factories.conversation(alice, "hi", "hello")
    assert panel.get(f"/admin/conversations/{kind}/", {"q": words}).status_code == 200


def test_a_row_is_found_by_its_whole_id(panel: Client, alice: User) -> None:
    wanted = factories.conversation(alice, "needle")
    factories.conversation(alice, "hay")
    page = panel.get("/admin/conversations/conversation/", {"q": str(wanted.pk)})
    assert [row.pk for row in page.context["cl"].result_list] == [wanted.pk]


def test_generations_are_filtered_by_status_and_model(panel: Client, alice: User) -> None:
    talk = factories.conversation(alice, "hi", "hello")
    failed = factories.answer(talk, talk.leaf, "")
    factories.generation(failed, "", Status.FAILED, model="glm-4.5-air")
    chosen = {"status__exact": "failed", "model": "glm-4.5-air"}
    page = panel.get("/admin/conversations/generation/", chosen)
    assert [row.status for row in page.context["cl"].result_list] == ["failed"]


def test_what_people_typed_is_escaped(panel: Client, alice: User) -> None:
    attack = "<img src=x onerror=window.__x=1>"
    factories.conversation(alice, attack, attack)
    for kind in KINDS:
        assert attack not in panel.get(f"/admin/conversations/{kind}/").content.decode()
    for model in (Conversation, Message, Generation):
        row = model.objects.last()
        page = panel.get(f"/admin/conversations/{model._meta.model_name}/{row.pk}/change/")
        assert attack not in page.content.decode()


def test_staff_without_the_permission_read_no_talk(client: Client, alice: User) -> None:
    talk = factories.conversation(alice, "hi", "hello")
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert client.get("/admin/").status_code == 200
    for kind in KINDS:
        assert client.get(f"/admin/conversations/{kind}/").status_code == 403
    assert client.get(f"/admin/conversations/conversation/{talk.pk}/change/").status_code == 403
