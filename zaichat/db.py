"""The doors to the database: from async code, and for commits that must survive a power cut.

`in_db` runs one synchronous function on a small pool of threads of its own, so that a slow page
never holds up the saving of a running reply. Every thread keeps its own connection.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection, connections, transaction
from django.utils import translation

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="in-db")


async def in_db(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `function` on a database thread, in this task's language."""
    loop = asyncio.get_running_loop()
    language = translation.get_language()
    return await loop.run_in_executor(
        _pool, partial(_with_connection, language, function, *args, **kwargs)
    )


def _with_connection(
    language: str | None, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Connections stay open between calls, until one of them fails."""
    try:
        with translation.override(language):
            return function(*args, **kwargs)
    except DatabaseError:
        connections.close_all()
        raise


@contextmanager
def durable() -> Iterator[None]:
    """A transaction whose commit survives a power cut.

    SQLite normally commits with `synchronous=NORMAL`, which may lose the last commits on power
    loss; what a person sent, or what was paid for, is written with FULL. A pragma inside a
    transaction has no effect, so in a nested call the outer transaction decides.
    """
    strict = connection.vendor == "sqlite" and not connection.in_atomic_block
    if strict:
        _synchronous("FULL")
    try:
        with transaction.atomic():
            yield
    finally:
        if strict:
            _synchronous("NORMAL")


def _synchronous(level: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={level}")


def close_threads() -> None:
    """Close the connections of all the pool's threads, so that a test database can be dropped."""
    together = Barrier(THREADS)

    def close() -> None:
        together.wait(timeout=10)
        connections.close_all()

    for closing in [_pool.submit(close) for _ in range(THREADS)]:
        closing.result()
