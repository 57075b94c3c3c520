"""What `/healthz` says, and when it says 503."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django.utils.timezone import now

from zaichat import health
from zaichat.models import COLD_AFTER, Worker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Api:
    """Stands where the vendor would: counts the questions and answers as told."""

    def __init__(self, status: int | None) -> None:
        self.status = status
        self.asked: list[httpx.Headers] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.headers)
        if self.status is None:
            raise httpx.ConnectError("refused")
        return httpx.Response(self.status)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Api:
    answering = Api(401)
    transport = httpx.MockTransport(answering)
    reachable = health.Reachability(Clock(), transport)
    monkeypatch.setattr(health, "api", reachable)
    return answering


def ask(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_all_is_well_with_a_database_storage_and_a_worker(client: Client, api: Api) -> None:
    Worker.objects.create(role="worker", host="here")
    status, report = ask(client)
    assert status == 200
    assert report["ok"] is True
    assert report["workers"] == {"ok": True, "alive": 1}
    assert all(report[part]["ok"] for part in ("database", "storage", "api"))


@pytest.mark.django_db
def test_a_cold_worker_and_a_silent_vendor_are_told_but_are_no_failure(
    client: Client, api: Api
) -> None:
    api.status = None
    Worker.objects.create(role="worker", host="here", beat_at=now() - COLD_AFTER * 2)
    status, report = ask(client)
    assert status == 200
    assert report["workers"] == {"ok": False, "alive": 0}
    assert report["api"]["ok"] is False


@pytest.mark.django_db
def test_a_database_that_fails_is_a_503_without_details(
    client: Client, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OperationalError("password=hush-hush")

    monkeypatch.setattr(connection, "cursor", refuse)
    status, report = ask(client)
    assert status == 503
    assert report["database"] == {"ok": False, "error": "OperationalError"}
    assert "hush" not in str(report)


@pytest.mark.django_db
def test_a_storage_that_cannot_be_written_is_a_503(
    client: Client, api: Api, settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "gone"
    status, report = ask(client)
    assert status == 503
    assert report["storage"] == {"ok": False, "error": "FileNotFoundError"}


def test_the_vendor_is_asked_at_most_twice_a_minute_and_without_the_key(
    settings: LazySettings,
) -> None:
    settings.ZAI_API_KEY = "id.secret"
    clock, vendor = Clock(), Api(200)
    reachable = health.Reachability(clock, httpx.MockTransport(vendor))
    for _ in range(5):
        assert reachable.state()["ok"] is True
    assert len(vendor.asked) == 1
    assert "secret" not in str(vendor.asked)
    clock.now += timedelta(seconds=31).total_seconds()
    vendor.status = None
    assert reachable.state()["ok"] is False
    assert len(vendor.asked) == 2
