"""Starts and ends the engine of a process: once per event loop, from whatever server runs it."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from django.db import DatabaseError

from conversations.engine.engine import Engine
from conversations.engine.times import times
from zaichat import vendor

logger = logging.getLogger(__name__)

WARM_AFTER = 0.5

Farewell = Callable[[], Awaitable[None]]


@dataclass
class Running:
    """An engine and the tasks that keep it going."""

    engine: Engine
    tasks: list[asyncio.Task[None]]
    farewells: list[Farewell] = field(default_factory=list)
    """Called at the end, e.g. to close sockets with the word that they may come back."""
    ended: bool = False


_running: "WeakKeyDictionary[asyncio.AbstractEventLoop, Running]" = WeakKeyDictionary()


def current() -> Engine:
    """The engine of the running loop; started when there is none."""
    return start().engine


def start() -> Running:
    """Idempotent. Call from the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _running:
        engine = Engine(times())
        _running[loop] = Running(engine, keep_going(engine))
    return _running[loop]


def on_shutdown(farewell: Farewell) -> None:
    start().farewells.append(farewell)


async def shutdown() -> None:
    """Interrupt and save what runs, say goodbye, close connections. Once, and bounded in time.

    The ended engine stays in its place: a request that still comes in finds it closed.
    """
    running = _running.get(asyncio.get_running_loop())
    if running is None or running.ended:
        return
    running.ended = True
    try:
        async with asyncio.timeout(running.engine.times.shutdown_within):
            await running.engine.end()
            for farewell in running.farewells:
                await farewell()
    except TimeoutError:
        logger.error("the engine did not end in time")
    for task in running.tasks:
        task.cancel()
    await asyncio.gather(*running.tasks, return_exceptions=True)
    await vendor.close()


def keep_going(engine: Engine) -> list[asyncio.Task[None]]:
    every = engine.times
    return [
        asyncio.create_task(warm(), name="warm"),
        asyncio.create_task(engine.recorder.run(), name="recorder"),
        asyncio.create_task(repeat(engine.look_for_requests, every.look_for_requests_every)),
        asyncio.create_task(repeat(engine.sweep, every.sweep_every)),
    ]


async def warm() -> None:
    """After the first pages: they come first, then everything a first question needs."""
    await asyncio.sleep(WARM_AFTER)
    await vendor.warm()
    gc.collect()
    gc.freeze()  # what is loaded by now stays; looking through it again and again costs words


async def repeat(work: Callable[[], Awaitable[None]], every: float) -> None:
    """Do it for ever; a database that is away for a while ends nothing."""
    while True:
        try:
            await work()
        except DatabaseError:
            logger.warning("the database did not answer", exc_info=True)
        except Exception:
            logger.exception("periodic work failed")
        await asyncio.sleep(every)
