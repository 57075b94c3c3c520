"""Pictures live as long as something refers to them, and a week longer."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from conversations.engine import trash, unattached
from conversations.models import Attachment, Conversation, Draft, Message
from media_gen.models import Job, Reference
from tests import factories
from tests.zaichat.files import pictures
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

OLD = timedelta(days=8)


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


def a_photo(person: User, name: str = "cat.png", age: timedelta = OLD) -> StoredFile:
    stored = receive(person, SimpleUploadedFile(name, pictures.picture()))
    StoredFile.objects.filter(pk=stored.pk).update(created_at=now() - age)
    return stored


def asked_about(person: User, stored: StoredFile) -> Conversation:
    conversation = factories.conversation(person, "what is it?", "a cat")
    question = Message.objects.get(conversation=conversation, parent=None)
    Attachment.objects.create(message=question, file=stored, number=0)
    Message.objects.filter(pk=question.pk).update(attachment_count=1)
    return conversation


def left() -> set[str]:
    return set(StoredFile.objects.values_list("name", flat=True))


def test_only_what_no_message_and_no_draft_refers_to_is_removed_and_only_after_a_week(
    alice: User,
) -> None:
    a_photo(alice, "forgotten.png")
    a_photo(alice, "young.png", timedelta(days=6))
    asked_about(alice, a_photo(alice, "asked.png"))
    Draft.objects.create(owner=alice, attachments=[str(a_photo(alice, "drafted.png").pk)])
    unattached.remove()
    assert left() == {"young.png", "asked.png", "drafted.png"}


def test_more_than_one_batch_is_looked_through(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unattached, "BATCH", 2)
    kept = [str(a_photo(alice, f"kept{n}.png").pk) for n in range(3)]
    Draft.objects.create(owner=alice, attachments=kept)
    a_photo(alice, "forgotten.png")
    unattached.remove()
    assert left() == {"kept0.png", "kept1.png", "kept2.png"}


def test_a_purged_conversation_lets_its_pictures_go_unless_a_copy_has_them(alice: User) -> None:
    stored = a_photo(alice)
    gone, copy = (asked_about(alice, stored) for _ in range(2))
    for conversation in (gone, copy):
        Conversation.objects.filter(pk=conversation.pk).update(deleted_at=now() - 5 * OLD)
        trash.purge()
        assert not Conversation.objects.filter(pk=conversation.pk).exists()
        unattached.remove()
        assert bool(left()) == (conversation is gone)


def test_a_person_can_be_deleted_with_conversations_and_pictures(alice: User) -> None:
    asked_about(alice, a_photo(alice))
    alice.delete()
    assert not StoredFile.objects.exists()
    assert not Attachment.objects.exists()


def test_a_draft_keeps_its_pictures_in_order_and_none_of_others(
    client: Client, alice: User, mallory: User
) -> None:
    client.force_login(alice)
    one, two, foreign = a_photo(alice, "one.png"), a_photo(alice, "two.png"), a_photo(mallory)
    wanted = [str(two.pk), str(foreign.pk), str(one.pk)]
    answer = client.put(
        "/draft/", {"text": "", "attachments": wanted}, content_type="application/json"
    )
    assert answer.status_code == 204
    assert Draft.objects.get(owner=alice).attachments == [str(two.pk), str(one.pk)]
    said = client.get("/draft/").json()["attachments"]
    assert [(file["name"], file["width"]) for file in said] == [("two.png", 60), ("one.png", 60)]
    assert f"/files/{two.pk}/" in client.get("/").content.decode()


def test_what_a_picture_or_film_was_made_of_stays(alice: User) -> None:
    made, start = a_photo(alice, "made.png"), a_photo(alice, "start.png")
    fields = {"owner": alice, "kind": "image", "model": "glm-image", "command_id": uuid4()}
    job = Job.objects.create(**fields, result=made)
    Reference.objects.create(job=job, file=start, number=0)
    unattached.remove()
    assert left() == {"made.png", "start.png"}
