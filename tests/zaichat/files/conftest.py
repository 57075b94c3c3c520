"""A storage of its own for each test."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests import factories
from zaichat.accounts.models import User


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
