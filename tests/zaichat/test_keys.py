"""Keys that an installation makes for itself."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from tests.running import ROOT
from zaichat import keys

MAKE = """
import pathlib, sys
from zaichat import keys
print(keys.secret_key(pathlib.Path(sys.argv[1])))
"""


@pytest.fixture(autouse=True)
def no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "DATA_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = keys.secret_key(folder)
    assert keys.secret_key(folder) == first
    assert len(first) >= 50
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKE, str(tmp_path / "keys")]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    made = {process.communicate()[0] for process in started}
    assert len(made) == 1
    assert os.listdir(tmp_path / "keys") == ["secret_key"]


def test_the_data_keys_encrypt_and_may_be_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = keys.data_keys(tmp_path)
    assert Fernet(made).decrypt(Fernet(made).encrypt(b"x")) == b"x"
    older = Fernet.generate_key().decode()
    monkeypatch.setenv("DATA_KEY", f"{made}, {older}")
    assert keys.data_keys(tmp_path) == [made, older]


def test_weak_or_broken_keys_are_refused_without_being_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "short-one")
    monkeypatch.setenv("DATA_KEY", "not-a-fernet-key")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must have at least 50") as refusal:
        keys.secret_key(tmp_path)
    assert "short-one" not in str(refusal.value)
    with pytest.raises(ImproperlyConfigured, match="DATA_KEY must be 32 bytes") as refusal:
        keys.data_keys(tmp_path)
    assert "not-a-fernet-key" not in str(refusal.value)
