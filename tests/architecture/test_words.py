"""What does not belong into a repository that others clone."""

import re
from pathlib import Path

import pytest

from tests.architecture import tree

TEXTS = [
    path for path in tree.every_file() if path.suffix not in {".png", ".webp", ".gguf", ".ico"}
]
LOCKS = [Path(name) for name in ("package-lock.json", *map(str, tree.files("constraints*.txt")))]
MACHINE = re.compile(r"/(work|home|root|Users)/[a-z]|/opt/(wheels|pypi)|C:\\\\Users")


@pytest.mark.parametrize("path", TEXTS, ids=str)
def test_no_path_of_somebodys_machine_is_written_down(path: Path) -> None:
    lines = tree.text(path).splitlines()
    assert not [line for line in lines if MACHINE.search(line) and path != HERE]


HERE = Path("tests/architecture/test_words.py")


@pytest.mark.parametrize("path", LOCKS, ids=str)
def test_a_lock_file_names_no_registry(path: Path) -> None:
    assert not re.search(
        r"https?://(?!tidelift|opencollective|github|www)[^\s\"]*\.(tgz|whl|tar\.gz)",
        tree.text(path),
    )
    assert "--index-url" not in tree.text(path)
    assert "--find-links" not in tree.text(path)
    assert '"resolved"' not in tree.text(path)


@pytest.mark.parametrize("path", tree.files("constraints*.txt"), ids=str)
def test_every_locked_package_is_pinned_by_hash(path: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", tree.text(path).split("\n", 1)[1])
    assert entries
    assert not [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]


def test_nothing_third_party_is_committed() -> None:
    heavy = {".whl", ".gguf", ".onnx", ".jar", ".min.js"}
    assert not [path for path in tree.every_file() if path.suffix in heavy]
    assert not [path for path in tree.every_file() if "node_modules" in path.parts]
