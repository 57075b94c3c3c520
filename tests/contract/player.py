"""Plays transcripts: who says what, and what must be heard, as patterns.

A transcript is JSON: `about` in a sentence, and `steps`. Each step belongs to a `tab` (by name;
`writer` talks to the first process, every other to the last one, `stranger` is another person)
and does one thing:

    say     a command. `$name` is what was captured, or a new UUID; `$new` always is a new one
    raw     a frame that may be no JSON at all
    expect  the next frame that was not expected yet and fits the pattern
    until   at least this many events were seen `of` a generation
    watch   ask for what is missing of this generation
    lose    so many of the next frames of a kind never arrive; `lost` waits until that happened
    break   the connection is lost and made again
    parts   what is on the screen `of` a generation; `text` only its text, `same` as another tab's
    asked   how often the API was asked in this transcript; `upstream` how the last request ended

In patterns `$name` captures or compares, `*` is anything, `*uuid`, `*int` and `*words` anything
of that kind, an object is a part of the one that comes, `{"has": […], "lacks": […]}` looks into
text. Whatever is heard and never expected, besides events, snapshots and hints, is an error.
"""

import asyncio
import json
import re
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from tests.contract.client import PATIENCE, Frame, Tab
from tests.contract.rig import Rig

ANY_TIME = ("hello", "events", "snapshot", "hint", "pong")
NAME = re.compile(r"\$(\w+)")
STOPPED_WITHIN = 1.0  # seconds until a stopped request is closed upstream

Step = dict[str, Any]


def load(path: Path) -> list[Step]:
    return list(json.loads(path.read_text(encoding="utf-8"))["steps"])


class Player:
    """`run` is a word that only this performance says."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.known: dict[str, Any] = {"run": f"run-{uuid4().hex}"}
        self.tabs: dict[str, Tab] = {}
        self._expected: dict[str, list[Frame]] = {}

    async def play(self, steps: list[Step]) -> None:
        try:
            for number, step in enumerate(steps, 1):
                for _ in range(step.get("times", 1)):
                    await self._do(step, f"step {number}: {json.dumps(step)[:300]}")
            for name in self.tabs:
                await self._nothing_else(name)
        finally:
            for tab in self.tabs.values():
                await tab.leave()

    async def _do(self, step: Step, about: str) -> None:
        [verb] = [name for name in VERBS if name in step]
        tab = await self._tab(step.get("tab", "writer"))
        await VERBS[verb](self, tab, step, about)

    async def _tab(self, name: str) -> Tab:
        if name not in self.tabs:
            origin = self.rig.origin if name == "writer" else self.rig.elsewhere
            person = "mallory" if name == "stranger" else "ada"
            self.tabs[name] = Tab(origin, self.rig.cookie(person))
            await self.tabs[name].open()
        return self.tabs[name]

    async def say(self, tab: Tab, step: Step, about: str) -> None:
        await tab.say(**self.filled(step["say"]))

    async def raw(self, tab: Tab, step: Step, about: str) -> None:
        await tab.say_raw(self.filled(step["raw"]))

    async def expect(self, tab: Tab, step: Step, about: str) -> None:
        expected = self._expected.setdefault(_name_of(self.tabs, tab), [])
        place = 0
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    while place == len(tab.frames):
                        await tab.hear()
                    frame = tab.frames[place]
                    place += 1
                    fresh = not any(frame is known for known in expected)
                    if fresh and (known := self.matched(step["expect"], frame)) is not None:
                        expected.append(frame)
                        self.known = known
                        return
        except TimeoutError:
            heard = surplus(tab, expected)
            raise AssertionError(f"{about}\nknown: {self.known}\nheard: {heard}") from None

    async def until(self, tab: Tab, step: Step, about: str) -> None:
        await tab.until_seen(self.filled(step["of"]), step["until"])

    async def watch(self, tab: Tab, step: Step, about: str) -> None:
        await tab.watch(self.filled(step["watch"]))

    async def lose(self, tab: Tab, step: Step, about: str) -> None:
        tab.lose |= step["lose"]

    async def lost(self, tab: Tab, step: Step, about: str) -> None:
        while tab.lose[step["lost"]]:
            await tab.hear()

    async def break_(self, tab: Tab, step: Step, about: str) -> None:
        await tab.vanish()
        await tab.reconnect()

    async def parts(self, tab: Tab, step: Step, about: str) -> None:
        parts = tab.turns[self.filled(step["of"])].parts
        known = self.matched(step["parts"], parts)
        assert known is not None, f"{about}\nseen: {parts}"
        self.known = known

    async def text(self, tab: Tab, step: Step, about: str) -> None:
        turn = await tab.until_ended(self.filled(step["of"]))
        assert turn.text() == step["text"], about

    async def same(self, tab: Tab, step: Step, about: str) -> None:
        generation = self.filled(step["of"])
        mine = await tab.until_ended(generation)
        theirs = await (await self._tab(step["same"])).until_ended(generation)
        assert (mine.parts, mine.seen) == (theirs.parts, theirs.seen), about

    async def asked(self, tab: Tab, step: Step, about: str) -> None:
        requests = self.rig.upstream.asked(self.known["run"])
        assert len(requests) == step["asked"], about

    async def upstream(self, tab: Tab, step: Step, about: str) -> None:
        give_up = time.monotonic() + STOPPED_WITHIN
        while (end := self.rig.upstream.asked(self.known["run"])[-1]["ended"]) != step["upstream"]:
            assert time.monotonic() < give_up, f"{about}\nit ended: {end}"
            await asyncio.sleep(0.02)

    async def _nothing_else(self, name: str) -> None:
        """All that the server had to say is heard before the answer to a ping."""
        tab, expected = self.tabs[name], self._expected.get(name, [])
        await tab.say(do="ping")
        while (await tab.hear())["event"] != "pong":
            pass
        heard = surplus(tab, expected)
        assert not heard, f"{name} also heard: {heard}"

    def filled(self, said: Any) -> Any:
        """What is said, with names filled in."""
        match said:
            case {"repeat": str(word), "times": int(times)}:
                return word * times
            case dict():
                return {key: self.filled(value) for key, value in said.items()}
            case list():
                return [self.filled(value) for value in said]
            case str() if (name := NAME.fullmatch(said)) and name[1] not in self.known:
                fresh = str(uuid4())
                if name[1] != "new":
                    self.known[name[1]] = fresh
                return fresh
            case str():
                return NAME.sub(lambda name: str(self.known[name[1]]), said)
        return said

    def matched(self, pattern: Any, value: Any) -> dict[str, Any] | None:
        """What is known after a match, or None."""
        known = dict(self.known)
        return known if fits(pattern, value, known) else None


VERBS = {
    name.rstrip("_"): getattr(Player, name)
    for name in (
        "say", "raw", "expect", "until", "watch", "lose", "lost", "break_", "parts", "text",
        "same", "asked", "upstream",
    )
}  # fmt: skip


def surplus(tab: Tab, expected: list[Frame]) -> list[Frame]:
    """What was heard and not expected. Equal frames are as many as came."""
    heard = [frame for frame in tab.frames if frame["event"] not in ANY_TIME]
    return [frame for frame in heard if not any(frame is one for one in expected)]


def fits(pattern: Any, value: Any, known: dict[str, Any]) -> bool:
    match pattern:
        case {"has": has, "lacks": lacks}:
            return all(_in(words, value, known) for words in has) and not any(
                _in(words, value, known) for words in lacks
            )
        case dict():
            return isinstance(value, dict) and all(
                key in value and fits(wanted, value[key], known) for key, wanted in pattern.items()
            )
        case list():
            same_length = isinstance(value, list) and len(value) == len(pattern)
            return same_length and all(map(lambda p, v: fits(p, v, known), pattern, value))
        case str() if pattern.startswith("*"):
            return KINDS[pattern](value)
        case str() if name := NAME.fullmatch(pattern):
            return bool(known.setdefault(name[1], value) == value)
    return bool(pattern == value)


def is_uuid(value: Any) -> bool:
    try:
        return str(UUID(value)) == value
    except (ValueError, AttributeError, TypeError):
        return False


KINDS = {
    "*": lambda value: True,
    "*uuid": is_uuid,
    "*int": lambda value: isinstance(value, int),
    "*words": lambda value: isinstance(value, str) and len(value.split()) > 1,
}


def _in(words: str, value: str, known: dict[str, Any]) -> bool:
    return NAME.sub(lambda name: str(known[name[1]]), words) in value


def _name_of(tabs: dict[str, Tab], tab: Tab) -> str:
    return next(name for name, known in tabs.items() if known is tab)
