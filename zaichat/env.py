"""Reads settings from the environment: typed, and loud when a value makes no sense.

An absent or empty variable means the default. Every refusal is one sentence that names the
variable and what is allowed, and never repeats the value of a secret.
"""

import os
import re
import shlex
from collections.abc import Collection, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"on", "true", "yes", "1"})
NO = frozenset({"off", "false", "no", "0"})
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)


def load_file(path: Path) -> None:
    """Take `NAME=value` lines from a file for variables that are not set already."""
    for number, line in enumerate(_lines(path), 1):
        for name, value in _assignments(line, f"{path.name}, line {number}"):
            os.environ.setdefault(name, value)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def secret(name: str) -> str:
    """The value of NAME, or the content of the file that NAME_FILE points at."""
    value, path = text(name), text(f"{name}_FILE")
    if value and path:
        raise ImproperlyConfigured(
            f"{name} and {name}_FILE are both set; only one of them is allowed."
        )
    return _content(f"{name}_FILE", path) if path else value


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if value and value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be on or off (also true, false, yes, no, 1, 0).")
    return value in YES if value else default


def integer(name: str, default: int, low: int, high: int) -> int:
    try:
        value = int(text(name) or default)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}.")
    return value


def number(name: str, default: float, low: float, high: float) -> float:
    try:
        value = float(text(name) or default)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise ImproperlyConfigured(f"{name} must be a number from {low:g} to {high:g}.")
    return value


def choice(name: str, default: str, allowed: Collection[str]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}.")
    return value


def words(name: str) -> tuple[str, ...]:
    """Words separated by commas."""
    return tuple(word for item in text(name).split(",") if (word := item.strip()))


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """IP addresses and networks such as 10.0.0.0/8, separated by commas."""
    values = [item.strip() for item in text(name).split(",") if item.strip()]
    try:
        return [ip_network(value) for value in values]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be IP addresses or networks such as 10.0.0.0/8, separated by commas."
        ) from error


def folder(name: str, default: Path) -> Path:
    """A folder that exists and can be written to; it is made when it is missing."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {path} cannot be made ({error.strerror}).") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name}: {path} must be a folder this user can write to.")
    return path


def file(name: str) -> Path | None:
    """A file that can be read, or None when the variable is not set."""
    value = text(name)
    if not value:
        return None
    path = Path(value).expanduser().absolute()
    if not (path.is_file() and os.access(path, os.R_OK)):
        raise ImproperlyConfigured(f"{name}: {path} must be a file this user can read.")
    return path


def url(name: str, default: str = "", schemes: Collection[str] = ("http", "https")) -> str:
    """An address with a scheme and a host, without a slash at its end."""
    value = text(name, default)
    if value:
        parts = _split(name, value)
        if parts.scheme not in schemes or not parts.hostname:
            examples = " or ".join(f"{scheme}://host" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} must be an address that starts with {examples}.")
    return value.rstrip("/")


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name?option=…`."""
    value = secret(name)
    if not value:
        return _sqlite(default)
    parts = _split(name, value)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return _sqlite(Path(unquote(parts.path[1:])).absolute())
    if parts.scheme in ("postgres", "postgresql") and len(parts.path) > 1:
        return _postgres(parts)
    raise ImproperlyConfigured(
        f"{name} must be sqlite:///path/to/file or postgres://user:password@host:port/name."
    )


def storage(name: str) -> dict[str, Any]:
    """Django's settings for `file`, or `s3://bucket/prefix` with what AWS_… say."""
    value = text(name, "file")
    if value == "file":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = _split(name, value)
    if parts.scheme != "s3" or not BUCKET.fullmatch(parts.netloc) or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} must be file, s3://bucket or s3://bucket/prefix.")
    endpoint = url("AWS_ENDPOINT_URL") or None
    return {
        "BACKEND": "zaichat.files.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "access_key": secret("AWS_ACCESS_KEY_ID") or None,
            "secret_key": secret("AWS_SECRET_ACCESS_KEY") or None,
            "region_name": text("AWS_REGION", text("AWS_DEFAULT_REGION")) or None,
            "endpoint_url": endpoint,
            # Only Amazon's own servers have a name for each bucket without further ado.
            "addressing_style": "path" if endpoint else "auto",
        },
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """Writers take their turn at BEGIN, so none of them meets "database is locked"."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(parts: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": _options(parts.query),
    }


def _options(query: str) -> Mapping[str, str | int]:
    pairs = parse_qsl(query, keep_blank_values=True)
    return {key: int(value) if value.isdecimal() else value for key, value in pairs}


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not a well-formed address.") from error
    return parts


def _content(name: str, path: str) -> str:
    try:
        return Path(path).expanduser().read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{name}: {path} must be a text file this user can read."
        ) from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except FileNotFoundError:
        return []


def _assignments(line: str, where: str) -> list[tuple[str, str]]:
    """None or one; quotes and comments as in a shell."""
    refusal = ImproperlyConfigured(f"{where}: only NAME=value lines are allowed.")
    try:
        words = shlex.split(line.strip().removeprefix("export "), comments=True)
    except ValueError:
        raise refusal from None
    pairs = [word.partition("=") for word in words]
    if len(pairs) > 1 or not all(name.isidentifier() and sign for name, sign, _value in pairs):
        raise refusal
    return [(name, value) for name, _sign, value in pairs]
