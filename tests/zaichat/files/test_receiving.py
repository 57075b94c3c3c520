"""What becomes of pictures that people bring: real files in every format, good and bad."""

import resource
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.zaichat.files import pictures
from zaichat.accounts.models import User
from zaichat.files import limits
from zaichat.files.made import Unreadable
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

MEBI = 1024


def taken(user: User, data: bytes, name: str = "photo.jpg") -> StoredFile:
    return receive(user, SimpleUploadedFile(name, data))


def nothing_stayed(storage: Path) -> bool:
    files = [path for path in storage.rglob("*") if path.is_file()]
    return not files and not StoredFile.objects.exists()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF"])
def test_pictures_of_every_common_format_are_taken(alice: User, format_: str) -> None:
    stored = taken(alice, pictures.picture(format_), "a.bin")
    kept = pictures.opened(stored.read())
    assert (stored.width, stored.height) == kept.size == (60, 40)
    assert stored.media_type == f"image/{kept.format.lower()}"
    assert stored.origin["format"] == format_
    red, _green, blue = kept.convert("RGB").getpixel((5, 20))
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize("format_", ["JPEG", "HEIF"])
def test_a_phones_photo_stands_upright_and_tells_nothing_about_its_owner(
    alice: User, format_: str
) -> None:
    stored = taken(alice, pictures.phone_photo(format_))
    kept = pictures.opened(stored.read())
    assert kept.size == (stored.width, stored.height) == (1536, 2048)
    assert not kept.getexif()
    assert not kept.info.get("exif")
    top = kept.convert("RGB").getpixel((700, 100))
    assert top[0] > 200, "what was left is above"
    assert (stored.origin["width"], stored.origin["height"]) in [(4032, 3024), (3024, 4032)]


def test_what_is_kept_fits_the_api(alice: User) -> None:
    stored = taken(alice, pictures.picture("BMP", (5000, 3000)))
    assert max(stored.width or 0, stored.height or 0) == limits.MAX_SIDE
    assert stored.size <= limits.MAX_KEPT_BYTES


def test_holes_stay_holes_and_lines_stay_sharp(alice: User) -> None:
    stored = taken(alice, pictures.picture("PNG", mode="RGBA"))
    assert stored.media_type == "image/png"
    assert pictures.opened(stored.read()).mode == "RGBA"


@pytest.mark.parametrize(
    "data",
    [
        pictures.picture("JPEG", mode="CMYK"),
        pictures.picture("PNG", mode="P"),
        pictures.picture("PNG", mode="1"),
        pictures.picture("TIFF", mode="L"),
        pictures.deep_scan(),
    ],
)
def test_colours_of_printers_and_scanners_are_understood(alice: User, data: bytes) -> None:
    kept = pictures.opened(taken(alice, data).read())
    assert (kept.mode, kept.size) == ("RGB", (60, 40))


@pytest.mark.parametrize("format_", ["GIF", "WEBP"])
def test_of_an_animation_the_first_frame_is_kept_and_that_is_said(
    alice: User, format_: str
) -> None:
    stored = taken(alice, pictures.animation(format_))
    assert stored.origin["is_animated"]
    assert getattr(pictures.opened(stored.read()), "n_frames", 1) == 1


def test_a_small_file_with_a_huge_picture_is_refused_in_little_memory(
    alice: User, storage: Path
) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with pytest.raises(Unreadable, match="at most 50 million"):
        taken(alice, pictures.bomb())
    # A child that is just being made counts with the weight of its parent.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert grown <= max(before, own, 150 * MEBI)
    assert nothing_stayed(storage)


def test_a_picture_of_forty_megabytes_is_taken_and_kept_small(alice: User) -> None:
    data = pictures.heavy_scan(40)
    assert len(data) > 40_000_000
    stored = taken(alice, data, "scan.png")
    assert stored.size <= limits.MAX_KEPT_BYTES
    assert max(stored.width or 0, stored.height or 0) == limits.MAX_SIDE


def test_an_animation_without_end_costs_no_more_than_its_first_frame(alice: User) -> None:
    stored = taken(alice, pictures.long_animation(10_000), "a.gif")
    assert (stored.width, stored.height) == (30, 20)
    assert stored.size < 1000


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 not a picture",
        b"RIFF....WEBP<script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        pictures.picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"\0" * 1000,
    ],
)
def test_what_is_no_whole_picture_is_refused_whatever_its_name(
    alice: User, storage: Path, data: bytes
) -> None:
    with pytest.raises(Unreadable):
        taken(alice, data, "holiday.png")
    assert nothing_stayed(storage)


def test_an_empty_file_is_refused_by_that_word(alice: User) -> None:
    with pytest.raises(Unreadable, match="empty"):
        taken(alice, b"")


def test_a_file_above_the_limit_is_refused_with_both_numbers(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_PICTURE_BYTES", 2 * 1024**2)
    with pytest.raises(Unreadable, match="3 MB; at most 2 MB"):
        taken(alice, b"x" * 3 * 1024**2)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("../../../../tmp/pwn", "pwn.png"),
        ("..\\..\\pwn.exe", "pwn.png"),
        ("/etc/passwd", "passwd.png"),
        ("%2e%2e%2f%2e%2e%2fpwn.png", "%2e%2e%2f%2e%2e%2fpwn.png"),
        ("%0d%0aX-Evil: 1.png", "%0d%0aX-Evil: 1.png"),
        ("a\0.png", "a.png"),
        ('a"\r\nX-Evil: 1.png', 'a"X-Evil: 1.png'),
        ("anim.gif", "anim.gif.png"),
        ("anim.WebP", "anim.webp.png"),
        ("会议 照片.heic", "会议 照片.png"),
        ("\u202egnp.exe", "gnp.png"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
        ("", "file.png"),
        ("..", "file.png"),
    ],
)
def test_names_are_for_eyes_only(hers: Client, storage: Path, said: str, shown: str) -> None:
    data = pictures.picture()
    upload = SimpleUploadedFile("x.png", data)
    upload._name = said
    stored = receive(User.objects.get(), upload)
    assert stored.name == shown
    inside = [path for path in storage.rglob("*") if path.is_file()]
    assert all(path.is_relative_to(storage / "media") for path in inside)
    answer = hers.get(stored.get_absolute_url())
    assert "X-Evil" not in answer.headers
    assert answer.getvalue() == stored.read()
