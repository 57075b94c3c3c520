"""What becomes of films and recordings that people bring: real ones, good and bad."""

from fractions import Fraction
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.zaichat.files import films, pictures
from zaichat.accounts.models import User
from zaichat.files import films as looking
from zaichat.files import limits, receiving
from zaichat.files.made import Unreadable
from zaichat.files.models import Kind, StoredFile
from zaichat.files.receiving import receive


def taken(user: User, data: bytes, name: str = "a.bin") -> StoredFile:
    return receive(user, SimpleUploadedFile(name, data))


def nothing_stayed(storage: Path) -> bool:
    files = [path for path in storage.rglob("*") if path.is_file()]
    return not files and not StoredFile.objects.exists()


def picture_of(path: str) -> pictures.Image.Image:
    with default_storage.open(path) as file:
        return pictures.opened(file.read())


def stills_of(stored: StoredFile) -> list[pictures.Image.Image]:
    rows = stored.pages.order_by("number")
    return [picture_of(page.picture) for page in rows]


@pytest.mark.parametrize(
    ("format_", "suffix", "media_type"),
    [
        ("mp4", "mp4", "video/mp4"),
        ("mov", "mov", "video/mp4"),
        ("matroska", "mkv", "video/x-matroska"),
        ("webm", "webm", "video/webm"),
    ],
)
def test_films_of_every_common_kind_are_kept_as_they_are(
    alice: User, format_: str, suffix: str, media_type: str
) -> None:
    data = films.film(format_)
    stored = taken(alice, data, "Urlaub.exe")
    assert stored.read() == data
    assert (stored.kind, stored.name, stored.media_type) == (
        Kind.VIDEO,
        f"Urlaub.{suffix}",
        media_type,
    )
    assert (stored.width, stored.height) == (64, 48)
    assert stored.seconds == pytest.approx(4, abs=0.3)
    assert stored.origin["is_playable"] == (suffix != "mkv")


def test_stills_come_from_the_whole_length_and_say_when(alice: User) -> None:
    stored = taken(alice, films.film(seconds=80, rate=2))
    labels = list(stored.pages.order_by("number").values_list("label", flat=True))
    assert (len(labels), stored.page_count) == (limits.MAX_STILLS, limits.MAX_STILLS)
    assert (labels[0], labels[-1]) == ("0:02", "1:17")
    reds = [still.getpixel((10, 40))[0] for still in stills_of(stored)]
    assert reds == sorted(reds)
    assert reds[-1] - reds[0] > 150


def test_a_short_film_is_one_still_a_second(alice: User) -> None:
    stored = taken(alice, films.film(seconds=3))
    assert [page.label for page in stored.pages.order_by("number")] == ["0:00", "0:01", "0:02"]


def test_a_still_and_the_poster_are_small_enough_for_the_api_and_the_page(alice: User) -> None:
    stored = taken(alice, films.film(size=(1600, 900), seconds=1, rate=2))
    assert (stored.width, stored.height) == (1600, 900)
    assert [still.size for still in stills_of(stored)] == [(1024, 576)]
    poster = picture_of(stored.thumbnail)
    assert (poster.format, poster.size) == ("WEBP", (512, 288))


def test_the_poster_is_not_the_black_before_the_film(alice: User) -> None:
    stored = taken(alice, films.film(seconds=6, dark=3))
    poster = picture_of(stored.thumbnail).convert("RGB")
    assert min(poster.getpixel((30, 5))) > 200


def test_a_phones_film_stands_upright(alice: User) -> None:
    stored = taken(alice, films.turned(films.film()))
    assert (stored.width, stored.height) == (48, 64)
    still = stills_of(stored)[0].convert("RGB")
    assert still.size == (48, 64)
    assert min(still.getpixel((40, 30))) > 200, "what was above is on the right"
    assert max(still.getpixel((8, 30))[1:]) < 60


@pytest.mark.parametrize(
    ("format_", "suffix", "media_type"),
    [
        ("wav", "wav", "audio/wav"),
        ("mp3", "mp3", "audio/mpeg"),
        ("ipod", "m4a", "audio/mp4"),
        ("ogg", "ogg", "audio/ogg"),
        ("flac", "flac", "audio/flac"),
        ("webm", "weba", "audio/webm"),
    ],
)
def test_recordings_are_kept_with_their_length(
    alice: User, format_: str, suffix: str, media_type: str
) -> None:
    data = films.recording(format_)
    stored = taken(alice, data, "memo")
    assert stored.read() == data
    assert (stored.kind, stored.name, stored.media_type) == (
        Kind.AUDIO,
        f"memo.{suffix}",
        media_type,
    )
    assert stored.seconds == pytest.approx(2, abs=0.2)
    assert not stored.thumbnail
    assert not stored.pages.exists()


def test_a_song_with_a_picture_of_its_record_is_a_recording(alice: User) -> None:
    assert taken(alice, films.with_cover()).kind == Kind.AUDIO


@pytest.mark.parametrize(
    "data",
    [
        films.film()[:400],
        films.film("matroska")[:200],
        films.film()[:40] + b"<script>alert(1)</script>" * 400,
        b"RIFF\x24\x00\x00\x00WAVE<script>alert(1)</script>" + b"\0" * 200,
        b"\x1a\x45\xdf\xa3" + b"\xff" * 500,
        b"\0\0\0\x18ftypmp42" + b"\0" * 5000,
        b"ID3\x04\0\0\0\0\0\0" + b"x" * 5000,
    ],
)
def test_what_is_no_film_is_refused_and_leaves_nothing(
    alice: User, storage: Path, data: bytes
) -> None:
    with pytest.raises(Unreadable):
        taken(alice, data, "a.wav.html")
    assert nothing_stayed(storage)


def test_a_film_whose_end_was_cut_off_is_taken_as_far_as_it_goes(alice: User) -> None:
    data = films.film("webm", seconds=20)
    stored = taken(alice, data[: len(data) * 2 // 3])
    assert stored.page_count > 3


@pytest.mark.parametrize(
    "playlist",
    [
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
    ],
)
def test_a_list_of_other_files_is_not_followed(
    tmp_path: Path, alice: User, playlist: bytes
) -> None:
    source = tmp_path / "list"
    source.write_bytes(playlist)
    with pytest.raises(Unreadable):
        looking.remake_film(source, tmp_path)


def test_what_lasts_too_long_is_refused_with_the_limit(alice: User, storage: Path) -> None:
    long = films.film(seconds=12_000, rate=Fraction(1, 3000), with_sound=False)
    with pytest.raises(Unreadable, match="films may last 2 hours"):
        taken(alice, long)
    assert nothing_stayed(storage)


def test_a_film_above_the_limit_is_refused_with_both_numbers(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = films.film()
    monkeypatch.setitem(receiving.HEAVIEST, Kind.VIDEO, 100)
    monkeypatch.setitem(receiving.HEAVIEST, Kind.AUDIO, 100)
    with pytest.raises(Unreadable, match="at most 0 MB"):
        taken(alice, data)


def test_a_film_is_wound_and_a_recording_heard_in_place(hers: Client, alice: User) -> None:
    for data in (films.film(), films.recording("mp3")):
        stored = taken(alice, data)
        answer = hers.get(stored.get_absolute_url(), headers={"Range": "bytes=5-9"})
        assert (answer.status_code, answer.getvalue()) == (206, data[5:10])
        assert answer["Content-Disposition"].startswith("inline")
