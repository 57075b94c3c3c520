"""Builds follow each other; pages of a former one still find their files."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path

from zaichat.build import build_name, forget_former, mark_used


def collected(root: Path, version: str) -> None:
    """As collectstatic leaves it: beside what was there, long ago."""
    hashed = f"app.{version}.css"
    for name in ("app.css", hashed, f"{hashed}.br"):
        (root / name).write_text(version)
        os.utime(root / name, (0, 0))
    (root / "staticfiles.json").write_text(json.dumps({"paths": {"app.css": hashed}}))


def test_a_page_of_the_former_build_keeps_its_styles(tmp_path: Path) -> None:
    collected(tmp_path, "one")
    mark_used(tmp_path)
    collected(tmp_path, "two")
    assert forget_former(tmp_path) == []
    assert (tmp_path / "app.one.css").read_text() == "one"


def test_what_no_build_has_used_for_two_weeks_is_removed(tmp_path: Path) -> None:
    collected(tmp_path, "one")
    mark_used(tmp_path)
    collected(tmp_path, "two")
    used = time.time() - timedelta(days=15).total_seconds()
    for name in ("app.one.css", "app.one.css.br"):
        os.utime(tmp_path / name, (used, used))
    gone = forget_former(tmp_path)
    assert sorted(file.name for file in gone) == ["app.one.css", "app.one.css.br"]
    assert (tmp_path / "app.two.css.br").exists()


def test_each_build_has_its_name(tmp_path: Path) -> None:
    assert build_name(tmp_path) == "unbuilt"
    collected(tmp_path, "one")
    first = build_name(tmp_path)
    collected(tmp_path, "two")
    assert build_name(tmp_path) != first
