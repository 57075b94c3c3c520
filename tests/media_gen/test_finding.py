"""What the gallery finds, and the trash of what was made."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from media_gen import indexing, trash
from media_gen.finding import narrowing
from media_gen.jobs import moving
from media_gen.models import Album, Job, PromptEntry
from tests.media_gen.making import claimed, made, stored, wanted
from zaichat.accounts.models import User


def prompts(user: User, **said: str) -> list[str]:
    return [job.prompt for job in narrowing(said).of(user)]


def test_two_chinese_signs_find_a_prompt_and_its_revision(alice: User, mallory: User) -> None:
    made(alice, "一只橙色的猫在海边"), made(mallory, "橙色的狗")
    made(alice, "a door", revised_prompt="一扇橙色的门")
    assert prompts(alice, q="橙色") == ["a door", "一只橙色的猫在海边"]
    assert prompts(alice, q="猫") == ["一只橙色的猫在海边"]
    assert prompts(alice, q="海边 橙") == ["一只橙色的猫在海边"]
    assert prompts(alice, q="狗") == []


def test_what_was_just_made_is_found_at_once(alice: User) -> None:
    (job,) = wanted(alice, prompt="绿茶")
    moving.finish(claimed(job), stored(alice))
    assert prompts(alice, q="绿茶") == ["绿茶"]


def test_what_was_made_before_the_index_is_put_into_it(alice: User) -> None:
    job = made(alice, "红门")
    PromptEntry.objects.all().delete()
    Job.objects.filter(pk=job.pk).update(indexed_at=None)
    assert prompts(alice, q="红门") == []
    indexing.index_the_rest(), indexing.index_the_rest()
    assert prompts(alice, q="红门") == ["红门"]
    assert PromptEntry.objects.count() == 1


def test_filters_go_together(alice: User) -> None:
    talk = uuid4()
    made(alice, "wide cat", starred=True, origin={"conversation": str(talk)})
    made(alice, "tall cat", stored(alice, width=30, height=40))
    made(alice, "square dog", stored(alice, width=40, height=40), starred=True)
    film = made(alice, "film", kind="video", created_at=now() - timedelta(days=40))
    album = Album.objects.create(owner=alice, name="Pets")
    album.jobs.add(film)
    assert prompts(alice, q="cat", ratio="tall") == ["tall cat"]
    assert prompts(alice, starred="1", ratio="square") == ["square dog"]
    assert prompts(alice, kind="video", album=str(album.pk)) == ["film"]
    assert prompts(alice, conversation=str(talk)) == ["wide cat"]
    assert prompts(alice, until=f"{now() - timedelta(days=30):%Y-%m-%d}") == ["film"]
    assert len(prompts(alice, since=f"{now() - timedelta(days=1):%Y-%m-%d}")) == 3
    assert prompts(alice, model="cogview-4") == []


@pytest.mark.parametrize(
    "said",
    [
        {"since": "x"},
        {"since": "2026-02-31"},
        {"until": "0001-01-01"},
        {"album": "x"},
        {"kind": "x"},
        {"ratio": "x"},
    ],
)
def test_what_is_no_filter_is_left_out(alice: User, said: dict[str, str]) -> None:
    made(alice, "a cat")
    assert not narrowing(said)
    assert prompts(alice, **said) == ["a cat"]


def test_anothers_album_shows_nothing(alice: User, mallory: User) -> None:
    album = Album.objects.create(owner=mallory, name="Hers")
    album.jobs.add(made(mallory, "secret"))
    assert prompts(alice, album=str(album.pk)) == []


def test_the_trash_gives_back_for_thirty_days_and_then_removes(alice: User, client: Client) -> None:
    job, other = made(alice, "a cat"), made(alice, "a dog")
    trash.put_away(alice, [job.pk, other.pk])
    assert prompts(alice) == []
    trash.purge()
    trash.bring_back(alice, [job.pk])
    assert prompts(alice, q="cat") == ["a cat"]
    trash.give_up(alice, [other.pk])
    assert not Job.objects.in_trash_of(alice).exists()
    trash.purge()
    assert list(Job.objects.all()) == [job]
    assert PromptEntry.objects.count() == 1


def test_nobody_puts_away_or_brings_back_what_is_anothers(alice: User, mallory: User) -> None:
    job = made(alice, "a cat")
    trash.put_away(mallory, [job.pk])
    assert prompts(alice) == ["a cat"]
    trash.put_away(alice, [job.pk])
    trash.bring_back(mallory, [job.pk]), trash.give_up(mallory, [job.pk])
    assert list(Job.objects.in_trash_of(alice)) == [job]


def test_what_a_conversation_led_to_is_known(alice: User) -> None:
    talk, other = uuid4(), uuid4()
    job = made(alice, "a cat", origin={"conversation": str(talk)})
    made(alice, "a dog", origin={"conversation": str(uuid4())}), made(alice, "a door")
    assert list(trash.made_in(alice, [talk, other])) == [job]
    assert not trash.made_in(alice, []).exists()
