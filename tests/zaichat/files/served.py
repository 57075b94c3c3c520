"""A film in the storage, and what must be true of every answer that gives bytes out."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests import factories
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile

CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)
TAG = hashlib.sha256(CONTENT).hexdigest()

EXACT = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Frame-Options": "DENY",
    "Vary": "Cookie",
    "Accept-Ranges": "bytes",
}


def stored(owner: User, media_type: str = "video/mp4", name: str = "film.mp4") -> StoredFile:
    path = default_storage.save("ab/abfile.bin", ContentFile(CONTENT))
    small = default_storage.save("ab/absmall.webp", ContentFile(b"small"))
    return StoredFile.objects.create(
        owner=owner,
        kind="video",
        name=name,
        media_type=media_type,
        path=path,
        thumbnail=small,
        size=SIZE,
        sha256=TAG,
    )


def stranger() -> Client:
    client = Client()
    client.force_login(factories.person("mallory"))
    return client


def said(answer: Any) -> bytes:
    return bytes(answer.getvalue())


def status_of(answer: Any) -> int:
    """Read to its end, as a server does."""
    said(answer)
    return int(answer.status_code)


def headers_of(answer: Any) -> dict[str, str | None]:
    found = {name: answer.headers.get(name) for name in EXACT}
    policy = str(found["Content-Security-Policy"]).split("; ")
    # The language that this test speaks is one more thing that answers differ by.
    differs = str(found["Vary"]).removesuffix(", Accept-Language")
    return found | {"Content-Security-Policy": "; ".join(sorted(policy)), "Vary": differs}
