"""What a file is taken for, by its first bytes alone."""

from pathlib import Path

import pytest

from tests.zaichat.files import pictures
from zaichat.files import sniffing

FILM = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 50
WEBM = bytes.fromhex("1a45dfa301000000000000 1f42868101 42f78101 42f28104 42f38108 428284")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF"])
def test_pictures_are_known(tmp_path: Path, format_: str) -> None:
    assert kind(tmp_path, pictures.picture(format_)) == "image"


@pytest.mark.parametrize(
    ("data", "known_as"),
    [
        (FILM, "video"),
        (FILM.replace(b"isom\0", b"qt  \0"), "video"),
        (WEBM + b"webm", "video"),
        (b"RIFF\x24\0\0\0AVI LIST" + b"\0" * 50, "video"),
        (FILM.replace(b"ftypisom", b"ftypM4A "), "audio"),
        (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 50, "audio"),
        (b"ID3\4\0\0\0" + b"\0" * 50, "audio"),
        (b"\xff\xfb\x90\x64" + b"\0" * 50, "audio"),
        (b"OggS\0\2" + b"\0" * 30, "audio"),
        (b"fLaC\0\0\0\x22" + b"\0" * 30, "audio"),
        (b"#!AMR\n" + b"\0" * 30, "audio"),
    ],
)
def test_films_and_recordings_are_known(tmp_path: Path, data: bytes, known_as: str) -> None:
    assert kind(tmp_path, data) == known_as


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"PK\3\4" + b"\0" * 30,
        b"BMW is a maker of cars, as BM is not a picture",
        "a,b\n1,2\n".encode("utf-16"),
        "会议纪要".encode("gb18030"),
        "会议纪要".encode("utf-8-sig"),
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"print(1)\n",
        b"\0" * 1000,
        b"x",
    ],
)
def test_everything_else_has_to_prove_itself_as_a_document(tmp_path: Path, data: bytes) -> None:
    assert kind(tmp_path, data) == "document"


def kind(folder: Path, data: bytes) -> str:
    source = folder / "brought"
    source.write_bytes(data)
    return sniffing.kind_of(source)
