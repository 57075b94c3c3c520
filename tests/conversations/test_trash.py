"""The trash and the archive: many at once or none, all of it comes back, and in the end it goes."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model
from django.forms.models import model_to_dict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from conversations.engine import trash
from conversations.engine.branches import delete_branch
from conversations.models import Conversation, Draft, Generation, Message, Status
from tests import factories
from zaichat.accounts.models import LedgerEntry, User

OVER = timedelta(days=30, minutes=1)


@pytest.fixture
def visitor(alice: User) -> Client:
    return signed_in(alice)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content, "utf-8")


def do(client: Client, deed: str, *chosen: Conversation, **more: object) -> int:
    fields = {"do": deed, "conversation": [str(one.pk) for one in chosen]} | more
    return client.post("/conversations/", fields).status_code


def talks(owner: User, *titles: str) -> Sequence[Conversation]:
    return [factories.conversation(owner, title, "yes", "more", "no") for title in titles]


def snapshot(conversation: Conversation) -> list[dict[str, object]]:
    rows: list[Sequence[Model]] = [
        Conversation.objects.filter(pk=conversation.pk),
        Message.objects.filter(conversation=conversation).order_by("number"),
        Generation.objects.filter(message__conversation=conversation).order_by("pk"),
    ]
    return [model_to_dict(row) for found in rows for row in found]


@pytest.mark.parametrize(
    ("deed", "undo", "field"),
    [
        ("pin", "unpin", "pinned_at"),
        ("archive", "unarchive", "archived_at"),
        ("trash", "restore", "deleted_at"),
    ],
)
def test_what_is_done_to_several_is_undone_exactly(
    alice: User, visitor: Client, deed: str, undo: str, field: str
) -> None:
    chosen, other = talks(alice, "one", "two"), talks(alice, "three")[0]
    before = [snapshot(one) for one in chosen]
    assert do(visitor, deed, *chosen) == 204
    changed = Conversation.objects.exclude(**{field: None})
    assert set(changed) == set(chosen)
    assert do(visitor, undo, *chosen) == 204
    assert [snapshot(one) for one in chosen] == before
    other.refresh_from_db()
    assert getattr(other, field) is None


@pytest.mark.parametrize("deed", ["pin", "archive", "trash"])
def test_one_foreign_conversation_among_them_and_nothing_is_done(
    alice: User, mallory: User, deed: str
) -> None:
    hers, mine = talks(alice, "hers")[0], talks(mallory, "mine")[0]
    assert do(signed_in(mallory), deed, mine, hers) == 404
    for one in (hers, mine):
        one.refresh_from_db()
        assert (one.pinned_at, one.archived_at, one.deleted_at) == (None, None, None)


@pytest.mark.parametrize("deed", ["restore", "purge"])
def test_a_stranger_reaches_nothing_in_the_trash(alice: User, mallory: User, deed: str) -> None:
    hers = talks(alice, "hers")[0]
    branch = delete_branch(alice, hers.messages.get(number=3))
    Conversation.objects.filter(pk=hers.pk).update(deleted_at=now())
    stranger = signed_in(mallory)
    assert do(stranger, deed, hers) == 404
    assert do(stranger, deed, branch=str(branch.pk)) == 404
    assert stranger.get(f"/c/{hers.pk}/").status_code == 404
    assert "trash" not in str(stranger.get(f"/c/{hers.pk}/").content, "utf-8").split("<main", 1)[1]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "burn", "conversation": "x"}, "Action"),
        ({"do": "trash"}, "Conversations: choose at least one"),
        ({"do": "trash", "conversation": "x " * 501}, "500"),
    ],
    ids=["unknown", "none", "too many"],
)
def test_a_bad_wish_is_refused_by_name(
    visitor: Client, fields: dict[str, object], words: str
) -> None:
    response = visitor.post("/conversations/", fields)
    assert response.status_code == 422
    assert words in str(response.content, "utf-8")


@pytest.mark.parametrize("key", ["nonsense", "01890000-0000-7000-8000-000000000000"])
def test_an_unknown_conversation_is_not_found(visitor: Client, key: str) -> None:
    assert visitor.post("/conversations/", {"do": "pin", "conversation": key}).status_code == 404


def test_what_runs_is_stopped_and_coming_back_starts_nothing(alice: User, visitor: Client) -> None:
    one = talks(alice, "one")[0]
    running = factories.generation(one.leaf, "so far", Status.RUNNING)
    waiting = factories.generation(one.leaf, "", Status.QUEUED)
    do(visitor, "trash", one)
    do(visitor, "restore", one)
    for row in (running, waiting):
        row.refresh_from_db()
    assert running.stop_requested_at
    assert waiting.status == Status.STOPPED


def test_the_trash_says_what_is_in_it_and_for_how_long(alice: User, visitor: Client) -> None:
    for title, days in (("fresh", 0), ("nearly gone", 28), ("gone", 31)):
        deleted = now() - timedelta(days=days)
        Conversation.objects.filter(pk=talks(alice, title)[0].pk).update(deleted_at=deleted)
    html = page(visitor, "/trash/")
    assert html.index("fresh") < html.index("nearly gone")
    assert "30 days left" in html
    assert '<span class="kept__soon">2 days left</span>' in html
    assert ">gone<" not in html


def test_a_deleted_branch_is_in_the_trash_and_comes_back(alice: User, visitor: Client) -> None:
    one = talks(alice, "one")[0]
    leaf = one.leaf_id
    root = delete_branch(alice, one.messages.get(number=3))
    assert f'name="branch" value="{root.pk}"' in page(visitor, "/trash/")
    assert do(visitor, "restore", branch=str(root.pk)) == 204
    one.refresh_from_db()
    assert one.leaf_id == leaf
    assert f'value="{root.pk}"' not in page(visitor, "/trash/")


def test_its_owner_is_told_where_a_deleted_conversation_is(alice: User, visitor: Client) -> None:
    one = talks(alice, "one")[0]
    do(visitor, "trash", one)
    response = visitor.get(f"/c/{one.pk}/")
    assert response.status_code == 404
    html = str(response.content, "utf-8")
    assert "This conversation is in the trash" in html
    assert "begun to write" not in html
    back = visitor.post(
        "/conversations/", {"do": "restore", "conversation": one.pk, "back": one.pk}
    )
    assert back.headers["Location"] == f"/c/{one.pk}/"
    assert visitor.get(f"/c/{one.pk}/").status_code == 200


def test_a_page_that_stands_open_hears_calmly_that_its_conversation_is_in_the_trash(
    alice: User, visitor: Client, mallory: User
) -> None:
    one = talks(alice, "one")[0]
    Draft.objects.create(owner=alice, conversation=one, text="half a thought")
    do(visitor, "trash", one)
    look = f"/c/{one.pk}/?piece=state"
    assert (visitor.get(look).status_code, visitor.get(look).content) == (204, b"")
    assert signed_in(mallory).get(look).status_code == 404
    assert "begun to write there is kept" in str(visitor.get(f"/c/{one.pk}/").content, "utf-8")
    do(visitor, "purge", one)
    assert visitor.get(look).status_code == 404


def test_what_is_deleted_for_good_is_gone_at_once_and_then_from_the_database(
    alice: User, visitor: Client
) -> None:
    one, kept = talks(alice, "one", "kept")
    do(visitor, "trash", one, kept)
    assert do(visitor, "purge", one) == 204
    assert visitor.get(f"/c/{one.pk}/").status_code == 404
    assert do(visitor, "restore", one) == 404
    trash.purge()
    assert not Conversation.objects.filter(pk=one.pk).exists()
    assert not Message.objects.filter(conversation=one.pk).exists()
    assert Conversation.objects.filter(pk=kept.pk).exists()


def test_the_trash_is_emptied_with_its_branches(
    alice: User, mallory: User, visitor: Client
) -> None:
    one, open_one = talks(alice, "one", "open")
    hers = talks(mallory, "hers")[0]
    delete_branch(alice, open_one.messages.get(number=3))
    do(visitor, "trash", one)
    do(signed_in(mallory), "trash", hers)
    assert visitor.post("/trash/").headers["Location"] == "/trash/"
    assert "The trash is empty" in page(visitor, "/trash/")
    trash.purge()
    assert set(Conversation.objects.all()) == {open_one, hers}
    assert open_one.messages.count() == 2


def test_after_thirty_days_it_goes_and_the_ledger_stays(alice: User) -> None:
    old, newer = talks(alice, "old", "newer")
    spent = Generation.objects.filter(message__conversation=old).first()
    assert spent is not None
    LedgerEntry.objects.create(
        owner=alice,
        call=uuid4(),
        kind="settle",
        purpose="chat",
        subject=spent.pk,
        model="glm-4.6",
        amount_nano=5,
        currency="USD",
    )
    Conversation.objects.filter(pk=old.pk).update(deleted_at=now() - OVER)
    Conversation.objects.filter(pk=newer.pk).update(deleted_at=now() - OVER + timedelta(hours=1))
    trash.purge()
    assert list(Conversation.objects.all()) == [newer]
    assert Message.objects.count() == newer.messages.count()
    assert LedgerEntry.objects.get().subject == spent.pk


def test_a_long_conversation_goes_in_bounded_pieces(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = factories.conversation(alice, *(f"message {n}" for n in range(10)))
    Conversation.objects.filter(pk=one.pk).update(deleted_at=now() - OVER)
    monkeypatch.setattr(trash, "BATCH", 4)
    monkeypatch.setattr(trash, "BATCHES", 2)
    trash.purge()
    assert list(one.messages.values_list("depth", flat=True)) == [0, 1]
    trash.purge()
    assert not Conversation.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize(
    ("address", "field"), [("/trash/", "deleted_at"), ("/archive/", "archived_at")]
)
def test_its_page_costs_the_same_however_much_is_there(
    alice: User, visitor: Client, address: str, field: str
) -> None:
    seen = []
    for count in (2, 9):
        for one in talks(alice, *(f"{count} {n}" for n in range(count))):
            Conversation.objects.filter(pk=one.pk).update(**{field: now()})
            delete_branch(alice, talks(alice, "open")[0].messages.get(number=3))
        page(visitor, address)
        with CaptureQueriesContext(connection) as queries:
            page(visitor, address)
        seen.append(len(queries))
    assert seen[0] == seen[1] <= 12


def test_an_archived_conversation_is_found_in_the_archive_and_opens(
    alice: User, visitor: Client
) -> None:
    one = talks(alice, "one")[0]
    do(visitor, "archive", one)
    assert f'href="/c/{one.pk}/"' in page(visitor, "/archive/")
    shown = page(visitor, f"/c/{one.pk}/")
    assert "data-archived" in shown
    assert "This conversation is archived." in shown
    back = visitor.post(
        "/conversations/", {"do": "unarchive", "conversation": one.pk, "back": "archive"}
    )
    assert back.headers["Location"] == "/archive/"
    assert "Nothing is archived" in page(visitor, "/archive/")
