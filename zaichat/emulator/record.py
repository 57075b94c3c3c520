"""What the stand-in saw: every request, how it ended, and which streams are open."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT = 2000  # requests
LONG = 100_000  # characters of a text that are kept whole
SECRET = ("authorization", "cookie", "x-api-key")


def shortened(value: Any) -> Any:
    """JSON whose long texts, pictures above all, are cut: thousands of requests are kept."""
    if isinstance(value, str):
        return value if len(value) <= LONG else f"{value[:LONG]}… ({len(value)} characters)"
    if isinstance(value, dict):
        return {name: shortened(item) for name, item in value.items()}
    return [shortened(item) for item in value] if isinstance(value, list) else value


@dataclass(slots=True)
class Seen:
    """One request. `at` and `ended_at` in unix seconds; `ended`: finished, refused, cut or
    client_closed, None while it is open."""

    n: int
    method: str
    path: str
    headers: dict[str, str]
    auth: str
    at: float
    body: Any = None
    script: str = ""
    status: int | None = None
    ended: str | None = None
    ended_at: float | None = None


@dataclass
class Record:
    """The log and the open ones."""

    requests: deque[Seen] = field(default_factory=lambda: deque(maxlen=KEPT))
    open: dict[int, Seen] = field(default_factory=dict)
    count: int = 0

    def begin(self, method: str, path: str, headers: dict[str, str]) -> Seen:
        self.count += 1
        shown = {name: value for name, value in headers.items() if name.lower() not in SECRET}
        auth = "sent" if any(name.lower() == "authorization" for name in headers) else "none"
        seen = Seen(self.count, method, path, shown, auth, time.time())
        self.requests.append(seen)
        self.open[seen.n] = seen
        return seen

    def end(self, seen: Seen, how: str, status: int | None = None) -> None:
        self.open.pop(seen.n, None)
        if seen.ended is None:
            seen.ended, seen.ended_at = how, time.time()
            seen.status = seen.status or status

    def listing(self) -> list[dict[str, Any]]:
        return [asdict(seen) for seen in self.requests]
