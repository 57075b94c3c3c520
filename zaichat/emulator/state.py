"""What one running stand-in holds: its brain, its scripts, what was asked of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from .errors import ApiError
from .record import Record
from .scripts import SCRIPTS, Args, Play, Script, in_model, in_prompt
from .steps import Steps
from .turn import Turn


class Brain(Protocol):
    """Answers turns that no script was asked for."""

    @property
    def name(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def languages(self) -> tuple[str, ...]: ...
    @property
    def own_model(self) -> bool: ...
    @property
    def ready(self) -> bool: ...
    @property
    def reason(self) -> str: ...

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    def answer(self, turn: Turn) -> Steps: ...


@dataclass
class Pending:
    """A script for the next `left` requests whose question contains `match`."""

    script: Script
    left: int = 1
    match: str = ""


@dataclass
class State:
    """Lives as long as the server. `secrets`: key id to secret, checked where known."""

    brain: Brain
    control: bool = False
    record: Record = field(default_factory=Record)
    own_scripts: dict[str, Play] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    secrets: dict[str, str] = field(default_factory=dict)
    request_ids: set[str] | None = None

    def reset(self) -> None:
        """Forget all a test taught; open streams stay in the record."""
        self.own_scripts.clear()
        self.pending.clear()
        self.refused.clear()
        self.secrets.clear()
        self.request_ids = None
        self.record.requests.clear()

    def chosen(self, turn: Turn) -> Script | None:
        """The script of this turn: asked for by the control plane, the model, or the prompt."""
        for pending in self.pending:
            if pending.match in turn.question:
                pending.left -= 1
                self.pending = [kept for kept in self.pending if kept.left > 0]
                return pending.script
        if turn.wants_title:
            return None  # a title of a scripted conversation is still a title
        return in_model(turn.model) or in_prompt(turn.question)

    def steps(self, turn: Turn, script: Script | None) -> Steps:
        if script is None or self.is_spent(script, turn):
            return self.brain.answer(turn)
        play = self.own_scripts.get(script.name) or SCRIPTS.get(script.name)
        if play is None:
            raise ApiError("1211")
        return play(script.args, turn)

    def is_spent(self, script: Script, turn: Turn) -> bool:
        """`times=n`: n goes at the script, then one good answer, and from the start again."""
        times = script.args.number("times", 0)
        if times < 1:
            return False
        key = f"{turn.model} {script.name} {turn.question}"
        self.refused[key] += 1
        if self.refused[key] <= times:
            return False
        del self.refused[key]
        return True


STATE: web.AppKey[State] = web.AppKey("state", State)

__all__ = ["STATE", "Args", "Brain", "Pending", "State"]
