"""The open sockets of this process: how many a person has, and whether they may stay open.

A session can end in another process, so every few seconds one pass asks the database about all
of them together. At shutdown every socket is told that it may come back.
"""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Iterable
from importlib import import_module
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.utils.timezone import now

from conversations.engine import lifecycle
from media_gen.jobs.watching import LOOK_EVERY, Watch
from zaichat.accounts.models import User
from zaichat.db import in_db

MOST_PER_PERSON = 10

SIGNED_OUT = 4401
TOO_SLOW = 4409
TOO_MANY = 4429
FAILED = 4500
RESTARTING = 1012
"""Daphne refuses this one from an application and says it by itself; other servers pass it on."""


class Socket(Protocol):
    user: User
    session_key: str

    async def close(self, code: int) -> None: ...


class Sockets:
    """Of one event loop."""

    def __init__(self) -> None:
        self._open: dict[UUID, set[Socket]] = defaultdict(set)

    def add(self, socket: Socket) -> bool:
        """False when the person has as many as they may."""
        theirs = self._open[socket.user.pk]
        if len(theirs) >= MOST_PER_PERSON:
            return False
        theirs.add(socket)
        return True

    def discard(self, socket: Socket) -> None:
        theirs = self._open.get(socket.user.pk, set())
        theirs.discard(socket)
        if not theirs:
            self._open.pop(socket.user.pk, None)

    def people(self) -> set[UUID]:
        return set(self._open)

    def all(self) -> list[Socket]:
        return [socket for theirs in self._open.values() for socket in theirs]

    async def close_signed_out(self) -> None:
        """Close every socket whose session ended, or whose person changed password or is barred."""
        sockets = self.all()
        if sockets:
            facts = {
                (socket.user.pk, socket.session_key, socket.user.password) for socket in sockets
            }
            live = await in_db(live_sessions, facts)
            gone = [s for s in sockets if (s.user.pk, s.session_key, s.user.password) not in live]
            await _each(socket.close(code=SIGNED_OUT) for socket in gone)

    async def close_all(self) -> None:
        await _each(socket.close(code=RESTARTING) for socket in self.all())


Facts = tuple[UUID, str, str]


def live_sessions(facts: set[Facts]) -> set[Facts]:
    """Those whose session exists and whose active person still has that password. Two queries."""
    keys = {key for _pk, key, _password in facts}
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    current = sessions.objects.filter(session_key__in=keys, expire_date__gt=now())
    known = set(current.values_list("session_key", flat=True))
    active = User.objects.filter(pk__in={pk for pk, _key, _password in facts}, is_active=True)
    passwords = dict(active.values_list("pk", "password"))
    return {
        (pk, key, password)
        for pk, key, password in facts
        if key in known and passwords.get(pk) == password
    }


async def watch_jobs(here: Sockets) -> None:
    """Pages hear of jobs that workers, in other processes, have moved."""
    watch = Watch()
    every = LOOK_EVERY * settings.ENGINE_TIME_SCALE
    await lifecycle.repeat(lambda: watch.look(here.people()), every)


_sockets: "WeakKeyDictionary[asyncio.AbstractEventLoop, Sockets]" = WeakKeyDictionary()


def sockets() -> Sockets:
    """The running loop's sockets; watched from the first call on."""
    loop = asyncio.get_running_loop()
    if loop not in _sockets:
        here = _sockets[loop] = Sockets()
        running = lifecycle.start()
        lifecycle.on_shutdown(here.close_all)
        every = running.engine.times.session_check_every
        running.tasks.append(asyncio.create_task(lifecycle.repeat(here.close_signed_out, every)))
        if not settings.REDIS_URL:
            running.tasks.append(asyncio.create_task(watch_jobs(here), name="jobs"))
    return _sockets[loop]


async def _each(closings: Iterable[Coroutine[Any, Any, None]]) -> None:
    await asyncio.gather(*closings, return_exceptions=True)
