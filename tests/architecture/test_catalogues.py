"""Every text of the screen is in the Chinese catalogue, translated."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture import tree

FOLDER = Path("zaichat/locale/zh_Hans/LC_MESSAGES")
DOMAINS = [
    domain for domain in ("django", "djangojs") if (tree.ROOT / FOLDER / f"{domain}.po").is_file()
]
SEARCHED = ("zaichat", "conversations", "media_gen", "templates", "static", "manage.py")


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_entry_is_translated_and_none_is_a_guess(domain: str) -> None:
    catalog = read(tree.ROOT / FOLDER / f"{domain}.po")
    assert not [entry.id for entry in entries(catalog) if not is_translated(entry) or entry.fuzzy]


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_are_the_same_in_the_translation(domain: str) -> None:
    catalog = read(tree.ROOT / FOLDER / f"{domain}.po")
    assert not [
        (entry.id, str(error)) for entry in entries(catalog) for error in entry.check(catalog)
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs gettext to find the texts")
@pytest.mark.parametrize("domain", DOMAINS)
def test_the_catalogue_holds_the_texts_of_the_code_and_no_others(
    domain: str, tmp_path: Path
) -> None:
    """Collect the texts again, in a copy, and compare."""
    for path in tree.every_file():
        if path.parts[0] in SEARCHED:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree.ROOT / path, tmp_path / path)
    collect(domain, tmp_path)
    kept, collected = (
        read(tree.ROOT / FOLDER / f"{domain}.po"),
        read(tmp_path / FOLDER / f"{domain}.po"),
    )
    assert {entry.id for entry in entries(collected)} == {entry.id for entry in entries(kept)}
    assert not collected.obsolete


ASKED_FOR = re.compile(r"""\bgettext\(\s*("(?:[^"\\]|\\.)*")""")


def test_no_script_shows_english_because_its_words_stand_with_a_plural_only() -> None:
    """A script asks for words alone, or for one and many; `static/js/lib/words.js` keeps these two
    apart, and the catalogue holds a text but once."""
    alone = {entry.id for entry in entries(read(tree.ROOT / FOLDER / "djangojs.po"))}
    scripts = tree.files("*.js", under="static/js")
    found = [(path, text) for path in scripts for text in ASKED_FOR.findall(tree.text(path))]
    assert len(found) > len(scripts)  # it finds them at all
    assert not [(str(path), text) for path, text in found if json.loads(text) not in alone]


def collect(domain: str, folder: Path) -> None:
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--locale=zh_Hans",
        f"--domain={domain}",
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"DATA_DIR": str(folder / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def entries(catalog: Catalog) -> list[Message]:
    return [entry for entry in catalog if entry.id]


def is_translated(entry: Message) -> bool:
    texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return all(texts)
