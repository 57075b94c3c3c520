"""What a crash leaves is found; what somebody owns is left alone."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from tests.zaichat.files import papers, pictures
from zaichat.accounts.models import User
from zaichat.files import sweeping
from zaichat.files.receiving import receive

LONG_AGO = 3 * 3600


def age(path: Path) -> None:
    then = time.time() - LONG_AGO
    os.utime(path, (then, then))


def sweep_for_an_hour() -> None:
    for minute in range(60):
        sweeping.clear_orphans(now() + timedelta(minutes=minute))


def test_bytes_without_a_row_are_removed_and_files_of_people_are_not(
    alice: User, storage: Path
) -> None:
    stored = receive(alice, SimpleUploadedFile("a.png", pictures.picture()))
    orphan = storage / "media" / "a7" / "a7orphan.png"
    young = storage / "media" / "a7" / "a7young.png"
    orphan.parent.mkdir(exist_ok=True)
    for path in (orphan, young):
        path.write_bytes(b"x")
    for path in (storage / "media").rglob("*.*"):
        if path != young:
            age(path)
    sweep_for_an_hour()
    assert not orphan.exists()
    assert young.exists()
    assert stored.read()


def test_pictures_of_pages_stay_as_long_as_their_file(alice: User, storage: Path) -> None:
    stored = receive(alice, SimpleUploadedFile("a.pdf", papers.scanned_pdf(2)))
    for path in (storage / "media").rglob("*.*"):
        age(path)
    sweep_for_an_hour()
    assert len(list((storage / "media").rglob("*.*"))) == 4, "a PDF, how it looks, two pages"
    stored.delete()
    sweep_for_an_hour()
    assert not list((storage / "media").rglob("*.*"))


def test_uploads_that_were_cut_off_are_removed(storage: Path) -> None:
    old, young = storage / "incoming" / "old", storage / "incoming" / "young"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "brought").write_bytes(b"half")
    body = storage / "incoming" / "tmp1.upload.png"
    body.write_bytes(b"half")
    for left in (old, body):
        age(left)
    sweeping.clear_incoming()
    assert not old.exists()
    assert not body.exists()
    assert young.exists()
