"""Nothing heavy that is done to a file is done by the thread that every stream and page waits for.

Counted, not timed: who hashes, decodes, moves and writes to the disk.
"""

import hashlib
import json
import os
import subprocess
import threading
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.serving import ask
from tests.zaichat.files import films, papers, pictures
from zaichat.accounts.models import User

TOKEN = "a" * 32
HEAVY = [
    (hashlib, "file_digest"),
    (subprocess, "Popen"),
    (os, "fsync"),
    (os, "link"),
    (default_storage, "save"),
]


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[int]]:
    """Heavy work -> the threads that did it."""
    seen: dict[str, set[int]] = {}
    for place, name in HEAVY:
        monkeypatch.setattr(place, name, _watched(getattr(place, name), name, seen))
    return seen


def _watched(work: Any, name: str, seen: dict[str, set[int]]) -> Any:
    def done(*args: Any, **kwargs: Any) -> Any:
        seen.setdefault(name, set()).add(threading.get_ident())
        return work(*args, **kwargs)

    return done


@pytest.mark.parametrize("kind", ["image", "document", "audio"])
async def test_a_file_that_comes_in_holds_up_nobodys_stream(
    transactional_db: None, alice: User, workers: dict[str, set[int]], kind: str
) -> None:
    data = {
        "image": pictures.phone_photo(),
        "document": papers.pdf(),
        "audio": films.recording(seconds=6),
    }[kind]
    client = Client()
    await sync_to_async(client.force_login)(alice)
    upload = {"file": SimpleUploadedFile("brought.bin", data)}
    cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"
    headers = {"Content-Type": MULTIPART_CONTENT, "Cookie": cookie, "X-CSRFToken": TOKEN}
    status, said = await ask("/files/", encode_multipart(BOUNDARY, upload), headers)
    assert (status, json.loads(said)["kind"]) == (201, kind)
    # A large body has a second name instead of a copy; not all of these are as large as that.
    assert {"file_digest", "Popen", "fsync", "save"} <= set(workers)
    assert all(threading.get_ident() not in threads for threads in workers.values())
