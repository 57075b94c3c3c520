"""What does not belong into a repository that others clone."""

import re
from pathlib import Path

from tests.architecture import tree

PICTURES = {".png", ".webp", ".ico", ".woff2"}
HEAVY = {".whl", ".gguf", ".onnx", ".jar", ".so"}
# The folders a machine of ours happens to have; written so that this line is none of them.
MACHINE = re.compile(r"/(?:work|home|root|Users)/[a-z]|/opt/(?:wheels|pypi)")
REGISTRY = re.compile(r"https?://[^\s\"]*\.(?:tgz|whl|tar\.gz)|--(?:extra-)?index-url|--find-links")
LOCKS = [Path("package-lock.json"), *tree.files("constraints*.txt")]


def test_no_path_of_somebodys_machine_is_written_down() -> None:
    texts = [path for path in tree.every_file() if path.suffix not in PICTURES]
    assert not tree.lines_with(MACHINE, texts)


def test_no_lock_file_names_a_registry() -> None:
    assert not tree.lines_with(REGISTRY, LOCKS)
    assert not tree.lines_with(re.compile('"resolved"'), LOCKS)


def test_every_locked_package_is_pinned_by_hash() -> None:
    for path in tree.files("constraints*.txt"):
        entries = re.split(r"\n(?=[A-Za-z0-9])", tree.text(path).split("\n", 1)[1])
        loose = [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
        assert entries
        assert not loose, path


def test_nothing_third_party_is_committed() -> None:
    paths = tree.every_file()
    assert not [path for path in paths if path.suffix in HEAVY or path.name.endswith(".min.js")]
    assert not [path for path in paths if "node_modules" in path.parts]
