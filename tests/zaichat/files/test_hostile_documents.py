"""What wants to do harm, or is broken: refused in words, within bounds, and nothing of it stays."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.zaichat.files import papers, pictures, polyglots
from zaichat.accounts.models import User
from zaichat.files import limits
from zaichat.files.made import Unreadable
from zaichat.files.models import StoredFile
from zaichat.files.receiving import receive

MEBI = 1024
"""In the unit of ru_maxrss."""
SECONDS = 5


def refused(user: User, storage: Path, data: bytes, name: str = "report.pdf") -> str:
    with pytest.raises(Unreadable) as refusal:
        receive(user, SimpleUploadedFile(name, data))
    assert not StoredFile.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]
    return str(refusal.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (papers.locked_pdf(), "password"),
        (papers.locked_zip(), "password"),
        (papers.pdf([""]), "nothing to read"),
        (papers.workbook({"Empty": []}), "nothing to read"),
        (papers.packed({}), "nothing to read"),
        (papers.packed({"inner.zip": papers.packed({"a.txt": b"deep"})}), "nothing to read"),
        (b"%PDF-1.7 \x80\x81 not a PDF", "damaged"),
        (papers.letter()[:9000], "damaged"),
        (b"PK\3\4" + b"\0" * 60, "damaged"),
        (b"\0" * 1000, "cannot read this kind"),
        (b"{\\rtf1 hello}", "cannot read this kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "before 2007"),
        (Path(sys.executable).read_bytes()[:100_000], "cannot read this kind"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    alice: User, storage: Path, data: bytes, words: str
) -> None:
    assert words in refused(alice, storage, data)


def test_a_refusal_names_what_is_taken(alice: User, storage: Path) -> None:
    words = refused(alice, storage, b"\0" * 1000)
    assert all(kind in words for kind in ("PDF", "Word", "Excel", "Markdown", "ZIP"))


def test_more_pages_or_files_than_can_be_kept_are_refused_with_the_limit(
    alice: User, storage: Path
) -> None:
    assert "2000" in refused(alice, storage, papers.pdf([""] * 2001))
    many = papers.packed({f"{number}.txt": b"x" for number in range(201)})
    assert "200" in refused(alice, storage, many)
    assert "million" in refused(alice, storage, b"words of a text\n" * 700_000)


def many_marks() -> bytes:
    return b"<w:document>" + b"".join(b"<w:p w:a='%d'/>" % number for number in range(1_100_000))


def many_paragraphs(count: int) -> bytes:
    kind = b"xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    paragraphs = b"".join(b"<w:p w:a='%d'/>" % (number * 7919) for number in range(count))
    return b"<w:document %s><w:body>%s</w:body></w:document>" % (kind, paragraphs)


def many_files() -> dict[str, bytes]:
    return {f"{number}.txt": os.urandom(20_000) * 400 for number in range(14)}


BOMBS = {
    "a zip that grows a thousand times": lambda: papers.packed({"a.txt": b"0" * 300_000_000}),
    "many files that grow": lambda: papers.packed(many_files()),
    "a letter of spaces": lambda: papers.letter_with(b" " * 200_000_000),
    "a letter of marks": lambda: papers.letter_with(many_marks()),
    "laughs in a letter": lambda: papers.letter_with(papers.laughs()),
    "a letter of empty paragraphs": lambda: papers.letter_with(many_paragraphs(600_000)),
    "a table that never ends": lambda: papers.workbook({"A": [[1] * 50] * 15_000}),
    "hidden laughs": lambda: papers.letter_with(papers.laughs().decode().encode("utf-16")),
}


def worked() -> float:
    """Seconds of the processor that children of this process took: those of the clock say more
    about who else is at work."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    ("bomb", "words"),
    [
        ("a zip that grows a thousand times", "harm"),
        ("many files that grow", "at most 100 MB"),
        ("a letter of spaces", "harm"),
        ("a letter of marks", "too intricate"),
        ("laughs in a letter", "harm"),
        ("hidden laughs", "damaged"),
        ("a letter of empty paragraphs", "too many pages"),
        ("a table that never ends", "too many cells"),
    ],
)
def test_bombs_are_refused_within_seconds_and_little_memory(
    alice: User, storage: Path, bomb: str, words: str
) -> None:
    data = BOMBS[bomb]()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, worked()
    assert words in refused(alice, storage, data, "innocent.docx")
    assert worked() - started <= SECONDS
    # A child that is just being made counts with the weight of its parent.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert grown <= max(before, own, 150 * MEBI)


def test_a_size_that_lies_is_found_out(alice: User, storage: Path) -> None:
    data = bytearray(papers.packed({"a.txt": b"0" * 50_000_000}))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert "damaged" in refused(alice, storage, bytes(data))


@pytest.mark.parametrize("name", ["a.xml", "a.svg"])
def test_laughs_in_a_text_are_text(alice: User, name: str) -> None:
    stored = receive(alice, SimpleUploadedFile(name, papers.laughs()))
    assert stored.pages.get().text.startswith("<?xml")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>window.__x = 1</script><p>x</html>", "a.html"),
        (b"<html><script>window.__x = 1</script><p>x</html>", "photo.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg"),
        (b"<x xmlns:html='http://www.w3.org/1999/xhtml'><html:script/></x>", "a.xml"),
        (b"window.__x = 1", "a.js"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>1</script>", "a.mht"),
        (papers.pdf(["x"], before=b"<html><script>1</script>\n"), "a.html"),
        (papers.pdf(["x"]) + b"\x80<script>1</script>", "a.html"),
        (papers.packed({"a.txt": b"<script>"}), "a.html"),
    ],
)
def test_what_could_run_is_only_given_out_to_be_kept(hers: Client, data: bytes, name: str) -> None:
    said = hers.post("/files/", {"file": SimpleUploadedFile(name, data, "text/html")}).json()
    answer = hers.get(said["url"])
    assert answer.getvalue() == data
    assert answer["Content-Type"] in ("application/octet-stream", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sorted(answer["Content-Security-Policy"].split("; ")) == [
        "default-src 'none'",
        "sandbox",
    ]


@pytest.mark.parametrize(
    ("data", "name", "kept_as"),
    [
        (polyglots.sounding_page(), "a.wav.html", ("a.wav.wav", "audio/wav")),
        (polyglots.playing_page(), "a.mp4.html", ("a.mp4.mp4", "video/mp4")),
    ],
)
def test_what_is_a_page_too_is_given_out_as_the_other_thing_only(
    hers: Client, storage: Path, data: bytes, name: str, kept_as: tuple[str, str]
) -> None:
    said = hers.post("/files/", {"file": SimpleUploadedFile(name, data, "text/html")}).json()
    answer = hers.get(said["url"])
    assert (said["name"], answer["Content-Type"]) == kept_as
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not list(storage.rglob("*.html"))
    assert answer.getvalue() == data


def test_a_page_behind_a_picture_is_not_kept(hers: Client) -> None:
    said = hers.post("/files/", {"file": SimpleUploadedFile("a.gif", polyglots.seen_page())}).json()
    assert b"script" not in hers.get(said["url"]).getvalue()


@pytest.mark.parametrize(
    "data",
    [b"GIF89a=1;alert(1)", b"RIFF....WAVE<script>alert(1)</script>", b"\xff\xd8\xff<script>"],
)
def test_what_only_begins_like_a_picture_or_a_sound_is_refused(
    alice: User, storage: Path, data: bytes
) -> None:
    assert refused(alice, storage, data, "a.wav.html")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("../../../../tmp/pwn.pdf", "pwn.pdf"),
        ("..\\..\\pwn", "pwn.pdf"),
        ("会议纪要.docx", "会议纪要.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("年" * 300 + ".pdf", "年" * 116 + ".pdf"),
    ],
)
def test_names_lead_nowhere(alice: User, storage: Path, said: str, shown: str) -> None:
    upload = SimpleUploadedFile("x", papers.pdf())
    upload._name = said
    stored = receive(alice, upload)
    assert stored.name == shown
    inside = [path for path in storage.rglob("*") if path.is_file()]
    assert len(inside) == 2
    assert all(path.is_relative_to(storage / "media") for path in inside)


def test_names_in_a_zip_lead_nowhere(alice: User, storage: Path) -> None:
    data = papers.packed({"../../../../tmp/pwn.txt": b"x", "/etc/pwn.txt": b"y"})
    stored = receive(alice, SimpleUploadedFile("a.zip", data))
    assert stored.page_count == 2
    assert not Path("/tmp/pwn.txt").exists()  # noqa: S108 - where it would lead
    assert all(path.is_relative_to(storage / "media") for path in storage.rglob("*.*"))


KILLED = """
import os, signal
from zaichat.files import starting
def killed(*_arguments, **_options):
    os.kill(os.getpid(), signal.SIGKILL)
starting.subprocess.run = killed
"""


def test_a_process_that_is_killed_in_the_middle_leaves_nothing_but_what_the_sweep_takes(
    tmp_path: Path,
) -> None:
    code = "import django; django.setup()\n" + KILLED + (
        "from django.core.files.uploadedfile import SimpleUploadedFile\n"
        "from zaichat.files import receiving\n"
        "receiving.check_room = lambda *_: None  # there is no database\n"
        "receiving.receive(None, SimpleUploadedFile('a.txt', b'hello'))"
    )  # fmt: skip
    setting = {"DJANGO_SETTINGS_MODULE": "zaichat.settings", "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | setting, check=False)
    assert done.returncode == -9
    left = list(tmp_path.rglob("brought*"))
    assert [path.parent.parent.name for path in left] == ["incoming"]
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("times", [1, 2])
def test_a_reader_that_is_killed_from_outside_calls_no_file_damaged(
    alice: User, storage: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    run, left = subprocess.run, [signal.SIGKILL] * times

    def killed(command: list[str], **options: Any) -> "subprocess.CompletedProcess[bytes]":
        if not left:
            return run(command, **options)
        code = f"import os; os.kill(os.getpid(), {left.pop()})"
        return run([sys.executable, "-c", code], **options)

    monkeypatch.setattr("zaichat.files.starting.subprocess.run", killed)
    if times == 1:
        assert receive(alice, SimpleUploadedFile("a.txt", b"hello")).page_count == 1
    else:
        assert "was ended, twice" in refused(alice, storage, papers.letter())


def test_a_reader_that_takes_too_long_is_ended_and_says_so(
    alice: User, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DOCUMENT_SECONDS", 0.01)
    assert "too long" in refused(alice, storage, papers.letter())


def test_pictures_are_looked_at_as_pictures_whatever_they_are_called(alice: User) -> None:
    stored = receive(alice, SimpleUploadedFile("report.pdf", pictures.picture()))
    assert (stored.kind, stored.name) == ("image", "report.png")
