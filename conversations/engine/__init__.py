"""The engine: a turn is a server-side job that belongs to its conversation; browsers watch it.

A command writes its rows in one transaction (`opening`), a task asks the model (`runner`,
`turn`), one writer saves everything that runs (`recorder`), and any number of readers follow by
cursor (`following`). What a reply looks like is a pure fold of its events (`state`). `Engine`
is the door for sockets; `lifecycle` starts and ends the engine of a process.
"""

from conversations.engine.engine import Engine
from conversations.engine.lifecycle import current

__all__ = ["Engine", "current"]
