"""A house of its own for each test of jobs, where pictures and films cost money."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.db import connections

from zaichat.db import close_threads


@pytest.fixture
async def house(settings: LazySettings, tmp_path: Path) -> AsyncIterator[None]:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ZAI_BASE_URL = "https://api.z.ai/api/paas/v4"
    settings.LOCAL_DEMO = False
    yield
    await asyncio.to_thread(close_threads)
    await sync_to_async(connections.close_all)()
