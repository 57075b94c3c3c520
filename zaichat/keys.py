"""The installation's own keys: made once, kept in DATA_DIR/keys, readable by the owner alone.

Several processes may start at the same moment on an empty folder; they all end up with the
same key, because a finished file is linked into place and the first link wins.
"""

import os
import secrets
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from zaichat import env

MIN_SECRET_KEY = 50


def secret_key(folder: Path) -> str:
    """SECRET_KEY: signs sessions and links; to change it signs everybody out."""
    key = env.secret("SECRET_KEY") or _kept(
        folder / "secret_key", lambda: secrets.token_urlsafe(64)
    )
    if len(key) < MIN_SECRET_KEY:
        raise ImproperlyConfigured(f"SECRET_KEY must have at least {MIN_SECRET_KEY} characters.")
    return key


def data_keys(folder: Path) -> list[str]:
    """DATA_KEY: one or more Fernet keys, the newest first; they encrypt secrets in the database."""
    value = env.secret("DATA_KEY") or _kept(folder / "data_key", _fernet_key)
    keys = value.replace(",", " ").split()
    if not all(map(_is_fernet_key, keys)):
        raise ImproperlyConfigured(
            "DATA_KEY must be 32 bytes in URL-safe base64 (several: separated by commas)."
        )
    return keys


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _place(path, make())
    return path.read_text().strip()


def _place(path: Path, content: str) -> None:
    """Write beside the goal with mode 0600, then link it there unless somebody was quicker."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{content}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def _fernet_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _is_fernet_key(key: str) -> bool:
    try:
        return len(urlsafe_b64decode(key)) == 32
    except ValueError:
        return False
