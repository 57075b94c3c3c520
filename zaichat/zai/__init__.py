"""The Z.ai API: knows the wire, and nothing about who uses it.

No Django, no settings, no database. `ZaiClient` is the way in; what it gives back is defined in
deltas.py and types.py, what it raises in errors.py, what to tell a person about it in words.py,
and what each model can do and costs in catalog.py.

The client brings the HTTP libraries with it, which take as long to import as all the rest; so
it is imported when it is first asked for (PEP 562), not with this package.
"""

from typing import TYPE_CHECKING, Any

from .deltas import (
    Content,
    ContentFilter,
    Delta,
    Finish,
    Reasoning,
    Started,
    ToolCallDelta,
    Usage,
    WebSearch,
)
from .errors import ZaiError
from .types import ChatRequest, Pool, Reply, Timeouts, ToolCall

if TYPE_CHECKING:
    from .client import CHINA, INTERNATIONAL, ZaiClient

__all__ = [
    "CHINA",
    "INTERNATIONAL",
    "ChatRequest",
    "Content",
    "ContentFilter",
    "Delta",
    "Finish",
    "Pool",
    "Reasoning",
    "Reply",
    "Started",
    "Timeouts",
    "ToolCall",
    "ToolCallDelta",
    "Usage",
    "WebSearch",
    "ZaiClient",
    "ZaiError",
]


def __getattr__(name: str) -> Any:
    if name in ("ZaiClient", "CHINA", "INTERNATIONAL"):
        from . import client

        return getattr(client, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
