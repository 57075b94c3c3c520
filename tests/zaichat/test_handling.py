"""How often a request goes from the loop to a thread: each time it waits for a turn of the loop."""

import threading
from typing import Any

import pytest
from asgiref.sync import SyncToAsync

from tests.serving import ask

CROSSINGS = 3
"""Its beginning, all of its middleware with the view, and its end."""


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The thread of each visit."""
    visited: list[int] = []
    handle = SyncToAsync.thread_handler

    def counted(self: Any, *args: Any, **kwargs: Any) -> Any:
        visited.append(threading.get_ident())
        return handle(self, *args, **kwargs)

    monkeypatch.setattr(SyncToAsync, "thread_handler", counted)
    return visited


@pytest.mark.parametrize(("path", "status"), [("/accounts/login/", 200), ("/nowhere/", 404)])
async def test_a_page_visits_its_thread_once_however_many_middlewares_there_are(
    transactional_db: None, visits: list[int], path: str, status: int
) -> None:
    answered, body = await ask(path)
    assert (answered, b"</html>" in body) == (status, True)
    assert len(visits) <= CROSSINGS
    assert len(set(visits)) == 1
    assert threading.get_ident() not in visits
