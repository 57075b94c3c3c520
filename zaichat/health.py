"""`/healthz`: is this installation able to work? JSON, for monitors and load balancers.

503 only when the database or the storage fails. Workers and the vendor's reachability are
reported. Nothing about people, keys or addresses is said.
"""

import logging
import tempfile
import time
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zaichat.files.storing import reach
from zaichat.models import Worker

if TYPE_CHECKING:
    import httpx

API_KNOWN_FOR = 30.0  # seconds
API_PATIENCE = 2.0  # seconds

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    report = {
        "database": check("database", _ask_database),
        "storage": check("storage", _write_a_file),
        "workers": check("workers", _count_workers),
        "api": api.state(),
    }
    ok = report["database"]["ok"] and report["storage"]["ok"]
    return JsonResponse({"ok": ok, **report}, status=200 if ok else 503)


def check(name: str, look: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `look` found, or the kind of failure; its details go to the log only."""
    try:
        return look()
    except (DatabaseError, OSError) as error:
        logger.warning("health: %s fails", name, exc_info=error)
        return {"ok": False, "error": type(error).__name__}


def _ask_database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "kind": connection.vendor}


def _write_a_file() -> dict[str, Any]:
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write(b"health")
        file.flush()
    reach()
    return {"ok": True}


def _count_workers() -> dict[str, Any]:
    alive = Worker.objects.alive().count()
    return {"ok": alive > 0, "alive": alive}


class Reachability:
    """Whether the API answers at all. Asked without a key, at most once in `API_KNOWN_FOR`."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        self._clock = clock
        self._transport = transport
        self._lock = Lock()
        self._asked_at: float | None = None
        self._ok = False

    def state(self) -> dict[str, Any]:
        with self._lock:
            if self._asked_at is None or self._clock() - self._asked_at >= API_KNOWN_FOR:
                self._ok = self._answers()
                self._asked_at = self._clock()
            return {"ok": self._ok, "local": settings.LOCAL_DEMO}

    def _answers(self) -> bool:
        import httpx  # takes longer to import than a page to show

        try:
            with httpx.Client(transport=self._transport, timeout=API_PATIENCE) as client:
                client.get(settings.ZAI_BASE_URL)
        except httpx.HTTPError:
            return False
        return True


api = Reachability()
