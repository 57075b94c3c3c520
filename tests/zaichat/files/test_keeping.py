"""All of a file is kept, or nothing of it."""

from pathlib import Path

import pytest

from zaichat.accounts.models import User
from zaichat.files.keeping import keep
from zaichat.files.made import Made, MadePage
from zaichat.files.models import Kind, Page, StoredFile


def a_report(folder: Path) -> Made:
    """Two pages, one of which has to be looked at."""
    folder.mkdir()
    (folder / "kept.pdf").write_bytes(b"%PDF")
    (folder / "scan.jpg").write_bytes(b"scan")
    pages = (MadePage(1, "i", "Foreword"), MadePage(2, "1", picture=folder / "scan.jpg"))
    return Made(folder / "kept.pdf", "application/pdf", Kind.DOCUMENT, page_count=2, pages=pages)


def test_a_file_is_kept_with_its_pages_and_how_they_look(alice: User, tmp_path: Path) -> None:
    stored = keep(alice, "../报告.txt", a_report(tmp_path / "made"))
    assert (stored.name, stored.kind, stored.page_count) == ("报告.pdf", "document", 2)
    assert (stored.read(), stored.thumbnail) == (b"%PDF", "")
    first, second = stored.pages.order_by("number")
    assert (first.label, first.text, first.picture) == ("i", "Foreword", "")
    assert (tmp_path / "media" / second.picture).read_bytes() == b"scan"


def test_where_the_rows_cannot_be_written_no_bytes_stay(
    alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_rows: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Page.objects, "bulk_create", full)
    with pytest.raises(OSError, match="no space"):
        keep(alice, "a.pdf", a_report(tmp_path / "made"))
    assert not StoredFile.objects.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
