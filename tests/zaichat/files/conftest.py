"""A storage of its own for each test."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests import factories
from tests.zaichat.files.served import stored
from zaichat.accounts.models import User
from zaichat.files.models import StoredFile


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def alice(db: None) -> User:
    return factories.person("alice")


@pytest.fixture
def hers(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def film(alice: User) -> StoredFile:
    return stored(alice)


@pytest.fixture
def public(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://chat.example.org"
    settings.ADDRESSES = replace(settings.ADDRESSES, secure=True)
