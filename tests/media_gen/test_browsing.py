"""The gallery as a person meets it: rows, several at once, albums, ZIP files, the trash."""

import io
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from media_gen import zipping
from media_gen.models import Album, Job
from tests import factories
from tests.media_gen.making import made, stored
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile


def ids(*jobs: Job) -> str:
    return " ".join(str(job.pk) for job in jobs)


def several(client: Client, deed: str, *jobs: Job, **more: str) -> Any:
    return client.post("/gallery/several/", {"do": deed, "job": ids(*jobs), **more})


def rows(client: Client, query: str = "") -> list[list[Any]]:
    return list(client.get(f"/gallery/rows/{query}").json()["rows"])


def test_rows_say_all_that_a_grid_needs(hers: Client, alice: User, mallory: User) -> None:
    file = stored(alice, width=160, height=90, colour="#aabbcc", seconds=5.2)
    film = made(alice, "一只猫" * 40, file, kind="video", starred=True)
    made(mallory, "not hers")
    ((job, key, *shape, day, words),) = rows(hers)
    assert (job, key) == (str(film.pk), str(file.pk))
    assert shape == [160, 90, "#aabbcc", "video", 5, 1]
    assert day == f"{film.created_at:%Y-%m-%d}"
    assert words == ("一只猫" * 40)[:80]


def test_rows_go_on_below_one_even_when_that_is_gone(hers: Client, alice: User) -> None:
    first, second, third = (made(alice, name) for name in ("one", "two", "three"))
    assert [row[0] for row in rows(hers, f"?before={third.pk}")] == [str(second.pk), str(first.pk)]
    Job.objects.filter(pk=second.pk).delete()
    assert [row[0] for row in rows(hers, f"?before={second.pk}")] == [str(first.pk)]
    assert hers.get("/gallery/rows/?before=x").status_code == 404


def test_a_day_is_the_readers_own(hers: Client, alice: User) -> None:
    from datetime import UTC, datetime

    made(alice, "late", created_at=datetime(2026, 3, 1, 20, 0, tzinfo=UTC))
    User.objects.filter(pk=alice.pk).update(time_zone="Asia/Shanghai")
    assert rows(hers)[0][8] == "2026-03-02"


def test_filters_are_chips_that_can_be_taken_away(hers: Client, alice: User) -> None:
    made(alice, "wide cat")
    page = hers.get("/gallery/?q=cat&ratio=wide&kind=image").content.decode()
    assert "Without “Wide”" in page
    assert 'href="?q=cat&amp;kind=image"' in page
    nothing = hers.get("/gallery/?q=cat&ratio=tall").content.decode()
    assert "Nothing found" in nothing
    assert "Show everything" in nothing


def test_several_are_starred_put_away_and_brought_back(hers: Client, alice: User) -> None:
    one, two = made(alice, "one"), made(alice, "two")
    assert several(hers, "star", one, two).status_code == 204
    assert len(rows(hers, "?starred=1")) == 2
    assert several(hers, "unstar", one).status_code == 204
    assert several(hers, "trash", one, two).status_code == 204
    assert rows(hers) == []
    page = hers.get("/trash/").content.decode()
    assert str(one.pk) in page
    assert "one" in page
    assert several(hers, "restore", one, two).status_code == 204
    assert len(rows(hers)) == 2


def test_what_cannot_be_done_is_said_in_words(hers: Client, alice: User) -> None:
    job = made(alice, "one")
    assert "Action" in several(hers, "fly", job).content.decode()
    assert "choose at least one" in several(hers, "star").content.decode()
    too_many = hers.post(
        "/gallery/several/", {"do": "star", "job": " ".join(str(uuid4()) for _ in range(501))}
    )
    assert "at most 500" in too_many.content.decode()
    assert "“name”" in several(hers, "album", job, name=" ").content.decode()


def test_all_or_nothing_and_nothing_of_others(hers: Client, alice: User, mallory: User) -> None:
    mine, other = made(alice, "mine"), made(mallory, "other")
    assert several(hers, "trash", mine, other).status_code == 404
    assert len(rows(hers)) == 1
    album = Album.objects.create(owner=mallory, name="Hers")
    assert several(hers, "album", mine, album=str(album.pk)).status_code == 404
    assert hers.post("/gallery/zip/", {"job": ids(other)}).status_code == 404


def test_the_trash_restores_and_deletes_for_good_beside_conversations(
    hers: Client, alice: User
) -> None:
    one, two = made(alice, "one"), made(alice, "two")
    several(hers, "trash", one, two)
    hers.post("/conversations/", {"do": "restore", "job": ids(one), "back": "trash"})
    hers.post("/conversations/", {"do": "purge", "job": ids(two), "back": "trash"})
    assert [row[0] for row in rows(hers)] == [str(one.pk)]
    assert str(two.pk) not in hers.get("/trash/").content.decode()
    several(hers, "trash", one)
    hers.post("/trash/")
    assert not Job.objects.in_trash_of(alice).exists()


def test_albums_are_made_renamed_and_deleted_without_their_pictures(
    hers: Client, alice: User
) -> None:
    job, other = made(alice, "one"), made(alice, "two")
    assert several(hers, "album", job, other, name="  Tea  time ").status_code == 204
    album = Album.objects.get()
    assert album.name == "Tea time"
    assert len(rows(hers, f"?album={album.pk}")) == 2
    assert several(hers, "unalbum", other, album=str(album.pk)).status_code == 204
    hers.post(f"/gallery/albums/{album.pk}/", {"do": "rename", "name": "Cups"})
    page = hers.get("/gallery/albums/").content.decode()
    assert "Cups" in page
    assert "<small>1</small>" in page
    assert f"/files/{job.result_id}/" in page
    hers.post(f"/gallery/albums/{album.pk}/", {"do": "delete"})
    assert not Album.objects.exists()
    assert len(rows(hers)) == 2


def test_two_albums_cannot_be_called_the_same(hers: Client, alice: User) -> None:
    for name in ("Tea", "Cups"):
        hers.post("/gallery/albums/", {"name": name})
    cups = Album.objects.get(name="Cups")
    answer = hers.post(f"/gallery/albums/{cups.pk}/", {"do": "rename", "name": "Tea"}, follow=True)
    assert "another album is called so" in answer.content.decode()


def test_a_zip_holds_them_under_their_names(hers: Client, alice: User, tmp_path: Any) -> None:
    folder = tmp_path / "media" / "aa"
    folder.mkdir(parents=True)
    jobs = []
    for number in range(3):
        (folder / f"{number}").write_bytes(bytes([number]) * 700_000)
        name = "一只猫 2026-11-23.png" if number < 2 else "a door 2026-11-23.png"
        jobs.append(made(alice, name, stored(alice, path=f"aa/{number}", name=name)))
    lost = made(alice, "lost", stored(alice, path="aa/lost", name="lost.png"))
    answer = hers.post("/gallery/zip/", {"job": ids(*jobs, lost)})
    assert "zaichat 20" in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = {"一只猫 2026-11-23.png", "一只猫 2026-11-23 (2).png", "a door 2026-11-23.png"}
    assert set(archive.namelist()) == names
    assert archive.testzip() is None
    assert len(archive.read("a door 2026-11-23.png")) == 700_000


def test_a_zip_that_is_too_large_says_so(
    hers: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipping, "MOST", 10)
    job = made(alice, "one", stored(alice, size=11))
    answer = hers.post("/gallery/zip/", {"job": ids(job)})
    assert answer.status_code == 422
    assert "ZIP" in answer.content.decode()


def test_the_viewer_knows_its_neighbours_among_the_filters(hers: Client, alice: User) -> None:
    jobs = [made(alice, name, starred=name != "two") for name in ("one", "two", "three")]
    page = hers.get(f"/gallery/{jobs[2].pk}/?starred=1", headers={"X-Requested-With": "fetch"})
    text = page.content.decode()
    assert "<html" not in text
    assert "1 of 2" in text
    assert f'href="/gallery/{jobs[0].pk}/?starred=1"' in text
    assert str(jobs[1].pk) not in text


def test_the_viewer_tells_what_it_was_asked_with(hers: Client, alice: User) -> None:
    talk = uuid4()
    job = made(
        alice,
        "a pot",
        revised_prompt="a round pot",
        parameters={"seed": 482019, "quality": "hd"},
        origin={"conversation": str(talk)},
        cost_nano=60_000_000,
        currency="CNY",
    )
    text = hers.get(f"/gallery/{job.pk}/").content.decode()
    for told in ("a pot", "a round pot", "482019", "40 × 30, HD", f"/c/{talk}/", "PNG"):
        assert told in text
    assert f'href="/?file={job.result_id}"' in text


def test_the_vendors_number_is_called_so_and_comes_last(hers: Client, alice: User) -> None:
    """“Task 2026112…” meant nothing to anybody."""
    job = made(alice, "a pot", task_id="2026112-x")
    facts = hers.get(f"/gallery/{job.pk}/").content.decode().partition("viewing__facts")[2]
    assert "<dt>Task</dt>" not in facts
    last = facts.partition("</dl>")[0].rpartition("<dt>")[2].replace("&#x27;", "'")
    assert last.startswith("Vendor's task number</dt><dd><code>2026112-x")


def test_a_file_of_the_gallery_goes_along_with_a_new_question(
    hers: Client, alice: User, mallory: User
) -> None:
    file, other = stored(alice), stored(mallory)
    assert str(file.pk) in hers.get(f"/?file={file.pk}").content.decode()
    assert str(other.pk) not in hers.get(f"/?file={other.pk}").content.decode().replace(
        f"file={other.pk}", ""
    )
    assert hers.get("/?file=x").status_code == 200
    assert StoredFile.objects.count() == 2


def test_what_a_conversation_led_to_is_asked_about_when_it_is_put_away(
    hers: Client, alice: User
) -> None:
    talk = factories.conversation(alice)
    made(alice, "from it", origin={"conversation": str(talk.pk)})
    made(alice, "another")
    answer = hers.post("/conversations/", {"do": "trash", "conversation": str(talk.pk)})
    assert answer["X-Made"] == "1"
    assert len(rows(hers)) == 2
    hers.post("/conversations/", {"do": "trash-made", "conversation": str(talk.pk)})
    assert [row[9] for row in rows(hers)] == ["another"]
    assert Job.objects.in_trash_of(alice).count() == 1
